/// Extends a passage over small edits beyond its ends, where no fingerprint lies, as long as what
/// matches there is worth what does not, by the scores of ``ChainSegments``.
struct PassageEnds {
  private let first: [UInt64]
  private let second: [UInt64]

  /// How far is looked at once, in words.
  private static let reach = 64
  /// The most words without a match that are of interest within that.
  private static let unmatched = reach / (ChainSegments.penalty + 1)

  init(_ first: [UInt64], _ second: [UInt64]) {
    self.first = first
    self.second = second
  }

  /// Extends the blocks at both ends.
  ///
  /// - Parameters:
  ///   - blocks: the passage; longer afterwards.
  ///   - isOneDocument: true to keep the two sides from overlapping.
  func extend(_ blocks: inout [Passage.Block], isOneDocument: Bool) {
    while let start = blocks.first, let end = blocks.last {
      let found = before(start, secondFloor: isOneDocument ? end.firstEnd : 0)
      guard !found.isEmpty else { break }
      blocks.insert(contentsOf: found, at: 0)
    }
    while let start = blocks.first, let end = blocks.last {
      let found = behind(end, firstCeiling: isOneDocument ? start.second : first.count)
      guard !found.isEmpty else { break }
      blocks += found
    }
  }

  private func behind(_ end: Passage.Block, firstCeiling: Int) -> [Passage.Block] {
    let one = first[end.firstEnd..<max(end.firstEnd, min(firstCeiling, end.firstEnd + Self.reach))]
    let other = second[end.secondEnd..<min(second.count, end.secondEnd + Self.reach)]
    return Self.gain(one, other)
  }

  private func before(_ start: Passage.Block, secondFloor: Int) -> [Passage.Block] {
    let one = first[max(0, start.first - Self.reach)..<start.first]
    let floor = max(secondFloor, start.second - Self.reach)
    let other = second[min(floor, start.second)..<start.second]
    // The same, read backwards.
    return Self.gain(Array(one.reversed())[...], Array(other.reversed())[...]).reversed().map {
      Passage.Block(
        first: start.first - $0.firstEnd, second: start.second - $0.secondEnd, count: $0.count)
    }
  }

  /// False if nothing is to be gained.
  ///
  /// For u words without a match, more than 9 u must match, in at most u + 1 runs that are shifted by
  /// at most u: one of them has five words. A run of five covers every fifth word.
  private static func mayGain(_ first: [UInt64], _ second: [UInt64]) -> Bool {
    let run = 5
    for place in stride(from: 0, to: first.count, by: run) {
      for other in max(0, place - unmatched)..<min(second.count, place + unmatched + 1)
      where first[place] == second[other] {
        var (start, end) = (0, 1)
        while start < min(place, other), first[place - start - 1] == second[other - start - 1] {
          start += 1
        }
        while place + end < first.count && other + end < second.count,
          first[place + end] == second[other + end]
        { end += 1 }
        if start + end >= run { return true }
      }
    }
    return false
  }

  /// The matches up to the place where most was gained; none if nothing is.
  private static func gain(
    _ first: ArraySlice<UInt64>, _ second: ArraySlice<UInt64>
  ) -> [Passage.Block] {
    // The window may end in the middle of what one side has more: both count as equally long.
    let count = min(first.count, second.count)
    guard mayGain(Array(first.prefix(count)), Array(second.prefix(count))) else { return [] }
    let blocks = GapAlignment.blocks(
      first.prefix(count), second.prefix(count), unmatched: unmatched)
    var (score, best, kept) = (0, 0, 0)
    var (firstEnd, secondEnd) = (first.startIndex, second.startIndex)
    for (index, block) in blocks.enumerated() {
      let gap = max(block.first - firstEnd, block.second - secondEnd)
      score += block.count - ChainSegments.penalty * gap
      (firstEnd, secondEnd) = (block.firstEnd, block.secondEnd)
      if score > best { (best, kept) = (score, index + 1) }
    }
    return Array(blocks.prefix(kept))
  }
}
