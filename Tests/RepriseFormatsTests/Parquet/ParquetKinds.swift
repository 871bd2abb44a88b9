import Foundation
import RepriseTestSupport
import Testing

@testable import RepriseFormats

/// One table in many kinds of Parquet files, and its rows as JSON Lines, written by Python.
struct ParquetKinds {
  /// The interpreter with the package pyarrow, which `scripts/test` makes.
  static let python = ProcessInfo.processInfo.environment["REPRISE_PYTHON"]

  /// Whether the files can be made.
  static let canMake = python != nil && run(["-c", "import pyarrow"])

  /// The folder with `rows.jsonl` and `kinds`.
  let folder = TestFolder()

  /// Writes the files.
  init() throws {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("parquet_files.py")
    try #require(Self.run([script.path, folder.path]))
  }

  /// Returns the path of a file.
  func path(_ name: String) -> BytePath { BytePath("\(folder.path)/kinds/\(name).parquet") }

  /// The names of the Parquet files.
  var names: [String] { names(in: "kinds") }

  /// The names of the Parquet files in a folder.
  func names(in part: String) -> [String] {
    let found = try? FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/\(part)")
    return (found ?? []).sorted().map { String($0.dropLast(8)) }
  }

  private static func run(_ arguments: [String]) -> Bool {
    guard let python else { return false }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = arguments
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }
}

/// What a source gives for a row.
struct ReadRow: Equatable, CustomStringConvertible {
  var row: Int
  var text: String?
  var id = ""
  var order: [String?] = []
  var reason: String?

  var description: String {
    "\(row) \(id) \(text?.prefix(30).debugDescription ?? "-") \(order) \(reason ?? "")"
  }
}

extension FileSource {
  /// Reads everything on one thread, in corpus order; a row is the line of its record.
  func allRows() throws -> (rows: [ReadRow], problems: [Problem], facts: SourceFacts) {
    let extractor = makeExtractor()
    var batches: [(SourceBatch, [ReadRow], [Problem])] = []
    var facts = SourceFacts(of: inputs)
    while try extractor.next() {
      var (rows, problems): ([ReadRow], [Problem]) = ([], [])
      for (index, slice) in extractor.batch.slices.enumerated() {
        facts.add(slice.facts)
        try extractor.forEach(inSlice: index) { item throws(CorpusError) in
          switch item {
          case .document(let document):
            rows.append(
              ReadRow(
                row: document.line, text: unsafe String(decoding: document.text, as: UTF8.self),
                id: unsafe String(decoding: document.id, as: UTF8.self),
                order: document.orderTexts))
          case .unreadable(_, let line, let problem):
            rows.append(ReadRow(row: line, reason: problem.reason.name))
            problems.append(problem)
          case .problem(let problem): problems.append(problem)
          case .blankLine: break
          }
        }
      }
      batches.append((extractor.batch, rows, problems))
    }
    batches.sort { ($0.0.inputs.lowerBound, $0.0.index) < ($1.0.inputs.lowerBound, $1.0.index) }
    var (rows, problems, lines): ([ReadRow], [Problem], Int) = ([], [], 0)
    for (batch, found, problem) in batches {
      rows += found.map { row in
        var moved = row
        moved.row += lines
        return moved
      }
      problems += problem
      lines += batch.slices.reduce(0) { $0 + $1.lineFeedCount }
    }
    return (rows, problems, facts)
  }

  /// A source of one file.
  static func of(
    _ path: BytePath, _ fields: DocumentFields, chunkByteCount: Int = 1 << 20
  ) throws -> FileSource {
    var options = ReadingOptions()
    options.chunkByteCount = chunkByteCount
    return FileSource(
      inputs: try Discovery.find([path]).inputs, options: options, fields: fields)
  }
}
