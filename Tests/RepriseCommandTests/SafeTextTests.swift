import Reprise
import Testing

@testable import reprise

@Suite("Text of unknown origin")
struct SafeTextTests {
  @Test(
    "stands on one line without controls",
    arguments: [
      ("plain", "plain"), ("  two \t\n words ", "two words"),
      ("red \u{1B}[31mtext\u{1B}[0m", "red [31mtext[0m"),
      ("bell\u{7}, csi \u{9B}2J", "bell, csi 2J"),
      ("\u{1B}]0;title\u{7}", "]0;title"), ("abc\u{202E}cba\u{202C}", "abccba"),
      ("\u{2066}isolate\u{2069}\u{200F}", "isolate"), ("line\u{2028}separator", "line separator"),
      ("nul\u{0}del\u{7F}", "nuldel"), ("\u{FEFF}bom", "bom"), ("\u{E000}private", "private"),
      ("\u{FFFE}no character", "no character"), ("tag\u{E0041}", "tag"), ("\u{1B}", ""),
    ])
  func line(text: String, expected: String) {
    #expect(SafeText.line(text) == expected)
  }

  @Test("keeps what languages need")
  func languages() {
    let persian = "\u{645}\u{6CC}\u{200C}\u{62E}\u{648}\u{627}\u{647}\u{645}"
    let hindi = "\u{915}\u{94D}\u{200D}\u{937}"
    #expect(SafeText.line(persian) == persian)
    #expect(SafeText.line(hindi) == hindi)
  }

  @Test("does not build towers of marks")
  func towers() {
    let tower = "a" + String(repeating: "\u{301}", count: 1000) + "b"
    #expect(SafeText.line(tower).unicodeScalars.count == 10)
  }

  @Test("shows controls in messages as numbers")
  func message() {
    #expect(SafeText.message("a\u{1B}[2J\nb\r\u{202E}") == "a\\u{1b}[2J\nb\\u{d}\\u{202e}")
  }

  @Test("is escaped in JSON, and stays the same value")
  func json() {
    #expect(
      SafeText.json("{\"a\":\"\u{7F}\u{9B}\u{202E}\u{E0041}x\"}\n")
        == "{\"a\":\"\\u007f\\u009b\\u202e\\udb40\\udc41x\"}\n")
  }

  @Test(
    "is cut between characters",
    arguments: [
      ("short", 10, "short"), ("exactly 10", 10, "exactly 10"),
      ("more than that", 10, "more th..."), ("ends in space", 10, "ends in..."),
      ("\u{4E2D}\u{6587}\u{4E2D}\u{6587}", 8, "\u{4E2D}\u{6587}\u{4E2D}\u{6587}"),
      ("\u{4E2D}\u{6587}\u{4E2D}\u{6587}", 7, "\u{4E2D}\u{6587}..."),
      ("\u{4E2D}\u{6587}\u{4E2D}\u{6587}", 6, "\u{4E2D}..."),
      ("e\u{301}e\u{301}e\u{301}e\u{301}", 3, "..."), ("e\u{301}e\u{301}", 2, "e\u{301}e\u{301}"),
      ("abc", 0, ""),
    ])
  func fitted(text: String, columns: Int, expected: String) {
    #expect(text.fitted(to: columns) == expected)
    #expect(text.fitted(to: columns).columnCount <= columns)
  }

  @Test("is one word for a shell")
  func shell() {
    #expect(shellQuoted("reprise-results/a_1.b") == "reprise-results/a_1.b")
    #expect(shellQuoted("two words") == "'two words'")
    #expect(shellQuoted("it's $HOME") == "'it'\\''s $HOME'")
    #expect(shellQuoted("") == "''")
  }
}
