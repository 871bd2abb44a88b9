import RepriseCore
import Testing

@testable import Reprise
@testable import reprise

@Suite("Arguments as text")
struct ArgumentTextTests {
  /// Pieces of arguments: plain and broken UTF-8, and the characters that stand for bytes.
  private static let pieces: [[UInt8]] = [
    Array("plain".utf8), Array("\u{E9}\u{4E16}\u{1F600}".utf8), [0xE9], [0xFF], [0x80], [0xC3],
    [0xF0, 0x9F], [0xED, 0xA0, 0x80], [0xC0, 0xAF], Array("\u{10FE80}".utf8),
    Array("\u{10FEFF}\u{10FEE9}".utf8), Array("\u{10FE7F}\u{10FF00}".utf8), [0xF4, 0x8F, 0xBA],
    [0xF4, 0x90, 0x80, 0x80], [0x01], Array("=".utf8), Array("e\u{301}".utf8),
  ]

  @Test("every sequence of bytes has a text of its own, and comes back from it")
  func roundTrip() {
    var random = SplitMix64(state: 23)
    var texts: [[UInt8]: String] = [:]
    for round in 0..<20_000 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0...4, using: &random) {
        if round % 2 == 0 {
          bytes += Self.pieces.randomElement(using: &random) ?? []
        } else {
          bytes += (0..<3).map { _ in UInt8.random(in: 1...255, using: &random) }
        }
      }
      let text = ArgumentText.text(bytes)
      #expect(ArgumentText.bytes(text) == bytes, "\(bytes)")
      #expect(BytePath(argument: text)?.bytes == bytes, "\(bytes)")
      texts[bytes] = text
    }
    // Compared by their code units: canonically equal texts are different paths.
    #expect(Set(texts.values.map { Array($0.utf8) }).count == texts.count)
  }

  @Test("text is taken as it is")
  func plain() throws {
    for text in ["", "a b", "\u{E9}\u{301}\u{4E16}\u{1F600}\u{E000}\u{10FFFF}"] {
      #expect(Array(ArgumentText.text(Array(text.utf8)).utf8) == Array(text.utf8))
      #expect(Array(try ArgumentText.plain(text).utf8) == Array(text.utf8))
    }
    // A character that stands for a byte can be typed, too.
    let typed = ArgumentText.text(Array("\u{10FEE9}".utf8))
    #expect(typed != "\u{10FEE9}")
    #expect(try ArgumentText.plain(typed) == "\u{10FEE9}")
  }

  @Test("bytes that are not UTF-8 are no text, and are shown as numbers")
  func broken() {
    let text = ArgumentText.text(Array("caf".utf8) + [0xE9, 0x78])
    #expect(throws: (any Error).self) { try ArgumentText.plain(text) }
    #expect(ArgumentText.shown(text) == "caf\\xE9x")
  }
}
