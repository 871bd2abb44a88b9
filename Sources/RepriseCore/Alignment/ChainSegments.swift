/// The parts of a chain that may be passages, with the matches within their gaps.
struct ChainSegments {
  /// The tokens between two matches of a chain.
  fileprivate struct Gap {
    var first: Range<Int>
    var second: Range<Int>
    /// The tokens of the chain before the gap or after it, whichever are fewer: at most these can
    /// match there.
    var profit: Int

    init(_ chain: [MatchChains.Element], before index: Int) {
      let (left, right) = (chain[index - 1].match, chain[index].rest)
      first = left.firstEnd..<right.first
      second = left.secondEnd..<right.second
      profit = min(
        left.secondEnd - chain[0].match.second,
        chain[chain.count - 1].match.secondEnd - right.second)
    }

    var longest: Int { max(first.count, second.count) }

    /// If more tokens are unmatched, the gap costs more than can be gained on its other side.
    func unmatchedLimit(_ scores: PassageScores) -> Int {
      let isCheap = longest <= PassageScores.gapLength && scores.match * profit > scores.gapCost
      return isCheap ? 2 * longest : scores.match * (profit + longest) / scores.unmatched
    }
  }

  private let alignment = GapAlignment()
  private let scores: PassageScores
  fileprivate let noise: PrintNoise?

  init(_ scores: PassageScores, noise: PrintNoise?) {
    self.scores = scores
    self.noise = noise
  }

  /// The matches of each part of a chain, ascending; no two of them touch on both sides.
  func matches(
    in chain: [MatchChains.Element], _ first: [UInt64], _ second: [UInt64]
  ) -> [[Passage.Match]] {
    var segments = ScoringSegments()
    var gaps: [[Passage.Match]] = []
    for index in chain.indices {
      var score = 0
      if index > 0 {
        let gap = Gap(chain, before: index)
        let matches = alignment.matches(
          first[gap.first], second[gap.second], unmatched: gap.unmatchedLimit(scores),
          isWhole: true)
        gaps.append(matches)
        let matched = matches.reduce(0) { $0 + $1.count }
        // Similar words cost nothing and gain nothing.
        let similar = similarCount(gap, matches)
        score =
          scores.match * matched
          - scores.cost(unmatched: max(0, gap.longest - matched - similar), ofGap: gap.longest)
      }
      segments.add(score: scores.match * chain[index].rest.count, after: score)
    }
    return segments.ranges.map { range in
      var matches = [chain[range.lowerBound].match]
      for index in range.dropFirst() {
        matches += gaps[index - 1]
        matches.append(chain[index].rest)
      }
      return matches.joined
    }
  }
}

extension ChainSegments {
  /// The number of similar words between the matches of a gap.
  private func similarCount(_ gap: Gap, _ matches: [Passage.Match]) -> Int {
    guard let noise else { return 0 }
    let start = Passage.Match(first: gap.first.lowerBound, second: gap.second.lowerBound, count: 0)
    let end = Passage.Match(first: gap.first.upperBound, second: gap.second.upperBound, count: 0)
    return noise.similarCount(between: [start] + matches + [end])
  }
}

extension [Passage.Match] {
  /// These matches, with those that touch on both sides joined.
  package var joined: [Passage.Match] {
    // Nearly always none touch, and nothing is copied.
    guard indices.dropFirst().contains(where: { self[$0 - 1].touches(self[$0]) }) else {
      return self
    }
    var result: [Passage.Match] = []
    result.reserveCapacity(count)
    for match in self {
      if let last = result.last, last.touches(match) {
        result[result.count - 1].count += match.count
      } else {
        result.append(match)
      }
    }
    return result
  }
}

extension Passage.Match {
  /// Whether the next match begins where this one ends, on both sides.
  fileprivate func touches(_ next: Self) -> Bool {
    firstEnd == next.first && secondEnd == next.second
  }
}
