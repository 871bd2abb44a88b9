import Foundation
import Testing

@testable import Reprise
@testable import RepriseEngine
@testable import RepriseFormats

@Suite("Tables")
struct TableTests {
  private static let records = MixedCorpus(families: 40, seed: 12).records.map { record in
    var record = record
    // Line ends, quotes and delimiters in the texts.
    let words = record.text.split(separator: " ", omittingEmptySubsequences: false)
    record.text = words.enumerated().map { index, word in
      switch index % 11 {
      case 3: "\(word),"
      case 5: "\"\(word)\""
      case 7: "\(word)\n"
      default: String(word)
      }
    }.joined(separator: " ")
    return record
  }

  @Test(
    "rows are read as the same JSON Lines are, and cleaned in the same way",
    arguments: [
      "a.csv", "a.CSV", "a.csv.gz", "a.csv.zst", "a.tsv", "a.tab", "a.tsv.gz", "a.txt", "a",
      "a.dat.zst",
    ])
  func names(name: String) throws {
    let workspace = try Workspace()
    try workspace.write("a.jsonl", TestRecord.lines(Self.records))
    let expected = try workspace.scan("a.jsonl", into: "expected") { options in
      options.matching.find = .all
      options.matching.keep = .highest(field: "rank")
    }
    let delimiter: Character = name.hasPrefix("a.t") && !name.hasSuffix("txt") ? "\t" : ","
    for (index, lineEnd) in ["\n", "\r\n"].enumerated() {
      let table = TestTable(
        Self.records, delimiter: delimiter, lineEnd: lineEnd, quotesAll: index == 1)
      let folder = "\(index)"
      try workspace.write("\(folder)/x", [])
      try workspace.write(
        "\(folder)/\(name)", table.bytes, packed: Compression(fileName: BytePath(name)))
      let results = try workspace.scan("\(folder)/\(name)", into: "r\(index)") { options in
        options.matching.find = .all
        options.matching.keep = .highest(field: "rank")
      }
      #expect(results.entries.map(Decision.init) == expected.entries.map(Decision.init))
      let classes = results.problems.map(\.class)
      #expect(classes == expected.problems.map(\.class))
      try workspace.clean("r\(index)", to: "c\(index)")
      let cleaned = try workspace.unpacked("c\(index)/\(name)")
      try workspace.write("before.csv", table.bytes)
      try workspace.write("after.csv", text: cleaned)
      let trimmed = try TableTwin.run(
        "check", workspace.path("before.csv"), workspace.path("after.csv"),
        workspace.path("r\(index)/manifest.jsonl"), String(delimiter))
      #expect(Int(trimmed.trimmingCharacters(in: .newlines)) == expected.ids(.trim).count)
      #expect(!expected.ids(.trim).isEmpty && !expected.ids(.drop).isEmpty)
    }
  }

  @Test("random tables are read as Python reads them", arguments: 0..<32)
  func reading(seed: Int) throws {
    let workspace = try Workspace()
    let delimiter = [",", "\t", ";", "|"][seed % 4]
    let name = seed % 4 == 1 ? "a.tsv" : "a.csv"
    _ = try TableTwin.run("make", "\(seed)", workspace.path(name), delimiter)
    let rows = try TableTwin.rows(workspace.path(name), delimiter: delimiter)
    let header = try #require(rows.first)
    let text = try #require(header.fields.firstIndex(of: "text"))
    let id = try #require(header.fields.firstIndex(of: "id"))
    let expected = rows.dropFirst().map { row in
      ReadRow(line: row.line, id: row.fields[id], text: row.fields[text])
    }
    for (chunkByteCount, threads) in [(1 << 20, 1), (64, 1), (1_000, 2), (333, 7)] {
      let read = try ReadRow.all(in: workspace.path(name), chunkByteCount, threads: threads)
      #expect(read == expected, "\(chunkByteCount) bytes")
    }
  }

  @Test("random tables are cleaned as Python would", arguments: 0..<20)
  func cleaning(seed: Int) throws {
    let workspace = try Workspace()
    let delimiter = [",", "\t", ";", "|"][seed % 4]
    let name = seed % 4 == 1 ? "a.tsv" : "a.csv"
    _ = try TableTwin.run("make", "\(1000 + seed)", workspace.path(name), delimiter)
    var files: [String: Data]?
    for threads in [1, 2, 7] {
      let results = try workspace.scan(name, into: "r\(threads)") { options in
        options.matching.find = .all
        options.matching.minimumPassage = 16
        options.resources.threads = threads
        options.hooks.chunkByteCount = threads == 1 ? 1 << 20 : 500
      }
      #expect(results.problems.isEmpty)
      files = files ?? results.files
      #expect(files == results.files)
      try workspace.clean("r\(threads)", to: "c\(threads)")
      _ = try TableTwin.run(
        "check", workspace.path(name), workspace.path("c\(threads)/\(name)"),
        workspace.path("r\(threads)/manifest.jsonl"), delimiter)
    }
    let again = try workspace.scan("c1/\(name)", into: "again") { options in
      options.matching.find = .all
      options.matching.minimumPassage = 16
    }
    #expect(again.ids(.drop).isEmpty)
  }

  /// A row as the readers of threads give it.
  private struct ReadRow: Equatable {
    var line: Int
    var id: String
    var text: String

    /// Reads all rows of a file, and each of them again by its locator.
    static func all(in path: String, _ chunkByteCount: Int, threads: Int) throws -> [ReadRow] {
      let input = try #require(try Discovery.find([BytePath(path)]).inputs.first)
      var options = ReadingOptions()
      options.chunkByteCount = chunkByteCount
      let fields = DocumentFields(text: ["text"], id: "id")
      let source = FileSource(inputs: [input], options: options, fields: fields)
      let extractors = (0..<threads).map { _ in source.makeExtractor() }
      var found: [(place: UInt64, slice: UInt64, lineFeeds: Int, row: ReadRow)] = []
      var slices: [(offset: UInt64, lineFeeds: Int)] = []
      var facts = SourceFacts(of: [input])
      var locators: [DocumentLocator] = []
      var isActive = Array(repeating: true, count: threads)
      while isActive.contains(true) {
        for (index, extractor) in extractors.enumerated() where isActive[index] {
          isActive[index] = try extractor.next()
          guard isActive[index] else { continue }
          for (number, slice) in extractor.batch.slices.enumerated() {
            facts.add(slice.facts)
            slices.append((slice.offset, slice.lineFeedCount))
            try extractor.forEach(inSlice: number) { item throws(CorpusError) in
              guard case .document(let document) = item else {
                if case .blankLine = item { return }
                Issue.record("a row is not read")
                return
              }
              let row = ReadRow(
                line: document.line, id: unsafe String(decoding: document.id, as: UTF8.self),
                text: unsafe String(decoding: document.text, as: UTF8.self))
              found.append((document.locator.position, slice.offset, 0, row))
              locators.append(document.locator)
            }
          }
        }
      }
      let again = source.texts(facts).makeReader()
      for (locator, found) in zip(locators, found) {
        let bytes = unsafe again.text(at: locator)
        let text = unsafe bytes.map { unsafe String(decoding: $0, as: UTF8.self) }
        #expect(text == found.row.text)
      }
      return found.sorted { $0.place < $1.place }.map { entry in
        var row = entry.row
        row.line += slices.filter { $0.offset < entry.slice }.reduce(0) { $0 + $1.lineFeeds }
        return row
      }
    }
  }

  /// What was decided of a record.
  private struct Decision: Equatable {
    var values: [String]

    init(_ entry: ManifestEntry) {
      values = [
        entry.id, entry.status.rawValue, entry.reason?.rawValue ?? "", entry.duplicateOf ?? "",
        "\(entry.similarity ?? -1)", "\(entry.cluster ?? -1)",
        "\(entry.cuts.map { [$0.start, $0.end] })",
      ]
    }
  }
}
