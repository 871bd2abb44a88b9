import Reprise
import Testing

@Suite("Files of one name")
struct EqualNamesTests {
  private func made() throws -> Workspace {
    let workspace = try Workspace()
    for (index, name) in ["a/x.txt", "b/x.txt", "c/x.txt", "1/d/part-0.txt", "2/d/part-0.txt"]
      .enumerated()
    {
      let words = (0..<40).map { "word\((index % 4) * 100 + $0)" }
      try workspace.write(name, text: words.joined(separator: " ") + "\n")
    }
    return workspace
  }

  private let arguments = ["a/x.txt", "b/x.txt", "c/x.txt", "1/d", "2/d"]

  @Test func `are scanned and cleaned together`() throws {
    let workspace = try made()
    let results = try workspace.scan("a/x.txt", "b/x.txt", "c/x.txt", "1/d", "2/d")
    #expect(
      results.entries.map(\.source)
        == [
          "a/x.txt", "b/x.txt", "c/x.txt", "1/d/part-0.txt", "2/d/part-0.txt",
        ].map { workspace.path($0) })
    #expect(results.entries.map(\.status) == [.keep, .keep, .keep, .keep, .drop])
    try workspace.clean()
    let kept = ["1/d/part-0.txt", "a/x.txt", "b/x.txt", "c/x.txt"]
    #expect(try workspace.files(below: "cleaned") == kept)
    for name in kept { #expect(try workspace.bytes("cleaned/\(name)") == workspace.bytes(name)) }
    let again = try workspace.scan("cleaned", into: "again")
    #expect(again.ids(.keep).count == 4)
  }

  @Test func `have the names of one run when they are signed separately`() throws {
    let workspace = try made()
    _ = try workspace.scan("a/x.txt", "b/x.txt", "c/x.txt", "1/d", "2/d", into: "expected")
    try workspace.clean("expected", to: "expected-cleaned")
    var options = ScanOptions(paths: [])
    options.matching.find = .documents
    for (index, argument) in arguments.enumerated() {
      var shard = options
      (shard.input.paths, shard.input.signatures) = ([workspace.path(argument)], [])
      let file: BytePath = workspace.path("\(index).signatures")
      _ = try Sign(SignOptions(shard, file: file)).run()
      options.input.signatures.append(file)
    }
    options.output.folder = workspace.path("results")
    _ = try Scan(options).run()
    try workspace.clean()
    #expect(
      try workspace.files(below: "cleaned") == workspace.files(below: "expected-cleaned"))
    #expect(
      try workspace.bytes("results/manifest.jsonl") == workspace.bytes("expected/manifest.jsonl"))
  }
}
