import Reprise
import Testing

@Suite("Evidence: short documents")
struct ShortDocumentsTests {
  /// Texts, and the place of the one that each repeats.
  private static let cases: [(text: String, original: Int?)] = [
    ("", nil), ("word", nil), ("one two three four", nil), ("...", nil), ("", 0), ("Word!", 1),
    ("other", nil), ("one two three five", nil), ("One; two; three... FOUR", 2), ("...", 3),
    (" ", nil), ("!!", nil), ("one two three", nil), ("two one three four", nil),
    ("one two three four five", nil), ("\n", nil), ("...!", nil), (" ", 10), ("word word", nil),
    ("one two three four five six", nil), ("one two three four", 2), ("12", nil), ("12", 21),
  ]

  @Test("identical short documents are duplicates, different ones are not, as JSON Lines")
  func records() throws {
    let workspace = try Workspace()
    let texts = Self.cases.map(\.text)
    try workspace.write("short.jsonl", records: TestRecord.numbered(texts))
    try check(workspace.scan("short.jsonl")) { "d\($0)" }
  }

  @Test("identical short documents are duplicates, different ones are not, as files")
  func files() throws {
    let workspace = try Workspace()
    func name(_ index: Int) -> String { "short/\(index + 100).txt" }
    for (index, document) in Self.cases.enumerated() {
      try workspace.write(name(index), text: document.text)
    }
    try check(workspace.scan("short")) { workspace.path(name($0)) }
  }

  private func check(_ results: ScanResults, _ id: (Int) -> String) throws {
    results.checkInvariants()
    #expect(results.entries.map(\.id) == Self.cases.indices.map(id))
    #expect(results.problems.isEmpty)
    for (index, document) in Self.cases.enumerated() {
      let entry = try results.entry(id(index))
      let hasWord = !JaccardOracle.tokens(document.text).isEmpty
      if let original = document.original {
        let isSame = Array(document.text.utf8) == Array(Self.cases[original].text.utf8)
        #expect(entry.status == .drop && entry.reason == (isSame ? .exact : .words), "\(index)")
        #expect(entry.duplicateOf == id(original), "\(index)")
      } else {
        #expect(entry.status == (hasWord ? .keep : .empty), "\(index)")
      }
    }
  }

  @Test("short documents stay apart also at low thresholds", arguments: [0.5, 0.9, 1.0])
  func thresholds(threshold: Double) throws {
    let workspace = try Workspace()
    try workspace.write(
      "short.jsonl", records: TestRecord.numbered(["a b c d", "a b c e", "b c d", "a b c d e", ""]))
    let results = try workspace.scan("short.jsonl") { $0.matching.threshold = threshold }
    results.checkInvariants(threshold: threshold)
    #expect(results.ids(.drop).isEmpty)
  }

  @Test("thousands of empty documents are one and its copies")
  func manyEmpty() throws {
    let workspace = try Workspace()
    let records = TestRecord.numbered((0..<3_000).map { $0 % 2 == 0 ? "" : "-" })
    try workspace.write("empty.jsonl", records: records)
    let results = try workspace.scan("empty.jsonl")
    results.checkInvariants()
    #expect(results.ids(.empty) == ["d0", "d1"])
    #expect(results.ids(.drop).count == 2_998)
  }
}
