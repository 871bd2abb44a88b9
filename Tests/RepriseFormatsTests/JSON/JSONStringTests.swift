import RepriseCore
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct JSONStringTests {
  @Test(arguments: [
    ("", "", 0), ("plain", "plain", 0), (#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{C}\n\r\t", 0),
    (#"\u0041\u00e9\u4E2d"#, "A\u{E9}\u{4E2D}", 0), (#"\uD83D\uDE00"#, "\u{1F600}", 0),
    (#"\uD83D"#, "\u{FFFD}", 1), (#"\uDE00\uD83D"#, "\u{FFFD}\u{FFFD}", 2),
    (#"\uD83Dx\uDE00"#, "\u{FFFD}x\u{FFFD}", 2), (#"\uD83D\u0041"#, "\u{FFFD}A", 1),
    (#"\uD83D\uD83D\uDE00"#, "\u{FFFD}\u{1F600}", 1), (#"\u0000"#, "\0", 0),
    (#"\\n\\\n"#, "\\n\\\n", 0), (#"\\u0041"#, "\\u0041", 0),
  ])
  func `replaces escapes`(raw: String, expected: String, loneSurrogates: Int) {
    let result = unescape(Array(raw.utf8))
    #expect(result.bytes == Array(expected.utf8))
    #expect(result.loneSurrogates == loneSurrogates)
  }

  @Test func `finds every place of the text in the raw bytes`() {
    let pieces = [
      "ab", #"\n"#, #"\u0041"#, #"\u00e9"#, #"\ud83d\ude00"#, #"\ud83d"#, "\u{E9}", #"\\"#,
    ]
    var random = SplitMix64(state: 41)
    for _ in 0..<200 {
      let chosen = (0..<20).compactMap { _ in pieces.randomElement(using: &random) }
      let raw = Array(chosen.joined().utf8)
      var rawOffset = 0
      var textOffset = 0
      while rawOffset <= raw.count {
        let found = unsafe raw.withUnsafeBytes {
          unsafe JSONString.rawOffset(ofTextOffset: textOffset, in: $0)
        }
        #expect(found == rawOffset, "seed 41: \(chosen.joined()) at \(textOffset)")
        guard rawOffset < raw.count else { break }
        let step = escapeLength(raw, rawOffset)
        rawOffset += step
        textOffset = unescape(Array(raw[..<rawOffset])).bytes.count
      }
    }
  }

  /// The length of the smallest piece at `offset` that unescapes on its own.
  private func escapeLength(_ raw: [UInt8], _ offset: Int) -> Int {
    guard raw[offset] == 0x5C else { return 1 }
    guard raw[offset + 1] == 0x75 else { return 2 }
    let pair = Array(raw[offset...].prefix(12))
    return pair.count == 12 && unescape(pair) == ([0xF0, 0x9F, 0x98, 0x80], 0) ? 12 : 6
  }

  @Test func `gives the place of the escape for a byte inside of it`() {
    let raw = Array(#"a\ud83d\ude00b"#.utf8)
    let places = (0...6).map { offset in
      unsafe raw.withUnsafeBytes { unsafe JSONString.rawOffset(ofTextOffset: offset, in: $0) }
    }
    #expect(places == [0, 1, 1, 1, 1, 13, 14])
  }
}
