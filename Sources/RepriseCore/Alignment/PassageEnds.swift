/// Extends a passage at both ends over small edits, where there are no fingerprints.
///
/// Extension continues as long as the matches gain more than the unmatched tokens cost.
struct PassageEnds {
  private let first: [UInt64]
  private let second: [UInt64]
  private let alignment = GapAlignment()
  private var limit: ExtensionLimit

  /// The number of tokens that one step of an extension aligns.
  private static let reach = 64
  private let scores: PassageScores
  /// The number of matching tokens that make up for an unmatched one, rounded down; 1 if an unmatched
  /// token may be similar to another one.
  private let penalty: Int
  /// The maximum number of unmatched tokens in one step: with more, the matches cannot pay for
  /// them.
  private let unmatched: Int

  private let noise: PrintNoise?

  init(
    _ first: PassageText, _ second: PassageText, _ scores: PassageScores, noise: PrintNoise?
  ) {
    self.first = first.tokens
    self.second = second.tokens
    limit = ExtensionLimit(second)
    self.noise = noise
    self.scores = scores
    penalty = noise == nil ? scores.unmatched / scores.match : 1
    unmatched = min(31, Self.reach / (penalty + 1))
  }

  /// The tokens of the second document over which some passages were not extended, because too many
  /// others were.
  var unfollowed: TokenRanges { limit.refused }

  /// Extends matches at both ends.
  ///
  /// - Parameters:
  ///   - matches: the matches of a passage.
  ///   - isOneDocument: true to keep the two sides from overlapping.
  /// - Returns: the matches of the longer passage; no two of them touch on both sides.
  mutating func extended(
    _ matches: [Passage.Match], isOneDocument: Bool
  ) -> [Passage.Match] {
    var before: [Passage.Match] = []
    var start = matches[0]
    let floor = isOneDocument ? matches[matches.count - 1].firstEnd : 0
    while true {
      let found = self.before(start, secondFloor: floor)
      guard let next = found.last, limit.allows(next.second..<found[0].secondEnd) else { break }
      before += found
      start = next
    }
    var result = before.reversed() + matches
    var end = matches[matches.count - 1]
    let ceiling = isOneDocument ? start.second : first.count
    while true {
      let found = behind(end, firstCeiling: ceiling)
      guard let next = found.last, limit.allows(found[0].second..<next.secondEnd) else { break }
      result += found
      end = next
    }
    return result.joined
  }

  private func behind(_ end: Passage.Match, firstCeiling: Int) -> [Passage.Match] {
    let one = end.firstEnd..<max(end.firstEnd, min(firstCeiling, end.firstEnd + Self.reach))
    let other = end.secondEnd..<min(second.count, end.secondEnd + Self.reach)
    return gain(one, other, isBackwards: false).map {
      Passage.Match(
        first: end.firstEnd + $0.first, second: end.secondEnd + $0.second, count: $0.count)
    }
  }

  /// The matches gained before a match, the nearest first.
  private func before(_ start: Passage.Match, secondFloor: Int) -> [Passage.Match] {
    let one = max(0, start.first - Self.reach)..<start.first
    let other = min(max(secondFloor, start.second - Self.reach), start.second)..<start.second
    return gain(one, other, isBackwards: true).map {
      Passage.Match(
        first: start.first - $0.firstEnd, second: start.second - $0.secondEnd, count: $0.count)
    }
  }

  /// The matches up to the position with the highest score, or none if no score is above 0.
  ///
  /// They count from the starts of the ranges, or backwards from their ends.
  private func gain(
    _ one: Range<Int>, _ other: Range<Int>, isBackwards: Bool
  ) -> [Passage.Match] {
    // Both ranges are cut to equal length, because either may end within an insertion.
    let count = min(one.count, other.count)
    guard count > penalty else { return [] }
    // The kernels may read 7 tokens after the last one; they do not use them. Both halves have
    // space for `reach` tokens and these, and `count` is at most `reach`.
    let stride = Self.reach + 8
    return unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * stride) { room in
      for place in 0..<count {
        let (from, to) =
          isBackwards
          ? (one.upperBound - 1 - place, other.upperBound - 1 - place)
          : (one.lowerBound + place, other.lowerBound + place)
        unsafe room[place] = first[from]
        unsafe room[stride + place] = second[to]
      }
      let left = unsafe UnsafeBufferPointer(rebasing: room[..<count])
      let right = unsafe UnsafeBufferPointer(rebasing: room[stride..<stride + count])
      return unsafe gain(left, right) { firstGap, secondGap in
        guard let noise else { return 0 }
        func place(_ gap: Range<Int>, in range: Range<Int>) -> Range<Int> {
          isBackwards
            ? range.upperBound - gap.upperBound..<range.upperBound - gap.lowerBound
            : range.lowerBound + gap.lowerBound..<range.lowerBound + gap.upperBound
        }
        return noise.similarCount(place(firstGap, in: one), place(secondGap, in: other))
      }
    }
  }

  private func gain(
    _ first: UnsafeBufferPointer<UInt64>, _ second: UnsafeBufferPointer<UInt64>,
    similarCount: (Range<Int>, Range<Int>) -> Int
  ) -> [Passage.Match] {
    // Alignment stops at the last position where all earlier tokens together could pay for those
    // that occur nowhere near in the second document: after it nothing can be gained.
    let count = unsafe alignment.promisingCount(
      first, second, unmatched: unmatched, penalty: penalty)
    guard count > penalty else { return [] }
    let matches = unsafe alignment.matches(
      UnsafeBufferPointer(rebasing: first[..<count]),
      UnsafeBufferPointer(rebasing: second[..<count]), unmatched: unmatched, isWhole: false)
    var (score, best, kept) = (0, 0, 0)
    var (firstEnd, secondEnd) = (0, 0)
    for (index, match) in matches.enumerated() {
      var gap = max(match.first - firstEnd, match.second - secondEnd)
      if gap > 0 { gap -= similarCount(firstEnd..<match.first, secondEnd..<match.second) }
      score += scores.match * match.count - scores.unmatched * gap
      (firstEnd, secondEnd) = (match.firstEnd, match.secondEnd)
      if score > best { (best, kept) = (score, index + 1) }
    }
    return Array(matches.prefix(kept))
  }
}
