/// Divides keys by their top bits into partitions, and joins consecutive partitions into ranges.
///
/// A partition fits the cache. Ranges are grouped one at a time, so memory needs to hold one range
/// and not all keys.
public struct KeyRanges: Sendable {
  /// Consecutive partitions.
  public struct Range: Hashable, Sendable {
    /// The number of bits below those that tell a key's partition.
    let shift: UInt64
    /// The partitions.
    let partitions: Swift.Range<Int>
  }

  private let bits: Int
  /// The number of ranges.
  public let count: Int

  /// Divides the space of keys.
  ///
  /// - Parameters:
  ///   - keyCount: the approximate number of keys. The partitions depend on it, and with them the
  ///     order of the buckets.
  ///   - rangeCount: the number of ranges wanted; there are never more ranges than partitions.
  public init(keyCount: Int, rangeCount: Int) {
    // About 4,096 keys per partition.
    bits = max(0, min(14, Int.bitWidth - keyCount.leadingZeroBitCount - 12))
    count = max(1, min(rangeCount, 1 << bits))
  }

  /// The range at an index, ordered by key.
  public subscript(index: Int) -> Range {
    let partitionCount = 1 << bits
    return Range(
      shift: UInt64(64 - bits),
      partitions: index * partitionCount / count..<(index + 1) * partitionCount / count)
  }
}
