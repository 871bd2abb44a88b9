/// The parts of a chain that are passages: its maximal scoring segments (Ruzzo and Tompa, A Linear
/// Time Algorithm for Finding All Maximal Scoring Subsequences, ISMB 1999).
///
/// A matching token scores 1, an unmatched token of the longer side -9. Therefore any beginning or
/// end of a passage matches in at least nine of ten tokens.
struct ScoringSegments {
  /// The number of matching tokens that make up for an unmatched one.
  static let penalty = 9

  private struct Segment {
    var matches: ClosedRange<Int>
    /// The total score before the segment, and after it.
    var before: Int
    var after: Int
  }

  /// The tokens between two matches of a chain.
  private struct Gap {
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
    var unmatchedLimit: Int { (profit + longest) / ScoringSegments.penalty }
  }

  private let alignment = GapAlignment()
  private var segments: [Segment] = []
  private var gaps: [[Passage.Match]] = []

  /// The matches of each passage, including those within the gaps.
  static func passages(
    in chain: [MatchChains.Element], _ first: [UInt64], _ second: [UInt64]
  ) -> [[Passage.Match]] {
    var finder = ScoringSegments()
    var score = 0
    for index in chain.indices {
      let match = chain[index].rest
      if index > 0 {
        let gap = Gap(chain, before: index)
        score += finder.score(gap, first, second)
      }
      finder.add(Segment(matches: index...index, before: score, after: score + match.count))
      score += match.count
    }
    return finder.segments.map { segment in
      var matches = [chain[segment.matches.lowerBound].match]
      for index in segment.matches.dropFirst() {
        matches += finder.gaps[index - 1]
        matches.append(chain[index].rest)
      }
      return matches.joined
    }
  }

  private mutating func score(_ gap: Gap, _ first: [UInt64], _ second: [UInt64]) -> Int {
    let matches = alignment.matches(
      first[gap.first], second[gap.second], unmatched: gap.unmatchedLimit, isWhole: true)
    gaps.append(matches)
    let matched = matches.reduce(0) { $0 + $1.count }
    return matched - Self.penalty * (gap.longest - matched)
  }

  private mutating func add(_ new: Segment) {
    var new = new
    while let index = segments.lastIndex(where: { $0.before < new.before }),
      segments[index].after < new.after
    {
      new.matches = segments[index].matches.lowerBound...new.matches.upperBound
      new.before = segments[index].before
      segments.removeSubrange(index...)
    }
    segments.append(new)
  }
}

extension [Passage.Match] {
  /// These matches, with those that touch on both sides joined.
  var joined: [Passage.Match] {
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
