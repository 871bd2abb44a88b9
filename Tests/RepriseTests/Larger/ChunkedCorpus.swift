import Foundation
import Testing

@testable import Reprise

/// Files of several chunks of the size that runs have, of every way of reading; little of them is
/// text, so that they are read fast.
struct ChunkedCorpus {
  let workspace: Workspace

  /// A plain file, a compressed one, and one that is converted, in this order.
  static let names = ["a.jsonl", "b.jsonl.gz", "c.jsonl"]
  /// Their records, and the chunks of those before.
  static let counts = [
    (records: 80, before: 0), (records: 60, before: 4), (records: 40, before: 7),
  ]

  init() throws {
    workspace = try Workspace()
    var random = RandomTexts(seed: 47)
    var texts = (0..<140).map { _ in random.text(60) }
    for index in 0..<40 { texts.append(texts[3 * index] + (index % 2 == 0 ? "" : " more")) }
    let padding = String(repeating: "x", count: 40_000)
    let records = random.shuffled(TestRecord.numbered(texts)).map { record in
      TestRecord(record.id, record.text, ("padding", "\"\(padding)\""))
    }
    try workspace.write("in/a.jsonl", records: Array(records[..<80]))
    try workspace.write("in/b.jsonl.gz", TestRecord.lines(Array(records[80..<140])), packed: .gzip)
    let wide = "\u{FEFF}" + records[140...].map { $0.line + "\n" }.joined()
    try workspace.write(
      "in/c.jsonl", try #require(wide.data(using: .utf16LittleEndian)))
  }

  /// The options of a scan into a folder of this name, in which chunks follow one another.
  func options(_ output: String) -> ScanOptions {
    var options = ScanOptions(paths: [workspace.path("in")])
    options.resources.threads = 1
    options.matching.find = .documents
    options.output.folder = workspace.path(output)
    return options
  }

  /// Scans into a folder.
  func scan(
    _ output: String, _ configure: (inout ScanOptions) -> Void = { _ in },
    beforeReading: @escaping @Sendable () -> Void = {}
  ) throws -> ScanResults {
    var options = options(output)
    configure(&options)
    let summary = try Scan(options).run(
      progress: { if $0.diskSpace != nil { beforeReading() } })
    return try ScanResults(folder: workspace.url(output), summary: summary)
  }

  /// Scans up to a number of chunks, on demand while one input is not there.
  func stop(
    _ output: String, after count: Int, resuming: Bool = false, hiding name: String? = nil
  ) throws {
    let path: String? = name.map { workspace.path("in/\($0)") }
    let hidden: String = workspace.path("hidden")
    let error = #expect(throws: RepriseError.self) {
      try scan(output) {
        $0.resources.resumes = resuming
        $0.hooks.stopsAfter = { $0 >= count }
      } beforeReading: {
        if let path { try? FileManager.default.moveItem(atPath: path, toPath: hidden) }
      }
    }
    #expect(error?.description.contains("stopped") == true)
    if let path { try FileManager.default.moveItem(atPath: hidden, toPath: path) }
  }
}
