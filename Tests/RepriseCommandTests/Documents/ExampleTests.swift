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

  @Test("what each option leaves, as docs/passages.md shows it")
  func beforeAndAfter() throws {
    let page = try Document("docs/passages.md").lines
    let start = try #require(page.firstIndex(of: "### Before and after"))
    let section = page[start...].prefix { !$0.hasPrefix("## ") }
    let texts = section.filter { $0.hasPrefix("> ") }.map { $0.dropFirst(2) }
    try #require(texts.count == 2)
    let rows = section.filter { $0.hasPrefix("| ") }.dropFirst().map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    #expect(rows.count >= 9)
    for row in rows {
      let folder = try ExampleFolder()
      defer { folder.remove() }
      for (name, text) in zip(["a", "b"], texts) { try folder.write(text + "\n", "\(name).txt") }
      let option = row[0] == "no option" ? "" : row[0].replacingOccurrences(of: "`", with: "")
      let (status, output) = try folder.run(
        "reprise scan a.txt b.txt --min-passage 16 --output results \(option) >/dev/null"
          + " && reprise clean results --output cleaned >/dev/null"
          + " && grep -c . results/manifest.jsonl && grep -o '\"reason\":[^,]*' results/manifest.jsonl"
          + " | tail -1; cat cleaned/b.txt")
      #expect(status == 0 || row[1].hasPrefix("nothing"))
      let lines = output.split(separator: "\n")
      try #require(lines.count >= 2 && lines[0] == "2", "\(output)")
      if row[1].hasPrefix("nothing") {
        let reason = row[1].split(separator: "`")[1]
        #expect(lines[1] == "\"reason\":\"\(reason)\"", "\(row[0])")
      } else {
        #expect(lines.last.map(String.init) == (row[1] == "all" ? String(texts[1]) : row[1]))
      }
    }
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
