import RepriseTestSupport
import Testing

@testable import RepriseCore

@Suite("Tokenizer kernels and their plain twin")
struct TokenizerTwinTests {
  @Test(
    "Every instruction set gives the twin's tokens for every length from 0 to 300",
    arguments: RandomText.allCases)
  func agreeOnEveryLength(kind: RandomText) {
    let guarded = GuardedBytes(capacity: 300)
    for length in 0...300 {
      // The end is fixed by the protected page, so the length decides the alignment.
      var random = seeded(length, 1)
      let text = kind.make(length, &random)
      let expected = PlainTokenizer.tokens(of: text)
      for set in InstructionSet.available {
        let read = guarded.withText(text) { bytes in
          var tokenized = TokenizedText(instructionSet: set)
          tokenized.read(bytes)
          return TokenSequence(tokenized)
        }
        #expect(read == expected, "\(set), \(kind), \(length) bytes: \(text)")
      }
    }
  }

  @Test("Longer texts agree, too", arguments: RandomText.allCases)
  func agreeOnLongTexts(kind: RandomText) {
    for length in [1_000, 4_096, 9_999] {
      var random = seeded(length, 2)
      let text = kind.make(length, &random)
      let expected = PlainTokenizer.tokens(of: text)
      for set in InstructionSet.available {
        #expect(TokenSequence(reading: text, on: set) == expected, "\(set), \(length) bytes")
      }
    }
  }

  @Test("One non-ASCII scalar at every place of two blocks of ASCII gives the twin's tokens")
  func agreeAroundOneScalar() {
    let around = Array("ab cDe 1 xyz, Qrs tuv 99 lmn".utf8)
    let scalars: [[UInt32]] = [
      [0xE9], [0x301], [0x4E2D], [0xAD], [0x1F600], [0x327, 0x301], [0xDF], [0xDF, 0x301],
      [0x410, 0x301], [0x2014], [0x2014, 0x338], [0x41F, 0x440, 0x327, 0x301], [0x3A3, 0x3C2],
      [0x4E2D, 0x6587], [0x304B, 0x3099], [0x4E2D, 0x3099], [0x3002], [0xAC00, 0x11A8], [0xFF0C],
    ]
    for scalar in scalars {
      for place in 0...130 {
        var text = (0..<place).map { around[$0 % around.count] }
        for part in scalar { text.append(scalar: part) }
        text += (0..<40).map { around[($0 + 3) % around.count] }
        let expected = PlainTokenizer.tokens(of: text)
        for set in InstructionSet.available {
          #expect(TokenSequence(reading: text, on: set) == expected, "\(set) \(scalar) at \(place)")
        }
      }
    }
  }
}
