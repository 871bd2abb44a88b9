import Foundation
import Reprise
import Testing

/// Python with pyarrow, which `scripts/test` makes.
private enum ParquetPython {
  private static let python = ProcessInfo.processInfo.environment["REPRISE_PYTHON"]
  static let canMake = python != nil && run(["-c", "import pyarrow"])

  static func run(_ arguments: [String]) -> Bool {
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

/// Scans of Parquet files against those of the same rows as JSON Lines.
@Suite("Parquet: scans", .enabled(if: ParquetPython.canMake, "needs pyarrow: run scripts/test"))
struct ParquetScanTests {
  private func made() throws -> Workspace {
    let workspace = try Workspace()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../RepriseFormatsTests/Parquet/parquet_files.py")
    try #require(ParquetPython.run([script.path, workspace.path("made")]))
    return workspace
  }

  /// An entry without what differs between the two files.
  private func comparable(_ line: String, _ name: String) throws -> [String: String] {
    let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    var fields: [String: String] = [:]
    for (key, value) in object ?? [:] {
      if ["source", "offset", "length", "duplicate_source", "duplicate_offset"].contains(key) {
        continue
      }
      let text = String(
        decoding: try JSONSerialization.data(
          withJSONObject: [value], options: [.sortedKeys, .withoutEscapingSlashes]), as: UTF8.self)
      fields[key] = text.replacing(name, with: "FILE")
    }
    return fields
  }

  private func lines(_ workspace: Workspace, _ name: String) throws -> [String] {
    String(decoding: try workspace.bytes(name), as: UTF8.self).split(separator: "\n").map(
      String.init)
  }

  @Test func `each kind is decided as the same rows of JSON Lines`() throws {
    let workspace = try made()
    let settings: [(inout ScanOptions) -> Void] = [
      { $0.matching.find = .all },
      { options in
        options.input.textFields = ["needed"]
        options.input.idField = "n"
        options.hooks.chunkByteCount = 3_000
      },
      { options in
        options.input.textFields = ["text", "messages[].content"]
        options.input.idField = "dump"
        options.input.requiresUniqueIDs = false
        options.matching.find = .all
        options.resources.threads = 1
      },
    ]
    let names = [
      "zstd-1-1-1024", "snappy-0-2-1024", "gzip-1-1-1048576", "brotli-0-1-1024", "deltas-2-1024",
      "lengths-1-1048576",
    ]
    for configure in settings {
      let plain = try workspace.scan("made/rows.jsonl", into: "plain", configure)
      let wanted = try lines(workspace, "plain/manifest.jsonl").map {
        try comparable($0, workspace.path("made/rows.jsonl"))
      }
      #expect(plain.entries.contains { $0.status == .drop })
      #expect(wanted.count == 400)
      for name in names {
        let file = "made/kinds/\(name).parquet"
        let results = try workspace.scan(file, into: name, configure)
        let found = try lines(workspace, "\(name)/manifest.jsonl").map {
          try comparable($0, workspace.path(file))
        }
        #expect(found == wanted, "\(name)")
        #expect(results.entries.map(\.offset) == Array(0..<400), "\(name)")
        #expect(results.problems.map { $0.class } == plain.problems.map { $0.class }, "\(name)")
        #expect(results.problems.map(\.line) == plain.problems.map(\.line), "\(name)")
        try FileManager.default.removeItem(at: workspace.url(name))
      }
      try FileManager.default.removeItem(at: workspace.url("plain"))
    }
  }

  @Test func `a file of which nothing is removed is copied, and another is refused`() throws {
    let workspace = try made()
    try workspace.write("corpus/a.parquet", workspace.bytes("made/kinds/zstd-1-1-1024.parquet"))
    try workspace.write("corpus/b.txt", text: "A text that nothing else has.\n")
    _ = try workspace.scan("corpus")
    let error = #expect(throws: RepriseError.self) { try workspace.clean() }
    #expect(error?.description.contains("a.parquet\": documents of this Parquet file are") ?? false)
    #expect(!FileManager.default.fileExists(atPath: workspace.path("cleaned")))
    _ = try workspace.scan("corpus", into: "kept") { options in
      options.input.textFields = ["id"]
      options.matching.find = .documents
    }
    let report = try workspace.clean("kept")
    #expect(report.documentCount == 401 && report.droppedCount == 0)
    #expect(
      try workspace.bytes("cleaned/a.parquet") == workspace.bytes("corpus/a.parquet"))
  }

  @Test func `names do not matter, and files in others are named`() throws {
    let workspace = try made()
    let bytes = try workspace.bytes("made/kinds/snappy-1-1-1048576.parquet")
    try workspace.write("corpus/table", bytes)
    try workspace.write("corpus/table.jsonl", bytes)
    try workspace.write("corpus/packed.parquet.gz", bytes, packed: .gzip)
    try workspace.write("corpus/text.parquet", text: "version https://example.org/\n")
    for chunkByteCount in [4_000, 1 << 24] {
      let results = try workspace.scan("corpus", into: "r\(chunkByteCount)") { options in
        options.input.requiresUniqueIDs = false
        options.hooks.chunkByteCount = chunkByteCount
      }
      #expect(results.entries.count == 802)
      #expect(
        try results.entry(workspace.path("corpus/text.parquet")).reason?.rawValue == "corrupt")
      let packed = try results.entry(workspace.path("corpus/packed.parquet.gz"))
      #expect(packed.reason?.rawValue == "other-format")
    }
  }
}
