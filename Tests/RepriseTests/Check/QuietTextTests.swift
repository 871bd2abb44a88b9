import Testing

@testable import Reprise

@Suite("Text of a file that may repeat")
struct QuietTextTests {
  /// The lines in which something is blanked, from 1.
  private func quiet(
    _ text: String, isMarkdown: Bool = true, ignoresCode: Bool = false
  ) -> [Int] {
    let bytes = Array(text.utf8)
    let found = QuietText(bytes, isMarkdown: isMarkdown, ignoresCode: ignoresCode)
    let blanked = found.blanked(bytes)
    #expect(blanked.count == bytes.count)
    let lines = String(decoding: blanked, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    return zip(text.split(separator: "\n", omittingEmptySubsequences: false), lines).enumerated()
      .filter { $0.element.0 != $0.element.1 }.map { $0.offset + 1 }
  }

  @Test(
    "is found line by line",
    arguments: [
      ("---\na: b\n---\ntext\n", [1, 2, 3]), ("\u{FEFF}---\na: b\n...\ntext\n", [1, 2, 3]),
      ("+++\na = 1\n+++\ntext\n", [1, 2, 3]), ("text\n---\na\n---\n", []),
      ("---\nno end\n", []), ("", []),
      ("# T\n\n- [a](#a)\n  - [b](#b)\n\n1. [c](#c)\ntext\n", [3, 4, 6]),
      ("- [a](#a)\n- [b](#b)\ntext\n", []),
      ("- [a](#a) is text\n- [b](#b) too\n- [c](#c) too\n", []),
      ("- [a](a.md)\n- [b](b.md)\n- [c](c.md)\n", []),
      ("```\n- [a](#a)\n- [b](#b)\n- [c](#c)\n```\n", []),
      ("a\n% reprise: ignore-start\nb\n% reprise: ignore-end\nc\n", [2, 3, 4]),
      ("a\n.. reprise: ignore-start\nb", [2, 3]),
      ("a `reprise: ignore-start` is a mark\nb\n", []),
      ("reprise: ignore-end\na\n", []),
    ] as [(String, [Int])])
  func lines(text: String, expected: [Int]) {
    #expect(quiet(text) == expected)
  }

  @Test("fenced code is text, but for an option; a longer fence closes, a shorter one does not")
  func fences() {
    let text = "a\n````sh\nb\n```\nc\n````\nd\n~~~\ne\n"
    #expect(quiet(text).isEmpty)
    #expect(quiet(text, ignoresCode: true) == [2, 3, 4, 5, 6, 8, 9])
    #expect(quiet(text, isMarkdown: false, ignoresCode: true).isEmpty)
  }
}
