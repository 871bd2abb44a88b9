/// How keys are cut by their top bits: into partitions that fit the cache, and consecutive
/// partitions into ranges that are grouped one at a time, so that memory bounds a range and not the
/// keys.
public struct KeyRanges: Sendable {
  /// Consecutive partitions.
  public struct Range: Hashable, Sendable {
    /// The bits of a key below those that say its partition.
    let shift: UInt64
    /// The partitions.
    let partitions: Swift.Range<Int>
  }

  private let bits: Int
  /// The number of ranges.
  public let count: Int

  /// Cuts the space of keys.
  ///
  /// - Parameters:
  ///   - keyCount: how many keys there are, about: what a partition is depends on it, and with it
  ///     the order of buckets.
  ///   - rangeCount: how many ranges are wanted; there are never more than partitions.
  public init(keyCount: Int, rangeCount: Int) {
    // About 4,096 keys a partition.
    bits = max(0, min(14, Int.bitWidth - keyCount.leadingZeroBitCount - 12))
    count = max(1, min(rangeCount, 1 << bits))
  }

  /// A range, counted from the lowest keys.
  public subscript(index: Int) -> Range {
    let partitionCount = 1 << bits
    return Range(
      shift: UInt64(64 - bits),
      partitions: index * partitionCount / count..<(index + 1) * partitionCount / count)
  }
}
