import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("Folding")
struct FoldingTests {
  private static let foldings: [Folding] = [
    .accents, .compatibility, [.accents, .compatibility], .hyphens,
    [.accents, .compatibility, .hyphens],
  ]

  @Test(
    "Text folded piece by piece is the same as folded as a whole", arguments: RandomText.allCases,
    foldings.indices)
  func agreesWithTheTwin(kind: RandomText, folding: Int) {
    let folding = Self.foldings[folding]
    var text = TokenizedText(rules: TokenRules(folding: folding))
    for length in 0...150 {
      var random = seeded(length, 11)
      let bytes = kind.make(length, &random)
      text.read(bytes)
      #expect(TokenSequence(text) == PlainTokenizer.tokens(of: bytes, folding), "\(bytes)")
    }
  }

  @Test(
    "Every scalar folds alone, and between letters, as the whole does", arguments: foldings.indices)
  func everyScalar(folding: Int) {
    let folding = Self.foldings[folding]
    var text = TokenizedText(rules: TokenRules(folding: folding))
    for value in 0..<UInt32(0x2_F000) {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let bytes = Array("a\(scalar)e\u{301}\u{AC00}\(scalar)".utf8)
      text.read(bytes)
      guard TokenSequence(text) == PlainTokenizer.tokens(of: bytes, folding) else {
        Issue.record("U+\(String(value, radix: 16))")
        return
      }
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var folding: Folding
    var tokens: [String]
    var sources: [String]
    var testDescription: String { text.debugDescription }
  }

  @Test(
    "Tokens are what is meant, and know where they came from",
    arguments: [
      Case(
        text: "\u{FEFF}Caf\u{E9} cafe\u{301}s.", folding: .accents, tokens: ["cafe", "cafes"],
        sources: ["Caf\u{E9}", "cafe\u{301}s"]),
      Case(
        text: "\u{FF34}\u{FF48}\u{FF45} \u{FB01}n \u{2460}", folding: .compatibility,
        tokens: ["the", "fin", "1"],
        sources: ["\u{FF34}\u{FF48}\u{FF45}", "\u{FB01}n", "\u{2460}"]),
      Case(
        text: "a\u{2474}b \u{FF76}\u{FF9E}x", folding: .compatibility,
        tokens: ["a", "1", "b", "\u{30AC}", "x"],
        sources: ["a", "\u{2474}", "b", "\u{FF76}\u{FF9E}", "x"]),
      Case(
        text: "\u{304B}\u{3099} \u{915}\u{941} \u{1EC7}", folding: .accents,
        tokens: ["\u{304C}", "\u{915}\u{941}", "e"],
        sources: ["\u{304B}\u{3099}", "\u{915}\u{941}", "\u{1EC7}"]),
      Case(
        text: "\u{301}a \u{301}", folding: .accents, tokens: ["a"], sources: ["a"]),
    ])
  func sources(_ example: Case) {
    var text = TokenizedText(keepsSourceRanges: true, rules: TokenRules(folding: example.folding))
    let bytes = Array(example.text.utf8)
    text.read(bytes)
    // As bytes: strings that are canonically equivalent are equal in Swift.
    #expect(TokenSequence(text).tokens == example.tokens.map { Array($0.utf8) })
    let sources = (0..<text.count).map { Array(bytes[text.sourceRange(ofToken: $0)]) }
    #expect(sources == example.sources.map { Array($0.utf8) })
  }

  @Test("Invalid bytes around a removed accent do not become a character")
  func invalidBytesStayApart() {
    var text = TokenizedText(rules: TokenRules(folding: .accents))
    let accent = Array("\u{301}".utf8)
    text.read([0x61, 0xE2] + accent + [0x82] + accent + [0xAC, 0x62])
    #expect(TokenSequence(text).tokens == [[0x61, 0xE2, 0x82, 0xAC, 0x62]])
    #expect(text.invalidSequenceCount == 3)
  }

  @Test("Ranges lie in the text and ascend, whatever it is", arguments: RandomText.allCases)
  func rangesAscend(kind: RandomText) {
    var text = TokenizedText(
      keepsSourceRanges: true, rules: TokenRules(folding: [.accents, .compatibility]))
    for length in 0...150 {
      var random = seeded(length, 12)
      let bytes = kind.make(length, &random)
      text.read(bytes)
      var last = 0..<0
      for index in 0..<text.count {
        let range = text.sourceRange(ofToken: index)
        let isOrdered = range.lowerBound >= last.lowerBound && range.upperBound >= last.upperBound
        #expect(isOrdered && !range.isEmpty && range.upperBound <= bytes.count, "\(bytes)")
        last = range
      }
    }
  }
}
