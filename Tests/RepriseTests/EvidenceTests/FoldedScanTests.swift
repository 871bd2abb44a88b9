import Foundation
import Reprise
import Testing

@Suite("Evidence: accents and compatibility forms folded")
struct FoldedScanTests {
  private static func fullWidth(_ text: String) -> String {
    let scalars = text.unicodeScalars.compactMap { scalar in
      (0x21...0x7E).contains(scalar.value) ? Unicode.Scalar(scalar.value + 0xFEE0) : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }

  private static func accented(_ text: String) -> String {
    text.enumerated().map { $0 % 3 == 0 && $1.isLetter ? "\($1)\u{301}" : "\($1)" }.joined()
      .precomposedStringWithCanonicalMapping
  }

  @Test("copies are found by what is folded, and only then")
  func documents() throws {
    var random = RandomTexts(seed: 31)
    let text = random.text(60)
    let workspace = try Workspace()
    try workspace.write("in/a.txt", text: text)
    try workspace.write("in/b.txt", text: Self.accented(text))
    try workspace.write("in/c.txt", text: Self.fullWidth(text))
    try workspace.write("in/d.txt", text: Self.fullWidth(Self.accented(text)))
    func dropped(_ folding: Folding) throws -> [String] {
      let results = try workspace.scan("in", into: "\(folding.rawValue)") {
        $0.matching.tokens.folding = folding
      }
      results.checkInvariants()
      #expect(results.entries.allSatisfy { $0.status != .drop || $0.reason == .words })
      return results.ids(.drop).map { String($0.suffix(5).prefix(1)) }
    }
    #expect(try dropped([]) == [])
    #expect(try dropped(.accents) == ["b"])
    #expect(try dropped(.compatibility) == ["c", "d"])
    #expect(try dropped([.accents, .compatibility]) == ["b", "c", "d"])
    let summary = String(decoding: try workspace.bytes("3/summary.json"), as: UTF8.self)
    #expect(summary.replacing(/\s/, with: "").contains(#""fold":["accents","compatibility"]"#))
  }

  /// The words in lines of at most `width` characters, with longer words divided.
  private static func set(_ words: [Substring], width: Int, _ hyphen: String) -> String {
    var lines = [""]
    for word in words {
      let room = width - lines[lines.count - 1].count - 2
      if room >= word.count {
        lines[lines.count - 1] += " \(word)"
      } else if room >= 2, word.count >= 5 {
        let cut = min(room, word.count - 2)
        lines[lines.count - 1] += " \(word.prefix(cut))\(hyphen)"
        lines.append(String(word.dropFirst(cut)))
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test("an article set in columns is the same words, and its passages are found")
  func columns() throws {
    var random = RandomTexts(seed: 33)
    let words = random.text(400).split(separator: " ")
    let workspace = try Workspace()
    try workspace.write("in/a.txt", text: words.joined(separator: " "))
    for (name, (width, hyphen)) in zip(
      "bcde", [(60, "-"), (38, "\u{AC}"), (28, "\u{2010}"), (31, "\u{AD}")])
    {
      try workspace.write("in/\(name).txt", text: Self.set(words, width: width, hyphen))
    }
    let part = words[100..<300]
    let quoted = Self.set(Array(part), width: 34, "-")
    let (before, after) = (random.text(60), random.text(60))
    try workspace.write("in/f.txt", text: "\(before).\n\(quoted)\n\(after)")
    func results(_ folding: Folding, _ name: String) throws -> ScanResults {
      try workspace.scan("in", into: name) {
        $0.matching.find = .all
        $0.matching.tokens.folding = folding
      }
    }
    let plain = try results([], "plain").entries
    #expect(plain.allSatisfy { $0.reason != .words })
    let folded = try results(.hyphens, "folded")
    #expect(folded.entries.map(\.status) == [.keep, .drop, .drop, .drop, .drop, .trim])
    #expect(folded.entries[1...4].allSatisfy { $0.reason == .words })
    let cuts = folded.entries[5].cuts
    #expect(cuts.count == 1)
    #expect(cuts.first?.start == before.utf8.count + 3)
    #expect(cuts.first?.words == 200)
  }

  @Test("a passage in another form is cut where it stands")
  func passages() throws {
    var random = RandomTexts(seed: 32)
    let passage = random.text(90)
    let texts = [random.text(50), random.text(50), random.text(50), random.text(50)]
    let workspace = try Workspace()
    let copy = Self.fullWidth(Self.accented(passage))
    try workspace.write("in/a.txt", text: "\(texts[0]). \(passage). \(texts[1])")
    try workspace.write("in/b.txt", text: "\(texts[2]). \(copy). \(texts[3])")
    let results = try workspace.scan("in") {
      $0.matching.find = .all
      $0.matching.tokens.folding = [.accents, .compatibility]
    }
    #expect(results.entries.map(\.status) == [.keep, .trim])
    try workspace.clean()
    let cleaned = String(decoding: try workspace.bytes("cleaned/b.txt"), as: UTF8.self)
    #expect(cleaned.hasPrefix(texts[2]) && cleaned.hasSuffix(texts[3]))
    #expect(cleaned.utf8.count < texts[2].utf8.count + texts[3].utf8.count + 10)
    let (a, b): (BytePath, BytePath) = (workspace.path("in/a.txt"), workspace.path("in/b.txt"))
    #expect(try Comparison(pathA: a, pathB: b).passages.isEmpty)
    let folded = try Comparison(
      pathA: a, pathB: b, tokens: TokenRules(folding: [.accents, .compatibility]))
    #expect(folded.passages.count == 1)
    #expect(folded.passages.first?.words == 90)
  }
}
