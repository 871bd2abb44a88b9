internal import CKernels

/// Groups documents by keys that are read in pieces, in the order of the documents, twice over; four
/// times if there are keys that very many documents have.
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
  ///   - participants: the documents that take part; nil: all.
  public mutating func count(
    _ keys: RawSpan, stride: Int = 8, firstDocument: Int, participants: DocumentSet?
  ) {
    unsafe Self.withKeys(keys, stride, firstDocument, participants) { keys in
      unsafe partition.count(keys)
    }
  }

  /// True if common keys must be found, by ``sample(_:stride:firstDocument:participants:)`` and then
  /// ``countCommon(_:stride:firstDocument:participants:)`` of all pieces; called once all are counted.
  public mutating func hasCrowdedParts() -> Bool { partition.findCrowdedParts() }

  /// Looks for common keys in a piece that was counted.
  public mutating func sample(
    _ keys: RawSpan, stride: Int = 8, firstDocument: Int, participants: DocumentSet?
  ) {
    unsafe Self.withKeys(keys, stride, firstDocument, participants) { keys in
      unsafe partition.sample(keys)
    }
  }

  /// Ends looking for common keys.
  public mutating func endSampling() { partition.endSampling() }

  /// Counts the common keys of a piece.
  public mutating func countCommon(
    _ keys: RawSpan, stride: Int = 8, firstDocument: Int, participants: DocumentSet?
  ) {
    unsafe Self.withKeys(keys, stride, firstDocument, participants) { keys in
      unsafe partition.countCommon(keys)
    }
  }

  /// Ends counting.
  public mutating func endCounting() { partition.endCounting() }

  /// Places a piece of keys that was counted.
  public mutating func place(
    _ keys: RawSpan, stride: Int = 8, firstDocument: Int, participants: DocumentSet?
  ) {
    unsafe Self.withKeys(keys, stride, firstDocument, participants) { keys in
      unsafe partition.place(keys)
    }
  }

  /// The groups of two documents or more.
  public consuming func buckets() -> Buckets { Buckets(partition) }

  private static func withKeys(
    _ keys: RawSpan, _ stride: Int, _ firstDocument: Int, _ participants: DocumentSet?,
    _ body: (UnsafePointer<reprise_document_keys>) -> Void
  ) {
    let count = (keys.byteCount + stride - 8) / stride
    if let participants {
      precondition(firstDocument + count <= participants.capacity, "every document has a bit")
    }
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
