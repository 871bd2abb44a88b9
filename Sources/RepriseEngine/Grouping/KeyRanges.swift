/// Divides keys by their top bits into partitions, and joins consecutive partitions into ranges.
///
/// A partition fits the cache. Ranges are grouped one at a time, so memory needs to hold one range
/// and not all keys.
package struct KeyRanges: Sendable {
  /// Consecutive partitions.
  package struct Range: Hashable, Sendable {
    /// The number of bits below those that tell a key's partition.
    let shift: UInt64
    /// The partitions.
    let partitions: Swift.Range<Int>
    /// The keys of a partition above which some key is common.
    let crowdedCount: Int
  }

  private let bits: Int
  private let crowdedCount: Int
  /// The number of ranges.
  package let count: Int

  /// Divides the space of keys.
  ///
  /// - Parameters:
  ///   - keyCount: how many keys there are, about: what a partition is depends on it, and with it
  ///     the order of buckets.
  ///   - rangeCount: how many ranges are wanted; there are never more than partitions.
  ///   - crowdedCount: the keys of a partition above which common keys are looked for; nil: many
  ///     times what a partition has of keys that do not repeat. It changes no result.
  package init(keyCount: Int, rangeCount: Int, crowdedCount: Int? = nil) {
    // About 4,096 keys a partition.
    bits = max(0, min(14, Int.bitWidth - keyCount.leadingZeroBitCount - 12))
    count = max(1, min(rangeCount, 1 << bits))
    self.crowdedCount = crowdedCount ?? max(1 << 16, 8 * (keyCount >> bits))
  }

  /// The range at an index, ordered by key.
  package subscript(index: Int) -> Range {
    let partitionCount = 1 << bits
    return Range(
      shift: UInt64(64 - bits),
      partitions: index * partitionCount / count..<(index + 1) * partitionCount / count,
      crowdedCount: crowdedCount)
  }
}
