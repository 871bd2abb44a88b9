import Foundation
import Reprise
import Testing

@Suite("Evidence: hostile input", .timeLimit(.minutes(2)))
struct HostileInputTests {
  private static let text = "one two three four five six seven eight nine ten"

  @Test("names with line ends, quotes, escapes and bytes that are no text are only names")
  func names() throws {
    let workspace = try Workspace()
    let names = [
      "a\nb.txt", "c\"d'.txt", "e\u{1B}[2J.txt", "f\tg,\\.txt", "{\"h\":1}.txt", "i\r.txt", "-j",
      "k..", "l\u{202E}m.txt", "$(n)`o`.txt",
    ]
    for name in names { try workspace.write("in/" + name, text: "\(Self.text) \(name)") }
    let results = try workspace.scan("in") { $0.matching.threshold = 1 }
    results.checkInvariants()
    let sorted = names.map { workspace.path("in/" + $0) }.sorted {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
    #expect(results.entries.map(\.source) == sorted)
    // One line a document, whatever the name holds.
    let lines = (results.files["manifest.jsonl"] ?? Data()).split(separator: 0x0A)
    #expect(lines.count == names.count)
    #expect(lines.allSatisfy { !$0.contains { $0 < 0x20 } })
    try workspace.clean()
    for name in names {
      #expect(try workspace.bytes("cleaned/" + name) == workspace.bytes("in/" + name))
    }
  }

  @Test(
    "a manifest or summary that was tampered with writes nothing outside of the output",
    arguments: ["../out.txt", "/etc/out.txt", "a/../../out.txt", "", ".", "a//b"])
  func escapes(name: String) throws {
    let workspace = try Workspace()
    try workspace.write("in/a.txt", text: Self.text)
    _ = try workspace.scan("in")
    let summary = String(decoding: try workspace.bytes("results/summary.json"), as: UTF8.self)
    let path = "\"path\": \"a.txt\""
    #expect(summary.contains(path))
    try workspace.write(
      "results/summary.json", text: summary.replacing(path, with: "\"path\": \"\(name)\""))
    let before = try workspace.files(below: "")
    #expect(throws: RepriseError.self) { try workspace.clean("results", to: "x/cleaned") }
    #expect(try workspace.files(below: "") == before)
  }

  @Test("expressions with catastrophic backtracking are given up, and the line is reported")
  func expressions() throws {
    let workspace = try Workspace()
    let line = String(repeating: "a", count: 30_000) + "!"
    try workspace.write("a.txt", text: "\(Self.text)\n\(line)\nand more\n")
    let results = try workspace.scan("a.txt") { $0.input.articles = .after("^(a+)+$") }
    #expect(results.problems.map(\.place) == ["a.txt:- pattern-limit"])
    #expect(results.entries.map(\.status) == [.keep])
  }

  @Test("300,000 times one word, and a million times one letter that no space ends")
  func repetitions() throws {
    let workspace = try Workspace()
    let words = String(repeating: "word ", count: 300_000)
    let letters = String(repeating: "x", count: 1_000_000)
    let graphemes = String(repeating: "\u{5B57}", count: 300_000)
    try workspace.write("in/a.txt", text: words)
    try workspace.write("in/b.txt", text: words + "end")
    try workspace.write("in/c.txt", text: letters)
    try workspace.write("in/d.txt", text: letters + "y")
    try workspace.write("in/e.txt", text: graphemes)
    let results = try workspace.scan("in") {
      $0.matching.find = .all
      $0.matching.cuts.cutsRepeats = true
    }
    // The second document contains the first. What repeats itself is cut.
    #expect(results.entries.map(\.status) == [.drop, .trim, .keep, .keep, .trim])
    #expect(results.entries[0].reason == .contained)
    #expect(results.problems.isEmpty)
  }

  @Test("documents whose shingles were chosen to collide in every table are compared all the same")
  func flooding() throws {
    // A word is taken only if the low bits of its shingle's id are zero: these choose the place.
    var words = ["a", "b", "c", "d"]
    var text = TokenizedText()
    var shingles = ShingleIDs(length: 5)
    var number = 0
    while words.count < 604 {
      number += 1
      let bytes = Array((words.suffix(4) + ["w\(number)"]).joined(separator: " ").utf8)
      unsafe text.read(bytes.span.bytes)
      shingles.read(text)
      if shingles.span[0] & 0x7FF == 0 { words.append("w\(number)") }
    }
    let workspace = try Workspace()
    let copies = (0..<40).map { "\(words.dropLast($0).joined(separator: " ")) end\($0)" }
    let others = (0..<40).map { "\(words.shuffledWords(seed: UInt64($0))) end\($0)" }
    try workspace.write("a.jsonl", records: TestRecord.numbered(copies + others))
    let results = try workspace.scan("a.jsonl")
    results.checkInvariants()
    try results.checkDrops(copies + others)
    #expect(results.ids(.drop) == (1..<40).map { "d\($0)" })
  }

  @Test("nesting is passed over up to a depth that nobody needs, and reported beyond")
  func nesting() throws {
    let workspace = try Workspace()
    let deep = String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
    let half = String(repeating: "{\"a\":", count: 200_000)
    try workspace.write(
      "a.jsonl",
      text: "{\"id\":\"a\",\"more\":\(deep),\"text\":\"\(Self.text)\"}\n\(half)\n"
        + "{\"id\":\"b\",\"text\":\"\(Self.text)\"}\n")
    let results = try workspace.scan("a.jsonl")
    #expect(results.entries.map(\.status) == [.keep, .unreadable, .drop])
    #expect(results.problems.map(\.place) == ["a.jsonl:2 malformed-json"])
  }
}

extension [String] {
  fileprivate func shuffledWords(seed: UInt64) -> String {
    var random = RandomTexts(seed: seed)
    return random.shuffled(self).joined(separator: " ")
  }
}
