import Testing

@testable import RepriseFormats

@Suite struct ArticleRuleTests {
  func search(_ expression: String, _ line: [UInt8]) throws -> LineMatcher.Outcome {
    let matcher = LineMatcher(try LinePattern(expression))
    return unsafe line.withUnsafeBytes { unsafe matcher.search($0) }
  }

  func search(_ expression: String, _ line: String) throws -> LineMatcher.Outcome {
    try search(expression, Array(line.utf8))
  }

  @Test func expressionsAreSearchedInTheLine() throws {
    #expect(try search("needle", "hay needle hay") == .found)
    #expect(try search("^needle", "hay needle") == .notFound)
    #expect(try search("end$", "the end\r") == .found)
    #expect(try search("^$", "") == .found)
    #expect(try search("^\\w+$", "žluťoučký") == .found)
    #expect(try search("b.c", [0xFF, 0x62, 0xC3, 0xA9, 0x63, 0xFE]) == .found)
  }

  @Test func badExpressionsAreExplained() {
    let failure = #expect(throws: CorpusError.self) {
      try ArticleRule(cut: .after, expression: "abc(")
    }
    #expect(failure?.reason == .invalidPattern)
    #expect(failure?.description.contains("at byte 4") == true)
    #expect(failure?.description.contains("parenthesis") == true)
  }

  @Test(
    .timeLimit(.minutes(1)), arguments: ["^(a+)+$", "(a|aa)+$", "^(\\w+\\s?)*$", "(a*)*(a*)*[bc]$"])
  func catastrophicExpressionsAreGivenUp(expression: String) throws {
    #expect(try search(expression, String(repeating: "a", count: 5000) + "!") == .gaveUp)
  }

  @Test func whatALineMayTakeGrowsWithItsLength() throws {
    let words = String(repeating: "some words of a line ", count: 50)
    #expect(try search("(\\w+\\s)+of a line $", words) == .found)
    // 2^16 ways, then 2^8.
    #expect(try search("^(a|a)*$", String(repeating: "a", count: 16) + "b") == .gaveUp)
    #expect(try search("^(a|a)*$", String(repeating: "a", count: 8) + "b") == .notFound)
  }
}
