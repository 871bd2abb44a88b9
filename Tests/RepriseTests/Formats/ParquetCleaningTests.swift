import Foundation
import Reprise
import RepriseCore
import Testing

/// Files of several writers that are scanned and cleaned, against what pyarrow makes of the manifest.
@Suite("Parquet: cleaning", .enabled(if: ParquetPython.canMake, "needs pyarrow: run scripts/test"))
struct ParquetCleaningTests {
  private static let script = ParquetPython.script("parquet_cleaning.py")

  private func made() throws -> Workspace {
    let workspace = try Workspace()
    _ = try #require(ParquetPython.output([Self.script, "make", workspace.path("made")]))
    return workspace
  }

  private func names(_ workspace: Workspace) throws -> [String] {
    try workspace.files(below: "made").map { String($0.dropLast(8)) }
  }

  /// Scans and cleans each file alone, and compares all of them; returns the numbers of what changed.
  private func compare(
    _ workspace: Workspace, _ names: [String], field: String, droppingUnreadable: Bool = false,
    _ configure: (inout ScanOptions) -> Void = { _ in }
  ) throws -> [String: Int] {
    for name in names {
      let folder = "all/\(name)"
      try workspace.write(
        "\(folder)/corpus/\(name).parquet", workspace.bytes("made/\(name).parquet"))
      _ = try workspace.scan("\(folder)/corpus", into: "\(folder)/results") { options in
        options.input.textFields = [field == "messages" ? "messages[].content" : field]
        options.matching.find = .all
        options.matching.cuts.mode = .edited
        configure(&options)
      }
      _ = try workspace.clean(
        "\(folder)/results", to: "\(folder)/cleaned", droppingUnreadable: droppingUnreadable)
    }
    let output = try #require(
      ParquetPython.output(
        [Self.script, "check", workspace.path("all"), field]
          + [droppingUnreadable ? "unreadable" : "drop"]))
    try FileManager.default.removeItem(at: workspace.url("all"))
    return try JSONDecoder().decode([String: Int].self, from: Data(output.utf8))
  }

  @Test func `every kind of file equals what pyarrow filters`() throws {
    let workspace = try made()
    let names = try names(workspace)
    #expect(names.count >= 58)
    let counts = try compare(workspace, names, field: "text")
    #expect(counts["files"] == names.count)
    #expect(counts["dropped"] ?? 0 > 60 * names.count)
    #expect(counts["trimmed"] ?? 0 > 5 * names.count)
    #expect(counts["copied"] ?? 0 > 200)
  }

  @Test func `texts in lists are trimmed where they are, and unreadable rows left out`() throws {
    let workspace = try made()
    let names = ["zstd-1-2-1024", "snappy-1-1-1048576", "deltas-1-1024", "none-0-2-1048576"]
    let lists = try compare(workspace, names, field: "messages")
    #expect(lists["trimmed"] ?? 0 > 5 * names.count)
    let left = try compare(workspace, names, field: "text", droppingUnreadable: true)
    #expect(left["dropped"] ?? 0 > 70 * names.count)
    let kept = try compare(workspace, names, field: "id")
    #expect(kept["dropped"] ?? 0 == 0)
  }

  @Test func `a file of which no row is left has its schema`() throws {
    let workspace = try made()
    let names = ["zstd-1-2-1024", "gzip-0-1-1048576", "no-schema"]
    let counts = try compare(workspace, names, field: "id") { options in
      options.input.references = [workspace.path("made/old.parquet")]
    }
    #expect(counts["dropped"] == 500 * names.count)
  }

  @Test func `columns are added, and all else stays`() throws {
    let workspace = try made()
    let names =
      ["zstd-1-2-1024", "snappy-1-1-1048576", "brotli-0-1-1024", "gzip-1-1-1024"]
      + ["lz4-0-2-1024", "none-1-2-1048576", "index-1", "no-schema", "old", "one-group"]
    for name in names {
      let folder = "all/\(name)"
      try workspace.write(
        "\(folder)/corpus/\(name).parquet", workspace.bytes("made/\(name).parquet"))
      _ = try workspace.scan("\(folder)/corpus", into: "\(folder)/results") { options in
        options.matching.find = .all
      }
      _ = try workspace.clean("\(folder)/results", to: "\(folder)/cleaned", addingColumns: true)
    }
    let output = try #require(
      ParquetPython.output([Self.script, "columns", workspace.path("all")]))
    #expect(output == "{\"files\": 10}\n")
    _ = try workspace.scan("all/old/cleaned", into: "again") { _ in }
    let error = #expect(throws: RepriseError.self) {
      try workspace.clean("again", to: "twice", addingColumns: true)
    }
    #expect(error?.description.contains("there is a \"reprise_status\" already") ?? false)
  }

  @Test func `a damaged page that has to be written again is named`() throws {
    let workspace = try made()
    let whole = try workspace.bytes("made/none-0-1-1024.parquet")
    // The value is in the column "id", as bytes that are its length would be.
    let mark = Array("<urn:uuid:00000021>".utf8)
    let place = try #require(whole.firstRange(of: mark)?.lowerBound)
    var damaged = whole
    damaged[place - 1] = 0x7F
    try workspace.write("corpus/a.parquet", damaged)
    _ = try workspace.scan("corpus") { $0.input.idField = "n" }
    let error = #expect(throws: RepriseError.self) { try workspace.clean() }
    #expect(
      error?.description.contains(
        "column \"id\" of row group 0 cannot be written again: a page ends before its values")
        ?? false)
    #expect(!FileManager.default.fileExists(atPath: workspace.path("cleaned")))
  }

  @Test func `rows on a damaged page of texts are copied, or left out`() throws {
    let workspace = try made()
    var damaged = try workspace.bytes("made/none-0-1-1024.parquet")
    // The texts are the first column: the sizes of some are overwritten on its first page.
    damaged.replaceSubrange(200..<1_400, with: repeatElement(0x7F, count: 1_200))
    try workspace.write("corpus/a.parquet", damaged)
    let results = try workspace.scan("corpus")
    let lost = try #require(results.entries.first { $0.reason?.rawValue == "corrupt" })
    #expect(lost.length > 1)
    let report = try workspace.clean(to: "copied")
    #expect(report.droppedCount > 10)
    let again = try workspace.scan("copied", into: "again")
    #expect(again.entries.count { $0.reason?.rawValue == "corrupt" } == 1)
    let left = try workspace.clean(to: "left", droppingUnreadable: true)
    #expect(left.unreadableCount >= 1)
    let rest = try workspace.scan("left", into: "rest")
    #expect(rest.problems.isEmpty)
    #expect(
      rest.entries.map(\.id)
        == results.entries.filter { $0.status == .keep || $0.status == .empty }.map(\.id))
  }

  @Test func `random changes are survived, and nothing is left behind`() throws {
    let workspace = try made()
    var generator = SplitMix64(state: 5)
    let names = [
      "zstd-1-2-1024", "snappy-1-1-1048576", "deltas-1-1024", "none-0-2-1048576", "index-2",
    ]
    let originals = try names.map { try workspace.bytes("made/\($0).parquet") }
    var (cleaned, refused) = (0, 0)
    for _ in 0..<120 {
      var damaged = originals.randomElement(using: &generator) ?? []
      let range = 4..<damaged.count - (Bool.random(using: &generator) ? 8 : damaged.count / 5)
      damaged[Int.random(in: range, using: &generator)] ^=
        1 << UInt8.random(in: 0..<8, using: &generator)
      try workspace.write("corpus/a.parquet", damaged)
      _ = try workspace.scan("corpus") { options in
        options.input.requiresUniqueIDs = false
        options.matching.find = .all
      }
      do {
        let report = try workspace.clean()
        #expect(report.writtenFileCount == 1)
        try FileManager.default.removeItem(at: workspace.url("cleaned"))
        cleaned += 1
      } catch let error as RepriseError {
        #expect(!error.description.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: workspace.path("cleaned")))
        refused += 1
      }
    }
    #expect(cleaned > 20 && refused > 5)
  }
}
