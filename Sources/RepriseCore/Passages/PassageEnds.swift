/// Extends a passage over small edits beyond its ends, where no fingerprint lies, as long as what
/// matches there is worth what does not, by the scores of ``ScoringSegments``.
struct PassageEnds {
  private let first: [UInt64]
  private let second: [UInt64]
  private let alignment = GapAlignment()
  private var limit = ExtensionLimit()

  /// How far is looked at once, in words.
  private static let reach = 64
  /// The most words without a match that are of interest within that.
  private static let unmatched = reach / (ScoringSegments.penalty + 1)

  init(_ first: [UInt64], _ second: [UInt64]) {
    self.first = first
    self.second = second
  }

  /// Tokens of the second document over which some passages were not extended, others having been.
  var unfollowed: TokenRanges { limit.refused }

  /// Extends matches at both ends.
  ///
  /// - Parameters:
  ///   - matches: the passage.
  ///   - isOneDocument: true to keep the two sides from overlapping.
  /// - Returns: the longer passage; no two of its matches touch on both sides.
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

  /// What is gained before a match, the nearest first.
  private func before(_ start: Passage.Match, secondFloor: Int) -> [Passage.Match] {
    let one = max(0, start.first - Self.reach)..<start.first
    let other = min(max(secondFloor, start.second - Self.reach), start.second)..<start.second
    return gain(one, other, isBackwards: true).map {
      Passage.Match(
        first: start.first - $0.firstEnd, second: start.second - $0.secondEnd, count: $0.count)
    }
  }

  /// The matches up to the place where most was gained, none if nothing is: by their distances from
  /// where the two ranges begin, or read backwards from where they end.
  private func gain(
    _ one: Range<Int>, _ other: Range<Int>, isBackwards: Bool
  ) -> [Passage.Match] {
    // The window may end in the middle of what one side has more: both count as equally long.
    let count = min(one.count, other.count)
    guard count > ScoringSegments.penalty else { return [] }
    // Behind the tokens what the kernels may read and not use.
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
      return unsafe gain(left, right)
    }
  }

  private func gain(
    _ first: UnsafeBufferPointer<UInt64>, _ second: UnsafeBufferPointer<UInt64>
  ) -> [Passage.Match] {
    // Beyond the last place where all tokens before could pay for those that stand nowhere near in
    // the other document nothing can be gained.
    let count = unsafe alignment.promisingCount(
      first, second, unmatched: Self.unmatched, penalty: ScoringSegments.penalty)
    guard count > ScoringSegments.penalty else { return [] }
    let matches = unsafe alignment.matches(
      UnsafeBufferPointer(rebasing: first[..<count]),
      UnsafeBufferPointer(rebasing: second[..<count]), unmatched: Self.unmatched, isWhole: false)
    var (score, best, kept) = (0, 0, 0)
    var (firstEnd, secondEnd) = (0, 0)
    for (index, match) in matches.enumerated() {
      let gap = max(match.first - firstEnd, match.second - secondEnd)
      score += match.count - ScoringSegments.penalty * gap
      (firstEnd, secondEnd) = (match.firstEnd, match.secondEnd)
      if score > best { (best, kept) = (score, index + 1) }
    }
    return Array(matches.prefix(kept))
  }
}
