import Reprise
import Testing

/// The two files that both carry one article.
struct SeedPassageTests {
  private let workspace: PassageWorkspace
  private let seeds: String

  init() throws {
    workspace = try PassageWorkspace()
    seeds = #filePath.split(separator: "/").dropLast(4).reduce("") { $0 + "/" + $1 } + "/seeds"
  }

  private func scan(_ path: String, to output: String) throws -> ScanSummary {
    var options = ScanOptions(paths: [BytePath(path)])
    options.output.folder = workspace.path(output)
    return try Scan(options).run()
  }

  @Test func `the article is one passage with its exact bytes`() throws {
    let summary = try scan(seeds, to: "results")
    #expect(summary.passageCount == 1)
    let passages = try workspace.lines("passages.jsonl")
    #expect(passages.count == 1)
    let places = passages[0]["places"]?.array ?? []
    #expect(places.map { $0["start"]?.integer } == [15_235, 17_909])
    #expect(places.map { $0["end"]?.integer } == [37_698, 40_372])
    #expect(places.map { $0["kept"] } == [.bool(true), .bool(false)])
    #expect(passages[0]["bytes"]?.integer == 22_463)
    #expect(
      passages[0]["title"]?.string
        == "Losing Momentum: how Jeremy Corbyn\u{2019}s support group ran out of steam")
    #expect(passages[0]["excerpt"]?.string?.hasPrefix("RAY TANGT/ANADOLU AGENCY") == true)
  }

  @Test func `clean writes the second file ending before it, and nothing is found again`() throws {
    _ = try scan(seeds, to: "results")
    _ = try Clean(
      CleanOptions(results: workspace.path("results"), output: workspace.path("cleaned"))
    ).run()
    let name = "002_9725aa8402de1287.txt"
    #expect(try workspace.bytes("cleaned/" + name).count == 17_909)
    let summary = try scan(workspace.path("cleaned"), to: "again")
    #expect(summary.passageCount == 0 && summary.documents.trimmed == 0)
    #expect(try workspace.bytes("again/passages.jsonl").isEmpty)
  }
}
