import Foundation
import Reprise
import RepriseCore
import Testing

/// Results as Parquet files, against the JSON Lines of the same run.
@Suite("Results as tables", .enabled(if: ParquetPython.canMake, "needs pyarrow: run scripts/test"))
struct ResultTablesTests {
  private func prose(_ seed: Int, _ count: Int) -> String {
    var generator = SplitMix64(state: UInt64(seed))
    return (0..<count).map { _ in "w\(UInt16.random(in: 0..<9_000, using: &generator))" }.joined(
      separator: " ") + ". "
  }

  private func scan(_ workspace: Workspace, into output: String, tables: Bool = true) throws {
    let shared = (0..<8).map { prose($0, 20) }.joined()
    let lines = (0..<600).map { row -> String in
      var text = prose(1_000 + row / 2 * 2 + (row % 14 == 1 ? 0 : row), 60)
      if row % 50 == 9 { text += shared + prose(5_000 + row, 30) }
      if row % 40 == 3 { text = prose(1_000 + row - 3, 60) + (row % 80 == 3 ? "and more" : "") }
      return #"{"id":"é\#(row)","text":"\#(text)"}"#
    }
    try workspace.write("a.jsonl", text: lines.joined(separator: "\n") + "\n{\"id\":1}\n")
    _ = try workspace.scan("a.jsonl", into: output) { options in
      options.matching.find = .all
      options.output.writesTables = tables
    }
  }

  @Test func `the tables have the rows of the lines`() throws {
    let workspace = try Workspace()
    try scan(workspace, into: "results")
    let output = try #require(
      ParquetPython.output(
        [ParquetPython.script("results_tables.py"), workspace.path("results")]))
    let counts = output.split(whereSeparator: \.isWhitespace).compactMap { Int($0) }
    #expect(counts.count == 5 && counts[0] == 601)
    #expect(counts.allSatisfy { $0 > 0 })
    // The lines are the same without tables, and results with tables are replaced and cleaned.
    let manifest = try workspace.bytes("results/manifest.jsonl")
    _ = try workspace.clean()
    try scan(workspace, into: "results", tables: false)
    #expect(try workspace.bytes("results/manifest.jsonl") == manifest)
    #expect(
      try workspace.files(below: "results").allSatisfy { !$0.hasSuffix(".parquet") })
  }
}
