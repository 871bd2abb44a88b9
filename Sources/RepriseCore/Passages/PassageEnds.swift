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

  /// The longest beginning of both in which something may be gained.
  ///
  /// A token of the first that stands nowhere near in the second costs the penalty, and what it does
  /// not win: beyond the last place where all tokens before could pay for such ones nothing can be
  /// gained.
  private static func promisingCount(
    _ first: ArraySlice<UInt64>, _ second: ArraySlice<UInt64>, count: Int
  ) -> Int {
    unsafe first.withUnsafeBufferPointer { first in
      unsafe second.withUnsafeBufferPointer { second in
        var (missing, promising) = (0, 0)
        for i in 0..<count {
          let token = unsafe first[i]
          var isThere = false
          for j in max(0, i - unmatched)..<min(count, i + unmatched + 1) {
            isThere = unsafe isThere || second[j] == token
          }
          missing += isThere ? 0 : 1
          if missing > unmatched { break }
          if i + 1 > (ChainSegments.penalty + 1) * missing { promising = i + 1 }
        }
        return promising
      }
    }
  }

  /// The matches up to the place where most was gained; none if nothing is.
  private static func gain(
    _ first: ArraySlice<UInt64>, _ second: ArraySlice<UInt64>
  ) -> [Passage.Block] {
    // The window may end in the middle of what one side has more: both count as equally long.
    let longest = min(first.count, second.count)
    let count = promisingCount(first, second, count: longest)
    guard count > ChainSegments.penalty else { return [] }
    let blocks = GapAlignment.blocks(
      first.prefix(count), second.prefix(count), unmatched: unmatched, isWhole: false)
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
