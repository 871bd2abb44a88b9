/// The parts of a chain that are passages: maximal scoring segments, a matching word counts 1 and a
/// word of the longer side without a match -9 (Ruzzo and Tompa, A Linear Time Algorithm for Finding
/// All Maximal Scoring Subsequences, ISMB 1999).
///
/// So no part of a passage, from its start or to its end, matches in fewer than nine words of ten.
struct ScoringSegments {
  /// Matching words that make up for one that has no match.
  static let penalty = 9

  private struct Segment {
    var matches: ClosedRange<Int>
    /// The scores of all that comes before the segment, and with the segment.
    var before: Int
    var after: Int
  }

  /// What lies between two matches.
  private struct Gap {
    var first: Range<Int>
    var second: Range<Int>
    /// The most that can match on the side of it where less can.
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

    /// With more words unmatched the gap costs more than there is to win behind it.
    var unmatchedLimit: Int { (profit + longest) / ScoringSegments.penalty }
  }

  private let alignment = GapAlignment()
  private var segments: [Segment] = []
  private var gaps: [[Passage.Match]] = []

  /// The passages' matches, those within the gaps included.
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
  /// The same with matches that touch on both sides made one.
  var joined: [Passage.Match] {
    var result: [Passage.Match] = []
    for match in self {
      if let last = result.last, last.firstEnd == match.first, last.secondEnd == match.second {
        result[result.count - 1].count += match.count
      } else {
        result.append(match)
      }
    }
    return result
  }
}
