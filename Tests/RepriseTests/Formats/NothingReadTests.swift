import Foundation
import Reprise
import Testing

@Suite("Nothing to read")
struct NothingReadTests {
  private func reason(_ body: () throws -> ScanResults) -> String? {
    do {
      _ = try body()
      return nil
    } catch let error as RepriseError {
      guard case .corpus(let error) = error.reason else { return "?" }
      return error.reason.name
    } catch {
      return "?"
    }
  }

  @Test func `an empty folder and a pattern that selects nothing are errors`() throws {
    let workspace = try Workspace()
    try FileManager.default.createDirectory(
      at: workspace.url("empty/below"), withIntermediateDirectories: true)
    #expect(reason { try workspace.scan("empty") } == "nothing-found")
    try workspace.write("texts/a.md", text: "some words")
    try workspace.write("texts/below/b.txt", text: "some words")
    #expect(
      reason { try workspace.scan("texts") { $0.input.selection.include = ["*.md", "*.rst"] } }
        == "nothing-found")
    #expect(
      reason { try workspace.scan("texts") { $0.input.selection.exclude = ["*"] } }
        == "nothing-found")
    let both = try workspace.scan("texts") {
      $0.input.selection.include = ["*.md", "below/*", "*"]
    }
    #expect(both.entries.count == 2)
    let none = try workspace.scan("texts/a.md") { $0.input.selection.include = ["*.rst"] }
    #expect(none.entries.count == 1, "patterns select files of folders only")
  }

  @Test func `the command ends with 2 if every document is unreadable`() throws {
    let workspace = try Workspace()
    try workspace.write("a.jsonl", text: "{\"body\":\"some words\"}\n{\"body\":\"other words\"}\n")
    try workspace.write("b.txt", text: "some words")
    for (inputs, status) in [(["a.jsonl"], Int32(2)), (["a.jsonl", "b.txt"], 1), (["b.txt"], 0)] {
      let arguments =
        ["scan"] + inputs.map { workspace.path($0) } + ["--output", workspace.path("results")]
      #expect(try BuiltCommand.run(arguments, environment: [:]) == status, "\(inputs)")
    }
    let status = try BuiltCommand.run(
      ["scan", workspace.path("b.txt"), "--text-field", "body", "--output", workspace.path("r")],
      environment: [:])
    #expect(status == 0)
  }
}
