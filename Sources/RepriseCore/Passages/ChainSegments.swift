/// The parts of a chain that are passages: maximal scoring segments, a matching word counts 1 and a
/// word of the longer side without a match -9 (Ruzzo and Tompa, A Linear Time Algorithm for Finding
/// All Maximal Scoring Subsequences, ISMB 1999).
///
/// So no part of a passage, from its start or to its end, matches in fewer than nine words of ten.
struct ChainSegments {
  /// Matching words that make up for one that has no match.
  static let penalty = 9

  private struct Segment {
    var runs: ClosedRange<Int>
    /// The scores of all that comes before the segment, and with the segment.
    var before: Int
    var after: Int
  }

  /// What lies between two runs.
  private struct Gap {
    var first: Range<Int>
    var second: Range<Int>
    /// The most that can match on the side of it where less can.
    var profit: Int

    init(_ chain: [RunChains.Element], before index: Int) {
      let (left, right) = (chain[index - 1].run, chain[index].rest)
      first = left.firstEnd..<right.first
      second = left.secondEnd..<right.second
      profit = min(
        left.secondEnd - chain[0].run.second, chain[chain.count - 1].run.secondEnd - right.second)
    }

    var longest: Int { max(first.count, second.count) }

    /// With more words unmatched the gap costs more than there is to win behind it.
    var unmatchedLimit: Int { (profit + longest) / ChainSegments.penalty }
  }

  private let alignment = GapAlignment()
  private var segments: [Segment] = []
  private var gaps: [[Passage.Block]] = []

  /// The passages' blocks, those within the gaps included.
  static func passages(
    in chain: [RunChains.Element], _ first: [UInt64], _ second: [UInt64]
  ) -> [[Passage.Block]] {
    var finder = ChainSegments()
    var score = 0
    for index in chain.indices {
      let run = chain[index].rest
      if index > 0 {
        let gap = Gap(chain, before: index)
        score += finder.score(gap, first, second)
      }
      finder.add(Segment(runs: index...index, before: score, after: score + run.count))
      score += run.count
    }
    return finder.segments.map { segment in
      var blocks = [chain[segment.runs.lowerBound].run]
      for index in segment.runs.dropFirst() {
        blocks += finder.gaps[index - 1]
        blocks.append(chain[index].rest)
      }
      return blocks.joined
    }
  }

  private mutating func score(_ gap: Gap, _ first: [UInt64], _ second: [UInt64]) -> Int {
    let blocks = alignment.blocks(
      first[gap.first], second[gap.second], unmatched: gap.unmatchedLimit, isWhole: true)
    gaps.append(blocks)
    let matches = blocks.reduce(0) { $0 + $1.count }
    return matches - Self.penalty * (gap.longest - matches)
  }

  private mutating func add(_ new: Segment) {
    var new = new
    while let index = segments.lastIndex(where: { $0.before < new.before }),
      segments[index].after < new.after
    {
      new.runs = segments[index].runs.lowerBound...new.runs.upperBound
      new.before = segments[index].before
      segments.removeSubrange(index...)
    }
    segments.append(new)
  }
}

extension [Passage.Block] {
  /// The same with blocks that touch on both sides made one.
  var joined: [Passage.Block] {
    var result: [Passage.Block] = []
    for block in self {
      if let last = result.last, last.firstEnd == block.first, last.secondEnd == block.second {
        result[result.count - 1].count += block.count
      } else {
        result.append(block)
      }
    }
    return result
  }
}
