import Foundation
import Reprise
import Testing

/// Scans of Parquet files against those of the same rows as JSON Lines.
@Suite("Parquet: scans", .enabled(if: ParquetPython.canMake, "needs pyarrow: run scripts/test"))
struct ParquetScanTests {
  private func made() throws -> Workspace {
    let workspace = try Workspace()
    let script = ParquetPython.script("../../RepriseFormatsTests/Parquet/parquet_files.py")
    _ = try #require(ParquetPython.output([script, workspace.path("made")]))
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

  @Test func `texts that only later decisions need are read again, too`() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 5)
    func own(_ count: Int) -> String { random.text(count) + "." }
    let passages = [own(80), own(90)]
    // What is in two documents is dropped, and its copies are not linked with these.
    let whole = passages.joined(separator: "\n")
    var texts = passages.map { own(60) + "\n" + $0 + "\n" + own(60) }
    texts += [whole, whole, whole.uppercased()]
    // Windows of one text that overlap in very many documents are not linked by the first search.
    let base = random.text(900).split(separator: " ")
    for _ in 0..<300 {
      let start = random.number(below: 830)
      let window = base[start..<start + 55 + random.number(below: 15)].joined(separator: " ")
      texts.append(own(40) + "\n" + window + ".\n" + own(40))
    }
    try workspace.write(
      "rows.jsonl", records: texts.enumerated().map { TestRecord("\($0)", $1) })
    let script =
      "import sys, pyarrow.json, pyarrow.parquet; "
      + "pyarrow.parquet.write_table(pyarrow.json.read_json(sys.argv[1]), sys.argv[2], row_group_size=50)"
    _ = try #require(
      ParquetPython.output([
        "-c", script, workspace.path("rows.jsonl"), workspace.path("rows.parquet"),
      ]))
    let plain = try workspace.scan("rows.jsonl", into: "plain") { $0.matching.find = .all }
    let rows = try workspace.scan("rows.parquet", into: "rows") { $0.matching.find = .all }
    #expect(try lines(workspace, "rows/problems.jsonl") == [])
    #expect(rows.entries.map(\.status) == plain.entries.map(\.status))
    #expect(rows.entries.map(\.reason) == plain.entries.map(\.reason))
    #expect(rows.entries.map { $0.cuts.map(\.start) } == plain.entries.map { $0.cuts.map(\.start) })
    #expect(plain.entries[2...4].allSatisfy { $0.status == .drop })
    #expect(plain.entries.count { $0.status == .trim } > 200)
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
