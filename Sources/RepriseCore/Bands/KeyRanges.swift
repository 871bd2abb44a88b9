/// How keys are cut by their top bits: into parts that fit the cache, and consecutive parts into
/// ranges that are grouped one at a time, so that memory bounds a range and not the keys.
public struct KeyRanges: Sendable {
  /// Consecutive parts.
  public struct Range: Hashable, Sendable {
    /// The bits of a key below those that say its part.
    let shift: UInt64
    /// The parts.
    let parts: Swift.Range<Int>
  }

  private let bits: Int
  /// The number of ranges.
  public let count: Int

  /// Cuts the space of keys.
  ///
  /// - Parameters:
  ///   - keyCount: how many keys there are, about: what a part is depends on it, and with it the
  ///     order of buckets.
  ///   - rangeCount: how many ranges are wanted; there are never more than parts.
  public init(keyCount: Int, rangeCount: Int) {
    // About 4,096 keys a part.
    bits = max(0, min(14, Int.bitWidth - keyCount.leadingZeroBitCount - 12))
    count = max(1, min(rangeCount, 1 << bits))
  }

  /// A range, counted from the lowest keys.
  public subscript(index: Int) -> Range {
    let partCount = 1 << bits
    return Range(
      shift: UInt64(64 - bits),
      parts: index * partCount / count..<(index + 1) * partCount / count)
  }
}
