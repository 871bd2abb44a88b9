import Foundation
import Testing

@testable import Reprise

@Suite("Lines and columns of a text")
struct TextLinesTests {
  /// The position of an offset at which a character begins, counted one scalar at a time.
  private static func reference(_ text: String, _ offset: Int) -> TextPosition {
    var position = TextPosition(line: 1, column: 1)
    var at = 0
    for scalar in text.unicodeScalars {
      if at >= offset { break }
      if scalar == "\n" {
        position = TextPosition(line: position.line + 1, column: 1)
      } else if !(scalar == "\u{FEFF}" && at == 0) {
        position.column += 1
      }
      at += scalar.utf8.count
    }
    return position
  }

  @Test(
    "agree with counting every character",
    arguments: [
      "", "one", "one\ntwo", "one\r\ntwo\r\n", "lone\rcarriage\rreturn\n", "\u{FEFF}mark\nmore",
      "e\u{301}e\u{301}\n\u{1F600}\u{1F468}\u{200D}\u{1F469}x\nh\u{E9}", "\n\n\n",
      "\u{6F22}\u{5B57}\n\u{5D0}\u{5D1}",
    ])
  func offsets(text: String) {
    let lines = TextLines(Array(text.utf8))
    var offset = 0
    for scalar in text.unicodeScalars {
      #expect(lines.position(of: offset) == Self.reference(text, offset), "\(offset)")
      offset += scalar.utf8.count
    }
    #expect(lines.position(of: offset) == Self.reference(text, offset))
  }

  @Test("agree with counting every character at 10,000 random offsets")
  func randomOffsets() {
    let pieces = [
      "word ", "\n", "\r\n", "\r", "\u{FEFF}", "e\u{301}", "\u{1F468}\u{200D}\u{1F469}", "\u{6F22}",
      "\u{2028}", "\t",
    ]
    var random = RandomTexts(seed: 11)
    for _ in 0..<100 {
      let text = (0..<60).map { _ in pieces[random.number(below: pieces.count)] }.joined()
      let lines = TextLines(Array(text.utf8))
      var starts = [0]
      for scalar in text.unicodeScalars {
        starts.append(starts[starts.count - 1] + scalar.utf8.count)
      }
      for _ in 0..<100 {
        let offset = starts[random.number(below: starts.count)]
        #expect(
          lines.position(of: offset) == Self.reference(text, offset), "\(text.debugDescription)")
      }
    }
  }

  @Test("an end at the start of a line belongs to the line before")
  func ends() {
    let lines = TextLines(Array("ab\r\ncd\nef".utf8))
    #expect(lines.positions(of: 0..<4).end == TextPosition(line: 1, column: 3))
    #expect(lines.positions(of: 4..<7).end == TextPosition(line: 2, column: 3))
    #expect(lines.positions(of: 4..<9).end == TextPosition(line: 3, column: 3))
  }
}
