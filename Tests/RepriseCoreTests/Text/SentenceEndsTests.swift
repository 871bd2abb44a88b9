import Foundation
import RepriseCore
import Testing

@Suite("The ends of sentences")
struct SentenceEndsTests {
  private func boundaries(_ bytes: [UInt8]) -> [SentenceEnds.Boundary] {
    unsafe SentenceEnds(bytes.span.bytes).boundaries
  }

  private func sentences(_ text: String) -> [String] {
    let bytes = Array(text.utf8)
    var start = 0
    return boundaries(bytes).map { boundary in
      defer { start = boundary.offset }
      return String(decoding: bytes[start..<boundary.offset], as: UTF8.self)
    }
  }

  /// The test file of Unicode 15.0, from Debian's package `unicode-data`.
  private static let file = "/usr/share/unicode/auxiliary/SentenceBreakTest.txt"

  @Test(
    "All of Unicode's own examples",
    .enabled(
      if: FileManager.default.fileExists(atPath: file),
      "skipped: the package unicode-data is not installed"))
  func examples() throws {
    let text = try String(contentsOfFile: Self.file, encoding: .utf8)
    try #require(text.hasPrefix("# SentenceBreakTest-15.0.0.txt"))
    var count = 0
    for line in text.split(separator: "\n") {
      let example = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      guard !example.isEmpty else { continue }
      // "÷" is a boundary, "×" is none, and numbers are scalars.
      var expected: [String] = []
      for part in example {
        if part == "÷" {
          expected.append("")
        } else if let scalar = UInt32(part, radix: 16).flatMap(Unicode.Scalar.init) {
          expected[expected.count - 1].unicodeScalars.append(scalar)
        }
      }
      expected.removeLast()
      let found = sentences(expected.joined())
      #expect(found.map { Array($0.utf8) } == expected.map { Array($0.utf8) }, "\(line)")
      count += 1
    }
    #expect(count == 502)
  }

  @Test(
    "Sentences in several languages",
    arguments: [
      ["He left. ", "She stayed!  ", "“Why?” ", "Nobody knew."],
      ["Version 3.5 of the file etc. is here. ", "It costs 4.50."],
      ["我来了。", "你走了？", "好。"],
      ["Er kam.\n", "\n", "Sie ging\r\n", "ohne ihn"],
      ["Кто там? ", "Это я."],
    ])
  func languages(_ expected: [String]) { #expect(sentences(expected.joined()) == expected) }

  @Test("The end of a line is marked")
  func lines() {
    let bytes = Array("One. Two.\nThree\r\nfour".utf8)
    let found = boundaries(bytes)
    #expect(found.map(\.isLineEnd) == [false, true, true, false])
  }

  @Test("Text of one character over and over, and text that is not UTF-8, take linear time")
  func extremes() {
    for piece in ["a", ".", " ", ". ", ".-", "\u{301}", "\n"] {
      #expect(!sentences(String(repeating: piece, count: 200_000)).isEmpty)
    }
    let bytes: [UInt8] = [0x61, 0x2E, 0x20, 0xFF, 0xC3, 0x2E, 0x20, 0x42]
    #expect(boundaries(bytes).map(\.offset) == [3, 7, 8])
  }
}
