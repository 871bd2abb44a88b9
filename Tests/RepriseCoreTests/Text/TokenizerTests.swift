import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("Tokenizer")
struct TokenizerTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var text: String
    var expected: [String]
    var testDescription: String { text.debugDescription }
    init(_ text: String, _ expected: [String]) {
      self.text = text
      self.expected = expected
    }
  }

  @Test(
    "Words of scripts with spaces",
    arguments: [
      Case("", []), Case(" \n\t.,;:!?-_()", []), Case("A", ["a"]),
      Case("The QUICK brown-fox, 42 times.", ["the", "quick", "brown", "fox", "42", "times"]),
      Case("don't e_mail 3.14", ["don", "t", "e", "mail", "3", "14"]),
      Case("Stra\u{DF}e STRASSE", ["strasse", "strasse"]),
      Case("\u{130}stanbul", ["i\u{307}stanbul"]),
      Case("\u{FB03}x \u{149}", ["ffix", "\u{2BC}n"]),
      Case("caf\u{E9} cafe\u{301} CAFE\u{301}", ["caf\u{E9}", "caf\u{E9}", "caf\u{E9}"]),
      Case("\u{212A}elvin \u{212B}ngstrom", ["kelvin", "\u{E5}ngstrom"]),
      Case(
        "\u{39F}\u{394}\u{3A5}\u{3A3}\u{3A3}\u{395}\u{3A5}\u{3A3}",
        [
          "\u{3BF}\u{3B4}\u{3C5}\u{3C3}\u{3C3}\u{3B5}\u{3C5}\u{3C3}"
        ]),
      Case("soft\u{AD}hyphen zero\u{200B}width\u{200D}s", ["softhyphen", "zerowidths"]),
      Case("\u{1F600}\u{1F600} a\u{1F600}b", ["a", "b"]),
      Case("\u{2167} x\u{B2}", ["\u{2177}", "x\u{B2}"]),
      Case("a\u{2000}b\u{37E}c\u{1FEF}d", ["a", "b", "c", "d"]),
      Case("\u{301}", ["\u{301}"]),
    ])
  func cutsWords(_ example: Case) {
    #expect(tokens(of: example.text) == example.expected)
  }

  @Test(
    "Marks that belong to the word, and those that are dropped",
    arguments: [
      // Hindi keeps its vowel signs and virama.
      Case(
        "\u{915}\u{941} \u{915}\u{94D}\u{937}\u{93E}",
        ["\u{915}\u{941}", "\u{915}\u{94D}\u{937}\u{93E}"]),
      // Arabic loses harakat and tatweel, but not the hamza of a letter.
      Case(
        "\u{643}\u{64E}\u{62A}\u{640}\u{64E}\u{628} \u{627}\u{654}",
        ["\u{643}\u{62A}\u{628}", "\u{623}"]),
      Case("\u{5E9}\u{5C1}\u{5B8}\u{5DC}\u{5D5}\u{5B9}\u{5DD}", ["\u{5E9}\u{5DC}\u{5D5}\u{5DD}"]),
      Case("\u{1112}\u{1161}\u{11AB}\u{AE00}", ["\u{D55C}\u{AE00}"]),
      Case("a\u{327}\u{301} a\u{301}\u{327}", ["\u{E1}\u{327}", "\u{E1}\u{327}"]),
    ])
  func keepsAndDropsMarks(_ example: Case) {
    #expect(tokens(of: example.text) == example.expected)
  }

  @Test(
    "Scripts without spaces give one token a grapheme",
    arguments: [
      Case("\u{4E2D}\u{6587}\u{3002}", ["\u{4E2D}", "\u{6587}"]),
      Case("\u{304B}\u{3099}\u{304C}", ["\u{304C}", "\u{304C}"]),
      Case("\u{E01}\u{E35}\u{E48}\u{E19}", ["\u{E01}\u{E35}\u{E48}", "\u{E19}"]),
      Case("ab\u{4E2D}cd\u{4E2D}1", ["ab", "\u{4E2D}", "cd", "\u{4E2D}", "1"]),
      Case("abc\u{F900}\u{F901}x", ["abc", "\u{8C48}", "\u{66F4}", "x"]),
      Case("\u{1000}\u{103C}\u{1014}", ["\u{1000}\u{103C}", "\u{1014}"]),
    ])
  func cutsGraphemes(_ example: Case) {
    #expect(tokens(of: example.text) == example.expected)
  }

  @Test("One leading byte order mark is dropped, wherever else it stands it leaves no trace either")
  func dropsByteOrderMarks() {
    #expect(tokens(of: "\u{FEFF}abc") == ["abc"])
    #expect(tokens(of: "\u{FEFF}\u{FEFF}abc") == ["abc"])
    #expect(tokens(of: "\u{FEFF}") == [])
    #expect(tokens(of: "\u{FEFF}\u{301}") == ["\u{301}"])
  }

  @Test("Ill-formed sequences are parts of words, and are counted once each")
  func countsIllFormedSequences() {
    func read(_ bytes: [UInt8]) -> TokenSequence { TokenSequence(reading: bytes) }
    #expect(read([0x61, 0xFF, 0x62]).tokens == [[0x61, 0xFF, 0x62]])
    #expect(read([0x61, 0xFF, 0x62]).invalidSequences == 1)
    // The maximal subparts of Unicode's own example (section 3.9, table 3-8).
    let example: [UInt8] = [0xC0, 0xAF, 0xE0, 0x80, 0xBF, 0xF0, 0x81, 0x82, 0x41]
    #expect(read(example).invalidSequences == 8)
    let truncated: [UInt8] = [0xE1, 0x80, 0xE2, 0xF0, 0x91, 0x92, 0xF1, 0xBF, 0x41]
    #expect(read(truncated).invalidSequences == 4)
    #expect(read(truncated).tokens == [Array(truncated.dropLast()) + [0x61]])
    #expect(read([0x61, 0x20, 0xE2, 0x82, 0x20]).tokens == [[0x61], [0xE2, 0x82]])
    // Marks behind an ill-formed sequence make a segment that does not contain it.
    #expect(read([0xFF, 0xCC, 0x81, 0xCC, 0xA7]).invalidSequences == 1)
    #expect(read([0xFF, 0xCC, 0x81, 0xCC, 0xA7]).tokens == [[0xFF, 0xCC, 0xA7, 0xCC, 0x81]])
  }

  @Test("Buffers that were used for other documents change nothing")
  func reusesBuffers() {
    var text = TokenizedText()
    for (index, byteCount) in [0, 10, 5_000, 3, 100_000, 0, 70].enumerated() {
      var random = seeded(index)
      let bytes = RandomText.mixture.make(byteCount, &random)
      text.read(bytes)
      #expect(TokenSequence(text) == TokenSequence(reading: bytes), "\(byteCount) bytes")
      #expect(text.bytes.array == TokenSequence(text).joined)
    }
  }

  @Test("The buffers of a very long document are given back, and tokens stay right")
  func shrinksBuffers() {
    var text = TokenizedText()
    let long = [UInt8](repeating: 0x61, count: 5 << 20)
    text.read(long)
    #expect(text.count == 1)
    #expect(text.range(ofToken: 0) == 0..<5 << 20)
    let short = Array("one two".utf8)
    text.read(short)
    #expect(text.bytes.array == short)
  }
}
