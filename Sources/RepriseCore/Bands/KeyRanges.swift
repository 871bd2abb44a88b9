/// How keys are cut by their top bits: into parts that fit the cache, and consecutive parts into
/// ranges that are grouped one at a time, so that memory bounds a range and not the keys.
public struct KeyRanges: Sendable {
  /// Consecutive parts.
  public struct Range: Hashable, Sendable {
    /// The bits of a key below those that say its part.
    let shift: UInt64
    /// The parts.
    let parts: Swift.Range<Int>
    /// The keys of a part above which some key is common.
    let crowdedCount: Int
  }

  private let bits: Int
  private let crowdedCount: Int
  /// The number of ranges.
  public let count: Int

  /// Cuts the space of keys.
  ///
  /// - Parameters:
  ///   - keyCount: how many keys there are, about: what a part is depends on it, and with it the
  ///     order of buckets.
  ///   - rangeCount: how many ranges are wanted; there are never more than parts.
  ///   - crowdedCount: the keys of a part above which common keys are looked for; nil: many times
  ///     what a part has of keys that do not repeat. It changes no result.
  public init(keyCount: Int, rangeCount: Int, crowdedCount: Int? = nil) {
    // About 4,096 keys a part.
    bits = max(0, min(14, Int.bitWidth - keyCount.leadingZeroBitCount - 12))
    count = max(1, min(rangeCount, 1 << bits))
    self.crowdedCount = crowdedCount ?? max(1 << 16, 8 * (keyCount >> bits))
  }

  /// A range, counted from the lowest keys.
  public subscript(index: Int) -> Range {
    let partCount = 1 << bits
    return Range(
      shift: UInt64(64 - bits),
      parts: index * partCount / count..<(index + 1) * partCount / count,
      crowdedCount: crowdedCount)
  }
}
