import Testing

@testable import RepriseFormats

@Suite struct GlobTests {
  @Test(arguments: [
    ("*.txt", "a.txt", true), ("*.txt", "deep/er/a.txt", true), ("*.txt", "a.txt.gz", false),
    ("/*.txt", "a.txt", true), ("/*.txt", "b/a.txt", false), ("b/*.txt", "b/a.txt", true),
    ("b/*.txt", "b/c/a.txt", false), ("**/c/*.txt", "b/c/a.txt", true),
    ("**/c/*.txt", "c/a.txt", true), ("**/c/*.txt", "bc/a.txt", false),
    ("b/**", "b/c/d", true), ("b/**", "bc", false), ("b/**/d", "b/d", true),
    ("b/**/d", "b/x/y/d", true), ("b/**/d", "b/xd", false), ("a**z", "abcz", true),
    ("x/a**z", "x/ab/z", false), ("?", "é", true), ("??", "é", false), ("[a-c]x", "bx", true),
    ("[!a-c]x", "bx", false), ("[^a-c]x", "dx", true), ("[]]", "]", true), ("[а-я]", "ж", true),
    ("*.{txt,md}", "a.md", true), ("*.{txt,md}", "a.rst", false), ("{a,b{c,d}}e", "bde", true),
    ("{a,b{c,d}}e", "be", false), ("{,x}y", "y", true), ("\\*", "*", true), ("\\*", "a", false),
    ("[{,}]", ",", true), ("", "", true), ("*", "", true), ("a[/]b", "a/b", false),
  ])
  func patternsMatchAsTheirRulesSay(pattern: String, path: String, expected: Bool) throws {
    #expect(try GlobPattern(pattern).matches(BytePath(path), isFolder: false) == expected)
  }

  @Test func aSlashAtTheEndMeansFolders() throws {
    let pattern = try GlobPattern("build/")
    #expect(pattern.matches("a/build", isFolder: true))
    #expect(!pattern.matches("a/build", isFolder: false))
  }

  @Test func bytesThatAreNotTextAreCharacters() throws {
    #expect(try GlobPattern("a?b").matches(BytePath([0x61, 0xFF, 0x62]), isFolder: false))
  }

  @Test(arguments: ["[a", "{a,b", "[z-a]", "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}"])
  func whatIsNoPatternIsRefused(pattern: String) {
    #expect(throws: CorpusError.self) { try GlobPattern(pattern) }
  }

  @Test(.timeLimit(.minutes(1))) func manyStarsCostLittle() throws {
    let pattern = try GlobPattern(String(repeating: "*a", count: 100) + "b")
    let name = BytePath(String(repeating: "a", count: 4000))
    #expect(!pattern.matches(name, isFolder: false))
  }
}
