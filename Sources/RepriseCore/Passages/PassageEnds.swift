/// Extends a passage over small edits beyond its ends, where no fingerprint lies, as long as what
/// matches there is worth what does not, by the scores of ``ChainSegments``.
struct PassageEnds {
  private let first: [UInt64]
  private let second: [UInt64]
  private let alignment = GapAlignment()
  private var limit = ExtensionLimit()

  /// How far is looked at once, in words.
  private static let reach = 64
  /// The most words without a match that are of interest within that.
  private static let unmatched = reach / (ChainSegments.penalty + 1)

  init(_ first: [UInt64], _ second: [UInt64]) {
    self.first = first
    self.second = second
  }

  /// Tokens of the second document over which some passages were not extended, others having been.
  var unfollowed: TokenRanges { limit.refused }

  /// Extends blocks at both ends.
  ///
  /// - Parameters:
  ///   - blocks: the passage.
  ///   - isOneDocument: true to keep the two sides from overlapping.
  /// - Returns: the longer passage; no two of its blocks touch on both sides.
  mutating func extended(
    _ blocks: [Passage.Block], isOneDocument: Bool
  ) -> [Passage.Block] {
    var before: [Passage.Block] = []
    var start = blocks[0]
    let floor = isOneDocument ? blocks[blocks.count - 1].firstEnd : 0
    while true {
      let found = self.before(start, secondFloor: floor)
      guard let next = found.last, limit.allows(next.second..<found[0].secondEnd) else { break }
      before += found
      start = next
    }
    var result = before.reversed() + blocks
    var end = blocks[blocks.count - 1]
    let ceiling = isOneDocument ? start.second : first.count
    while true {
      let found = behind(end, firstCeiling: ceiling)
      guard let next = found.last, limit.allows(found[0].second..<next.secondEnd) else { break }
      result += found
      end = next
    }
    return result.joined
  }

  private func behind(_ end: Passage.Block, firstCeiling: Int) -> [Passage.Block] {
    let one = end.firstEnd..<max(end.firstEnd, min(firstCeiling, end.firstEnd + Self.reach))
    let other = end.secondEnd..<min(second.count, end.secondEnd + Self.reach)
    return gain(one, other, isBackwards: false).map {
      Passage.Block(
        first: end.firstEnd + $0.first, second: end.secondEnd + $0.second, count: $0.count)
    }
  }

  /// What is gained before a block, the nearest first.
  private func before(_ start: Passage.Block, secondFloor: Int) -> [Passage.Block] {
    let one = max(0, start.first - Self.reach)..<start.first
    let other = min(max(secondFloor, start.second - Self.reach), start.second)..<start.second
    return gain(one, other, isBackwards: true).map {
      Passage.Block(
        first: start.first - $0.firstEnd, second: start.second - $0.secondEnd, count: $0.count)
    }
  }

  /// The matches up to the place where most was gained, none if nothing is: by their distances from
  /// where the two ranges begin, or read backwards from where they end.
  private func gain(
    _ one: Range<Int>, _ other: Range<Int>, isBackwards: Bool
  ) -> [Passage.Block] {
    // The window may end in the middle of what one side has more: both count as equally long.
    let count = min(one.count, other.count)
    guard count > ChainSegments.penalty else { return [] }
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
  ) -> [Passage.Block] {
    // Beyond the last place where all tokens before could pay for those that stand nowhere near in
    // the other document nothing can be gained.
    let count = unsafe alignment.promisingCount(
      first, second, unmatched: Self.unmatched, penalty: ChainSegments.penalty)
    guard count > ChainSegments.penalty else { return [] }
    let blocks = unsafe alignment.blocks(
      UnsafeBufferPointer(rebasing: first[..<count]),
      UnsafeBufferPointer(rebasing: second[..<count]), unmatched: Self.unmatched, isWhole: false)
    var (score, best, kept) = (0, 0, 0)
    var (firstEnd, secondEnd) = (0, 0)
    for (index, block) in blocks.enumerated() {
      let gap = max(block.first - firstEnd, block.second - secondEnd)
      score += block.count - ChainSegments.penalty * gap
      (firstEnd, secondEnd) = (block.firstEnd, block.secondEnd)
      if score > best { (best, kept) = (score, index + 1) }
    }
    return Array(blocks.prefix(kept))
  }
}
