import Foundation
import RepriseSystem
import Testing

@testable import Reprise

/// What is in the folders of a corpus and is not read.
@Suite("Entries that are left out")
struct LeftOutTests {
  /// One file, and of each kind of entry that is left out another number.
  private func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write("corpus/a.txt", text: "one")
    for name in [".x", ".y/z"] { try workspace.write("corpus/\(name)", text: "hidden") }
    for name in ["1.md", "2.md", "3.md"] { try workspace.write("corpus/\(name)", text: "no") }
    for name in 0..<4 { unsafe #expect(mkfifo(workspace.path("corpus/pipe\(name)"), 0o600) == 0) }
    for name in 0..<5 {
      try FileManager.default.createSymbolicLink(
        atPath: workspace.path("corpus/link\(name)"), withDestinationPath: "a.txt")
    }
    try workspace.write(
      "corpus/old/summary.json", text: "{\"format\":\"reprise-results\",\"version\":1}")
    return workspace
  }

  private static let wanted =
    ["hidden": 2, "excluded": 3, "special": 4, "repeated": 5, "results_folders": 1]

  private func counts(_ leftOut: LeftOutEntries) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: leftOut.counts.map { ($0.name, $0.count) })
  }

  private func written(_ results: String, _ workspace: Workspace) throws -> [String: Int] {
    let tree = try JSONTree(parsing: try workspace.bytes("\(results)/summary.json"))
    guard case .object(let fields) = tree["left_out"] else { return [:] }
    return Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value.integer ?? -1) })
  }

  @Test("are counted in the summary and its file")
  func scanned() throws {
    let workspace = try workspace()
    let results = try workspace.scan("corpus") { $0.input.selection.exclude = ["*.md"] }
    #expect(results.summary.leftOut.total == 15)
    #expect(counts(results.summary.leftOut) == Self.wanted)
    #expect(try written("results", workspace) == Self.wanted)
  }

  @Test("what the run itself writes is none of them, when it is stopped and goes on neither")
  func ownFolders() throws {
    let workspace = try workspace()
    for resumes in [false, true] {
      let results = try workspace.scan("corpus", into: "corpus/out") { options in
        options.input.selection.exclude = ["*.md"]
        options.resources.resumes = resumes
      }
      #expect(counts(results.summary.leftOut) == Self.wanted)
    }
  }

  @Test("are counted when a part is signed, and again when parts are scanned")
  func signed() throws {
    let workspace = try workspace()
    for part in ["a", "b"] { try workspace.write("\(part)/.hidden", text: "x") }
    try workspace.write("a/1.txt", text: "first")
    try workspace.write("b/2.txt", text: "second")
    var signatures: [BytePath] = []
    for part in ["a", "b", "corpus"] {
      var options = ScanOptions(paths: [workspace.path(part)])
      options.input.selection.exclude = ["*.md"]
      options.matching.find = .documents
      signatures.append(workspace.path("\(part).signatures"))
      let report = try Sign(SignOptions(options, file: signatures[signatures.count - 1])).run()
      #expect(report.leftOut.total == (part == "corpus" ? 15 : 1))
    }
    let results = try workspace.scan("a") { options in
      options.input.paths = []
      options.input.signatures = signatures
      options.input.selection.exclude = []
    }
    var wanted = Self.wanted
    wanted["hidden"] = 4
    #expect(counts(results.summary.leftOut) == wanted)
    #expect(try written("results", workspace) == wanted)
  }
}
