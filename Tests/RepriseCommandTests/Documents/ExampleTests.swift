import Foundation
import Testing

@Suite("Examples in the README and in --help")
struct ExampleTests {
  @Test("every call in the README runs")
  func readme() throws {
    let calls = Example.calls(in: try Document("README.md"))
    #expect(calls.contains("reprise scan seeds"))
    #expect(calls.count >= 5)
    try run(calls)
  }

  @Test(
    "every call in a page of docs runs",
    arguments: ["docs/reprints.md", "docs/presets.md", "docs/audit.md"])
  func page(_ name: String) throws {
    let calls = Example.calls(in: try Document(name))
    #expect(calls.count >= 2)
    try run(calls)
  }

  @Test("every call in docs/check.md runs")
  func check() throws {
    let calls = Example.calls(in: try Document("docs/check.md"))
    #expect(calls.count >= 3)
    try run(calls)
  }

  @Test(
    "every call in --help runs",
    arguments: [
      "", "scan", "show", "report", "audit", "check", "export", "clean", "compare", "sign",
    ])
  func help(_ command: String) throws {
    let folder = try ExampleFolder()
    defer { folder.remove() }
    let calls = Example.calls(inHelp: try folder.run("reprise \(command) --help").output)
    #expect(calls.count >= 2)
    try run(calls)
  }

  @Test("a call ends before its explanation, and a backslash continues it")
  func calls() {
    let text = """
      OVERVIEW: Text. EXAMPLES
      EXAMPLES
        reprise scan a/          find duplicates
        make | reprise scan - \\
          --json
      USAGE: reprise scan <path>
      """
    #expect(
      Example.calls(inHelp: text) == ["reprise scan a/", "make | reprise scan - --json"])
  }

  private func run(_ calls: [String]) throws {
    let folder = try ExampleFolder()
    defer { folder.remove() }
    for call in calls {
      let (status, output) = try folder.run(call)
      // The corpora of the examples have duplicates.
      let checks = call.hasPrefix("reprise check") && !call.contains("--baseline")
      let expected: Int32 = call.contains("--fail-on") || checks ? 3 : 0
      #expect(status == expected, "\(call)\n\(output)")
    }
  }
}
