import RepriseTestSupport
import Testing

@testable import RepriseCore
@testable import RepriseEngine

/// Random small documents against a plain quadratic matcher.
struct PassageOracleTests {
  private static let minimum = 20
  private let rules = PassageRules(minimumWords: minimum)

  @Test(arguments: 0..<20)
  func `every maximal run of the minimum length is inside a passage`(match: Int) {
    for number in 0..<100 {
      var random = seeded(match, number)
      let (first, second) = documents(&random)
      let search = PassageSearch([first, second], rules: rules)
      let found = search.passages.filter { $0.first != $0.second }
      for match in plainRuns(search.words[0], search.words[1], atLeast: Self.minimum) {
        #expect(
          found.contains { $0.covers(match) },
          "run \(match) of pair \(match), \(number) is in none of \(found.map(\.matches))")
      }
      for passage in search.passages { check(passage, search.words) }
    }
  }

  /// What every passage must be, whatever was found.
  private func check(_ passage: Passage, _ words: [[UInt64]]) {
    let (first, second) = (words[Int(passage.first)], words[Int(passage.second)])
    for match in passage.matches {
      #expect(
        first[match.first..<match.firstEnd].elementsEqual(second[match.second..<match.secondEnd]))
    }
    for (left, right) in zip(passage.matches, passage.matches.dropFirst()) {
      #expect(left.firstEnd <= right.first && left.secondEnd <= right.second)
    }
    #expect(min(passage.firstTokens.count, passage.secondTokens.count) >= Self.minimum)
    #expect(passage.identity >= 0.9)
    if passage.first == passage.second {
      #expect(passage.firstTokens.upperBound <= passage.secondTokens.lowerBound)
    }
  }

  /// Two documents of up to 400 words that share up to four matches, edited or not; of some the
  /// words are few, so that matches come about by themselves.
  private func documents(_ random: inout SplitMix64) -> (first: String, second: String) {
    let vocabulary = [8, 60, 5000][random.below(3)]
    func text(_ count: Int, _ random: inout SplitMix64) -> [String] {
      (0..<count).map { _ in "w\(random.below(vocabulary))" }
    }
    var first = text(random.below(200), &random)
    var second = text(random.below(200), &random)
    for _ in 0..<random.below(5) {
      let match = text(Self.minimum - 2 + random.below(40), &random)
      first.insert(contentsOf: match, at: random.below(first.count + 1))
      second.insert(contentsOf: match, at: random.below(second.count + 1))
    }
    return (first.joined(separator: " "), second.joined(separator: " "))
  }
}
