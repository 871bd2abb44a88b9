import Foundation
import Testing

@Suite("The README")
struct ReadmeTests {
  @Test("quotes what a scan of the seeds prints")
  func output() throws {
    var run = try seeds()
    defer { run.remove() }
    try run.call(["scan", "seeds"])
    let quoted = try #require(
      try Document("README.md").blocks.first { $0.text.hasPrefix("Scanned") })
    #expect(run.scrubbed(quoted.text) == run.stdout)
  }

  @Test("quotes what is shown of the passage")
  func shown() throws {
    var run = try seeds()
    defer { run.remove() }
    try run.call(["scan", "seeds", "--quiet"])
    try run.call(["show", "reprise-results", "--passage", "0"])
    let quoted = try #require(
      try Document("README.md").blocks.first { $0.text.hasPrefix("Passage 0") })
    #expect(run.stdout.hasSuffix(quoted.text))
  }

  @Test("quotes a line of the manifest")
  func manifest() throws {
    var run = try seeds()
    defer { run.remove() }
    try run.call(["scan", "seeds", "--split-after", "^This article first appeared in"])
    let quoted = try #require(try Document("README.md").blocks.first { $0.language == "json" })
    let manifest = try #require(run.file("reprise-results/manifest.jsonl"))
    #expect(manifest.contains(quoted.text))
  }

  @Test(
    "and the article of the library show the Swift example that is compiled with the tests",
    arguments: ["README.md", "Sources/Reprise/Reprise.docc/RemovingDuplicates.md"])
  func swiftExample(_ path: String) throws {
    let shown = try Document(path).blocks.filter { $0.language == "swift" }.map(\.text)
    let compiled = try String(
      contentsOf: Document.top.appendingPathComponent("Tests/ReadmeExample/main.swift"),
      encoding: .utf8)
    #expect(shown == [compiled])
  }

  @Test("has a Swift example that runs")
  func swiftExampleRuns() throws {
    let folder = try ExampleFolder()
    defer { folder.remove() }
    let example = CommandRun.executable.deletingLastPathComponent()
      .appendingPathComponent("ReadmeExample")
    let (status, output) = try folder.run(example.path)
    #expect(status == 0)
    #expect(
      output == """
        0 near-duplicates of 2
        articles/b.txt repeats articles/a.txt
        The same four words.
        Other words.

        """)
    #expect(try folder.run("ls cleaned").output == "a.txt\n")
  }

  @Test("has Parquet shards as the second example, and they lose the rows that repeat others")
  func shards() throws {
    let folder = try ExampleFolder()
    defer { folder.remove() }
    let block = try #require(try Document("README.md").blocks.first { $0.text.contains("shards/") })
    let lines = block.text.replacingOccurrences(of: "scripts/reprise", with: "reprise")
      .split(separator: "\n")
    #expect(lines.count == 2)
    for line in lines {
      let (status, output) = try folder.run(String(line))
      #expect(status == 0, "\(output)")
    }
    #expect(try folder.run("ls cleaned-shards").output == "a.parquet\nb.parquet\n")
    let statuses = try folder.run(
      "reprise scan cleaned-shards --quiet && cut -d , -f 1,6 reprise-results/manifest.jsonl")
    #expect(
      statuses.output
        == ["a0", "a1", "a2", "b0", "b2"].map { "{\"id\":\"\($0)\",\"status\":\"keep\"\n" }
        .joined())
  }

  @Test(
    "docs/results.md has queries that DuckDB runs",
    .enabled(if: canQuery, "needs the Python package duckdb: pip install duckdb"))
  func queries() throws {
    let folder = try ExampleFolder()
    defer { folder.remove() }
    let call = "reprise scan shards/*.parquet --results-format parquet"
    #expect(try folder.run(call).status == 0)
    let queries = try Document("docs/results.md").blocks.filter { $0.language == "sql" }
    #expect(queries.count == 5)
    for query in queries {
      try query.text.write(
        to: folder.folder.appendingPathComponent("query.sql"), atomically: true, encoding: .utf8)
      let (status, output) = try folder.run(
        "'\(Self.python)' -c 'import duckdb; print(len(duckdb.sql(open(\"query.sql\").read()).fetchall()))'"
      )
      #expect(status == 0, "\(query.text)\n\(output)")
      // The shards have no passages and no near-duplicates.
      let isEmpty = query.text.contains("passages.parquet") || query.text.contains("pairs.parquet")
      #expect(Int(output.dropLast()).map { isEmpty || $0 > 0 } ?? false, "\(query.text)\n\(output)")
    }
  }

  private static let python = ProcessInfo.processInfo.environment["REPRISE_PYTHON"] ?? "python3"
  private static let canQuery = {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "'\(python)' -c 'import duckdb' 2>/dev/null"]
    guard (try? process.run()) != nil else { return false }
    process.waitUntilExit()
    return process.terminationStatus == 0
  }()

  private func seeds() throws -> CommandRun {
    let run = try CommandRun()
    try FileManager.default.copyItem(
      atPath: GoldenCase.seeds, toPath: run.folder.appendingPathComponent("seeds").path)
    return run
  }
}
