import Reprise
import Testing

@Suite("Ids that come in several files")
struct EqualIDsTests {
  /// Two shards whose ids begin at 0, with one text and one passage in both.
  private func workspace() throws -> Workspace {
    var random = RandomTexts(seed: 8)
    let (same, passage) = (random.text(80), random.text(80) + ".")
    let workspace = try Workspace()
    for shard in 0..<2 {
      let texts = [same, random.text(60) + ". " + passage, random.text(60)]
      let records = texts.indices.map { TestRecord("\($0)", texts[($0 + shard) % 3]) }
      try workspace.write("\(shard).jsonl", records: records)
    }
    return workspace
  }

  @Test func `a duplicate names the kept document by file, offset and line of the manifest`() throws
  {
    let workspace = try workspace()
    let results = try workspace.scan("0.jsonl", "1.jsonl") { options in
      options.matching.find = .all
      options.input.requiresUniqueIDs = false
    }
    #expect(results.problems.isEmpty)
    let drop = try #require(results.entries.first { $0.status == .drop })
    #expect(drop.source == workspace.path("1.jsonl") && drop.id == "2")
    #expect(drop.duplicateOf == "0" && drop.duplicateRow == 0 && drop.duplicateOffset == 0)
    #expect(drop.duplicateSource == workspace.path("0.jsonl"))
    let trim = try #require(results.entries.first { $0.status == .trim })
    #expect(trim.source == workspace.path("1.jsonl") && trim.id == "0")
    #expect(trim.cuts.map(\.duplicateRow) == [1])
    #expect(trim.duplicateRow == nil && trim.duplicateSource == nil)
  }

  @Test func `repeated ids are problems only if they must be unique`() throws {
    let workspace = try workspace()
    let results = try workspace.scan("0.jsonl", "1.jsonl") { $0.input.requiresUniqueIDs = true }
    #expect(results.problems.map(\.class) == Array(repeating: "duplicate-id", count: 3))
  }
}
