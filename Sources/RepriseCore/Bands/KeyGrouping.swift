internal import CKernels

/// Groups documents by 64-bit keys that are read piece by piece.
///
/// Pass all pieces to ``count(_:stride:firstDocument:participants:)``, then call ``endCounting()``,
/// then pass the same pieces, in the same order, to
/// ``place(_:stride:firstDocument:participants:)``. Use ``Buckets/init(keys:documents:)`` if all
/// keys are in memory.
public struct KeyGrouping: ~Copyable {
  private var partition: KeyPartition

  /// The maximum memory for each key of a range, in bytes: the key and its document, and its
  /// membership if all keys share buckets.
  public static let byteCountPerKey = 32

  /// Creates a grouping for the keys of one range.
  public init(_ range: KeyRanges.Range) { partition = KeyPartition(range) }

  /// Counts a piece of keys.
  ///
  /// All pieces must be counted before any is placed.
  ///
  /// - Parameters:
  ///   - keys: the keys of consecutive documents, 64 bits each, little-endian.
  ///   - stride: the distance between the starts of two keys, in bytes, at least 8.
  ///   - firstDocument: the document of the first key.
  ///   - participants: the documents to group; nil for all.
  /// - Complexity: O(keys).
  public mutating func count(
    _ keys: RawSpan, stride: Int = 8, firstDocument: Int, participants: DocumentSet?
  ) {
    unsafe Self.withKeys(keys, stride, firstDocument, participants) { keys in
      unsafe partition.count(keys)
    }
  }

  /// Ends counting, and allocates the memory for the keys.
  public mutating func endCounting() { partition.endCounting() }

  /// Places a piece of keys that was counted; the parameters are those of counting.
  /// - Complexity: O(keys).
  public mutating func place(
    _ keys: RawSpan, stride: Int = 8, firstDocument: Int, participants: DocumentSet?
  ) {
    unsafe Self.withKeys(keys, stride, firstDocument, participants) { keys in
      unsafe partition.place(keys)
    }
  }

  /// The groups of at least two documents.
  /// - Complexity: O(keys placed).
  public consuming func buckets() -> Buckets { Buckets(partition) }

  private static func withKeys(
    _ keys: RawSpan, _ stride: Int, _ firstDocument: Int, _ participants: DocumentSet?,
    _ body: (UnsafePointer<reprise_document_keys>) -> Void
  ) {
    let count = (keys.byteCount + stride - 8) / stride
    if let participants {
      precondition(firstDocument + count <= participants.capacity, "every document has a bit")
    }
    // In bounds: `count` keys at this stride end within the span, and by the precondition the bit
    // of the last document is in `words`.
    unsafe keys.withUnsafeBytes { bytes in
      unsafe (participants?.words ?? []).withUnsafeBufferPointer { words in
        var keys = unsafe reprise_document_keys(
          bytes: bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), count: count,
          stride: stride, first_document: firstDocument,
          participants: participants == nil ? nil : words.baseAddress)
        unsafe body(&keys)
      }
    }
  }
}
