import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("Token rules")
struct TokenRulesTests {
  private static let rules = [
    TokenRules(countsSymbols: true), TokenRules(countsCase: true),
    TokenRules(countsSymbols: true, countsCase: true),
    TokenRules(folding: [.accents, .compatibility], countsSymbols: true),
  ]

  @Test(
    "Every instruction set gives the tokens and places of the twin",
    arguments: InstructionSet.available, RandomText.allCases)
  func agreesWithTheTwin(set: InstructionSet, kind: RandomText) {
    for rules in Self.rules {
      var text = TokenizedText(instructionSet: set, keepsSourceRanges: true, rules: rules)
      var plain = TokenizedText(instructionSet: .plain, keepsSourceRanges: true, rules: rules)
      for length in Array(0...200) + [1000, 5000] {
        var random = seeded(length, 21)
        let bytes = kind.make(length, &random)
        text.read(bytes)
        plain.read(bytes)
        let expected = PlainTokenizer.tokens(of: bytes, rules)
        #expect(TokenSequence(text) == expected, "\(rules) \(bytes)")
        #expect(TokenSequence(plain) == expected, "\(rules) \(bytes)")
        guard text.count == plain.count else { return }
        for index in 0..<text.count where rules.folding.isEmpty {
          #expect(
            text.sourceRange(ofToken: index) == plain.sourceRange(ofToken: index), "\(bytes)")
        }
      }
    }
  }

  @Test("ASCII in every alignment to the blocks of 64 bytes", arguments: InstructionSet.available)
  func everyAlignment(set: InstructionSet) {
    let pieces = ["a", "B+", "==", " ", "  \t", "x", "(y)", "\n", "\0", "9.5", "é", "\u{301}", "價"]
    for rules in Self.rules {
      var text = TokenizedText(instructionSet: set, keepsSourceRanges: true, rules: rules)
      for length in 0..<140 {
        var random = seeded(length, 22)
        let lead = String(repeating: "w", count: length)
        let bytes = Array(
          (lead + (0..<80).map { _ in random.pick(pieces) }.joined()).utf8)
        text.read(bytes)
        #expect(TokenSequence(text) == PlainTokenizer.tokens(of: bytes, rules), "\(bytes)")
        var end = 0
        for index in 0..<text.count {
          let range = text.sourceRange(ofToken: index)
          #expect(
            range.lowerBound >= 0 && range.upperBound >= end && range.upperBound <= bytes.count)
          end = range.upperBound
        }
      }
    }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var rules: TokenRules
    var tokens: [String]
    var testDescription: String { text.debugDescription }
  }

  @Test(
    "Tokens are what is meant",
    arguments: [
      Case(
        text: "if (a<b) return A+1;", rules: TokenRules(countsSymbols: true),
        tokens: ["if", "(", "a", "<", "b", ")", "return", "a", "+", "1", ";"]),
      Case(
        text: "$5 \u{20AC}5 \u{1F600}\u{1F600} 3\u{2212}4", rules: TokenRules(countsSymbols: true),
        tokens: ["$", "5", "\u{20AC}", "5", "\u{1F600}", "\u{1F600}", "3", "\u{2212}", "4"]),
      Case(
        text: "\u{2764}\u{FE0F} \u{AD}x\u{200B}y \u{2003}", rules: TokenRules(countsSymbols: true),
        tokens: ["\u{2764}", "xy"]),
      Case(text: "QUJD qujd!", rules: TokenRules(countsCase: true), tokens: ["QUJD", "qujd"]),
      Case(
        text: "Stra\u{DF}e \u{C9}t\u{E9}.",
        rules: TokenRules(countsSymbols: true, countsCase: true),
        tokens: ["Stra\u{DF}e", "\u{C9}t\u{E9}", "."]),
    ])
  func examples(_ example: Case) {
    for set in InstructionSet.available {
      var text = TokenizedText(instructionSet: set, rules: example.rules)
      text.read(Array(example.text.utf8))
      #expect(TokenSequence(text).tokens == example.tokens.map { Array($0.utf8) })
    }
  }

  @Test("A symbol is half a word, and letters are words")
  func weights() {
    var text = TokenizedText(rules: TokenRules(countsSymbols: true))
    text.read(Array("a + b \u{20AC} \u{4E00} \u{1F600}c".utf8))
    let weights = TokenWeights(text)
    #expect((0..<text.count).map { weights.weight($0..<$0 + 1) } == [2, 1, 2, 1, 1, 1, 2])
  }

  @Test("A cut does not end inside 4,403 or CLOCK_REALTIME, although commas are tokens")
  func joinedTokens() {
    var text = TokenizedText(keepsSourceRanges: true, rules: TokenRules(countsSymbols: true))
    let bytes = Array("about 4,403 of CLOCK_REALTIME x".utf8)
    text.read(bytes)
    let breaks = unsafe TokenBreaks(bytes.span.bytes, text)
    #expect(
      (1..<text.count).filter { breaks.isJoined($0) }.count == 4,
      "two inside 4,403 and two inside CLOCK_REALTIME")
  }
}
