import RepriseTestSupport
import Testing

@testable import RepriseCore

/// Sets of token ranges, held against sets of tokens.
struct TokenRangesTests {
  @Test(arguments: 0..<20)
  func `ranges say what a set of tokens says`(number: Int) {
    var random = seeded(number, 61)
    // Some within a page, others over several.
    let tokenCount = number < 10 ? 300 : 20_000
    var (ranges, plain) = (TokenRanges(), Set<Int>())
    for _ in 0..<80 {
      let start = random.below(tokenCount)
      let range = start..<min(tokenCount, start + random.below(tokenCount / 20))
      ranges.insert(range)
      plain.formUnion(range)
      let asked = randomRange(below: tokenCount, &random)
      #expect(ranges.count == plain.count)
      #expect(ranges.gaps(in: asked) == plainRanges(asked.filter { !plain.contains($0) }))
      #expect(ranges.parts(of: asked) == plainRanges(asked.filter(plain.contains)))
    }
    #expect(ranges.ranges == plainRanges(plain.sorted()))
    for gap in ranges.gaps(in: 0..<tokenCount) where gap.count > 2 {
      let inside = gap.lowerBound + 1..<gap.upperBound - 1
      #expect(ranges.touches(gap))
      #expect(!ranges.touches(inside))
      #expect(ranges.touches(gap.lowerBound..<inside.upperBound) == (gap.lowerBound > 0))
    }
  }

  private func randomRange(below limit: Int, _ random: inout SplitMix64) -> Range<Int> {
    let start = random.below(limit)
    return start..<start + random.below(limit - start + 1)
  }

  private func plainRanges(_ tokens: [Int]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for token in tokens {
      if let last = ranges.last, last.upperBound == token {
        ranges[ranges.count - 1] = last.lowerBound..<token + 1
      } else {
        ranges.append(token..<token + 1)
      }
    }
    return ranges
  }
}
