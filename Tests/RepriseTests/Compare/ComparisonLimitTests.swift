import Reprise
import Testing

@Suite("The longest text to compare")
struct ComparisonLimitTests {
  @Test("a longer text is an error, not a trap")
  func tooLong() throws {
    let text = [UInt8](repeating: 0x61, count: Folding.maximumByteCount + 1)
    for swapped in [false, true] {
      let (first, second) = swapped ? ([0x61], text) : (text, [UInt8(0x61)])
      let error = #expect(throws: RepriseError.self) {
        unsafe try Comparison(
          first.span.bytes, second.span.bytes, tokens: TokenRules(folding: [.accents]))
      }
      #expect(
        error?.description
          == "a text to compare has at most 67108864 bytes, and one of these has 67108865")
    }
  }
}
