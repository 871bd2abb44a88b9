/// Groups documents by keys that are read in pieces, in the order of the documents, twice over.
public struct KeyGrouping: ~Copyable {
  private var partition: KeyPartition

  /// The memory that grouping takes for each key of a range, in bytes, at most: the key and its
  /// document, and if all share buckets their memberships.
  public static let byteCountPerKey = 32

  /// Prepares to group the keys of a range.
  public init(_ range: KeyRanges.Range) { partition = KeyPartition(range) }

  /// Counts a piece of keys; all pieces are counted before any is placed.
  ///
  /// - Parameters:
  ///   - keys: the keys of consecutive documents, 64 bits each, the low byte first.
  ///   - stride: the bytes from one key to the next.
  ///   - firstDocument: the document of the first key.
  ///   - participants: the documents that take part.
  public mutating func count(
    _ keys: RawSpan, stride: Int = 8, firstDocument: Int, participants: DocumentSet
  ) {
    for index in 0..<(keys.byteCount + stride - 8) / stride
    where participants.contains(UInt32(firstDocument + index)) {
      partition.count(Self.key(keys, stride * index))
    }
  }

  /// Ends counting.
  public mutating func endCounting() { partition.endCounting() }

  /// Places a piece of keys that was counted.
  public mutating func place(
    _ keys: RawSpan, stride: Int = 8, firstDocument: Int, participants: DocumentSet
  ) {
    for index in 0..<(keys.byteCount + stride - 8) / stride {
      let document = UInt32(firstDocument + index)
      if participants.contains(document) {
        partition.place(Self.key(keys, stride * index), document)
      }
    }
  }

  /// The groups of two documents or more.
  public consuming func buckets() -> Buckets { Buckets(partition) }

  @inline(__always)
  private static func key(_ keys: RawSpan, _ offset: Int) -> UInt64 {
    UInt64(littleEndian: unsafe keys.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }
}
