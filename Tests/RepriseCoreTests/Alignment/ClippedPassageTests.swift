import RepriseTestSupport
import Testing

@testable import RepriseCore

/// Parts of passages, held against the pairs of tokens that match.
struct ClippedPassageTests {
  @Test(arguments: 0..<40)
  func `a part has the matches of the passage in its range`(number: Int) throws {
    var random = seeded(number, 67)
    let passage = self.passage(&random)
    let (first, second) = (passage.firstTokens, passage.secondTokens)
    for _ in 0..<40 {
      let one = randomRange(around: first, &random)
      let other = randomRange(around: second, &random)
      let inFirst = matches(passage).filter { one.contains($0.first) }
      let inSecond = matches(passage).filter { other.contains($0.second) }
      #expect(passage.clipped(toFirst: one).map(matches) ?? [] == inFirst)
      #expect(passage.clipped(toSecond: other).map(matches) ?? [] == inSecond)
      if let part = passage.clipped(toSecond: other) {
        let share = passage.words * part.matchCount
        #expect(part.words == (share + passage.matchCount - 1) / passage.matchCount)
      }
    }
    #expect(passage.clipped(toFirst: first) == passage)
    #expect(passage.clipped(toSecond: second) == passage)
  }

  private struct Match: Equatable {
    var first: Int
    var second: Int
  }

  private func matches(_ passage: Passage) -> [Match] {
    passage.matches.flatMap { match in
      (0..<match.count).map { Match(first: match.first + $0, second: match.second + $0) }
    }
  }

  private func passage(_ random: inout SplitMix64) -> Passage {
    var (first, second) = (random.below(50), random.below(50))
    let matches = (0..<1 + random.below(12)).map { _ in
      let match = Passage.Match(first: first, second: second, count: 1 + random.below(20))
      first = match.firstEnd + random.below(3)
      second = match.secondEnd + 1 + random.below(3)
      return match
    }
    return Passage(first: 0, second: 1, matches: matches, words: 7 + random.below(200))
  }

  private func randomRange(around range: Range<Int>, _ random: inout SplitMix64) -> Range<Int> {
    let start = random.below(range.upperBound + 5)
    return start..<start + random.below(range.upperBound + 5 - start + 1)
  }
}
