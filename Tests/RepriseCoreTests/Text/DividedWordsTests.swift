import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("Words that a hyphen divides at a line end")
struct DividedWordsTests {
  private static let foldings: [Folding] = [
    .hyphens, [.hyphens, .accents], [.hyphens, .compatibility],
  ]

  private static let pieces: [[UInt8]] =
    [
      "-", "-", "\u{AD}", "\u{2010}", "\u{AC}", "\n", "\n", "\r\n", "\r", " ", "\t", "a", "b", "A",
      "7", "\u{E9}", "\u{301}", "\u{A0}", "\u{5D0}", "\u{4E2D}", "\u{10D0}", "\u{200B}", ".",
      "word", "\u{1C5}", "\u{AA}", "\u{345}", "\u{41F}\u{440}", "\u{2028}", "\u{1E9B}\u{323}",
    ].map { Array($0.utf8) } + [[0xC2], [0xE2, 0x80], [0x90], [0xAD]]

  @Test(
    "Texts of hyphens, line ends and letters give the tokens of the twin",
    arguments: InstructionSet.available, 0..<12)
  func agreesWithTheTwin(set: InstructionSet, style: Int) {
    let rules = TokenRules(
      folding: Self.foldings[style % 3], countsSymbols: style / 3 % 2 == 1,
      countsCase: style / 6 == 1)
    var text = TokenizedText(instructionSet: set, keepsSourceRanges: true, rules: rules)
    for length in 0..<600 {
      var random = seeded(length, 31 + style)
      let lead = [UInt8](repeating: 0x77, count: random.below(70))
      let bytes = lead + (0..<length % 40).flatMap { _ in random.pick(Self.pieces) }
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

  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var tokens: [String]
    var sources: [String]
    var testDescription: String { text.debugDescription }

    init(_ text: String, _ tokens: [String], _ sources: [String]) {
      (self.text, self.tokens, self.sources) = (text, tokens, sources)
    }
  }

  @Test(
    "A word that is divided is one token, which knows where it came from",
    arguments: [
      Case("A manu-\nscript.", ["a", "manuscript"], ["A", "manu-\nscript"]),
      Case("manu\u{2010} \r\n  script", ["manuscript"], ["manu\u{2010} \r\n  script"]),
      Case("manu\u{AC}\rscript", ["manuscript"], ["manu\u{AC}\rscript"]),
      Case("manu\u{AD}\nSCRIPT", ["manuscript"], ["manu\u{AD}\nSCRIPT"]),
      Case("re\u{301}-\ne\u{301}lu", ["r\u{E9}\u{E9}lu"], ["re\u{301}-\ne\u{301}lu"]),
      Case("Jean-\nPaul", ["jean", "paul"], ["Jean", "Paul"]),
      Case("5-\nb", ["5", "b"], ["5", "b"]),
      Case("so -\nit", ["so", "it"], ["so", "it"]),
      Case("so-\n\nit", ["so", "it"], ["so", "it"]),
      Case("so\u{A0}-\nit", ["so", "it"], ["so", "it"]),
      Case("a-\nb-\nc", ["abc"], ["a-\nb-\nc"]),
      Case("a -- b", ["a", "b"], ["a", "b"]),
    ])
  func sources(_ example: Case) {
    for folding in Self.foldings {
      // The only accents are those that fold.
      if folding.contains(.accents), example.text.unicodeScalars.contains("\u{301}") { continue }
      var text = TokenizedText(keepsSourceRanges: true, rules: TokenRules(folding: folding))
      let bytes = Array(example.text.utf8)
      text.read(bytes)
      #expect(TokenSequence(text).tokens == example.tokens.map { Array($0.utf8) })
      let sources = (0..<text.count).map { Array(bytes[text.sourceRange(ofToken: $0)]) }
      #expect(sources == example.sources.map { Array($0.utf8) })
    }
  }

  @Test("Without the option, a divided word is two tokens")
  func notByDefault() {
    #expect(TokenSequence(reading: Array("manu-\nscript".utf8)).tokens.count == 2)
  }

  @Test("Many hyphens and blanks take linear time")
  func isLinear() {
    func seconds(_ count: Int) -> Double {
      let pieces = ["-\n", "\u{301}-", " \n", "\u{AD}", "- \r"]
      var bytes: [UInt8] = []
      for piece in pieces {
        for _ in 0..<count { bytes += Array(piece.utf8) }
      }
      var text = TokenizedText(rules: TokenRules(folding: .hyphens))
      return cpuSeconds { text.read(bytes) }
    }
    _ = seconds(1000)
    let (short, long) = (seconds(50_000), seconds(400_000))
    #expect(long < 24 * max(short, 0.001), "\(short) s, \(long) s")
  }
}
