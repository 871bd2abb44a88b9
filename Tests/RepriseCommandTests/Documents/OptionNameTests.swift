import Foundation
import Testing

@Suite("Options in documents")
struct OptionNameTests {
  @Test(
    "every option that a document names exists",
    arguments: [
      "README.md", "ARCHITECTURE.md", "CHANGELOG.md", "docs/audit.md", "docs/check.md",
      "docs/input.md", "docs/languages.md", "docs/memory.md", "docs/passages.md", "docs/presets.md",
      "docs/reprints.md", "docs/results.md", "docs/scheme.md",
      "docs/signatures.md",
    ])
  func options(_ path: String) throws {
    var run = try CommandRun()
    defer { run.remove() }
    for command in [
      "scan", "show", "report", "audit", "check", "export", "clean", "compare", "sign",
    ] {
      try run.call([command, "--help"])
    }
    let known = Set(Self.options(in: run.stdout))
    // Options of scripts are named together with the script.
    let quotations = try Document(path).quotations.filter { !$0.contains("scripts/") }
    for option in quotations.flatMap(Self.options) where option != "--filter" {
      #expect(known.contains(option), "\(option)")
    }
  }

  private static func options(in text: String) -> [String] {
    text.components(separatedBy: CharacterSet(charactersIn: " ,.=/()\n")).filter {
      $0.hasPrefix("--") && $0.count > 2
    }
  }
}
