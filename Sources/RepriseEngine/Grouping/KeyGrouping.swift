internal import CKernels

/// Groups documents by keys that are read in pieces, in the order of the documents, twice over; four
/// times if there are keys that very many documents have.
package struct KeyGrouping: ~Copyable {
  private var partition: KeyPartition

  /// The maximum memory for each key of a range, in bytes: the key and its document, and its
  /// membership if all keys share buckets.
  package static let byteCountPerKey = 32

  /// Creates a grouping for the keys of one range.
  package init(_ range: KeyRanges.Range) { partition = KeyPartition(range) }

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
  package mutating func count(
    _ keys: RawSpan, stride: Int = 8, firstDocument: Int, participants: DocumentSet?
  ) {
    unsafe Self.withKeys(keys, stride, firstDocument, participants) { keys in
      unsafe partition.count(keys)
    }
  }

  /// True if common keys must be found, by ``sample(_:stride:firstDocument:participants:)`` and then
  /// ``countCommon(_:stride:firstDocument:participants:)`` of all pieces; called once all are counted.
  package mutating func hasCrowdedParts() -> Bool { partition.findCrowdedParts() }

  /// Looks for common keys in a piece that was counted.
  package mutating func sample(
    _ keys: RawSpan, stride: Int = 8, firstDocument: Int, participants: DocumentSet?
  ) {
    unsafe Self.withKeys(keys, stride, firstDocument, participants) { keys in
      unsafe partition.sample(keys)
    }
  }

  /// Ends looking for common keys.
  package mutating func endSampling() { partition.endSampling() }

  /// Counts the common keys of a piece.
  package mutating func countCommon(
    _ keys: RawSpan, stride: Int = 8, firstDocument: Int, participants: DocumentSet?
  ) {
    unsafe Self.withKeys(keys, stride, firstDocument, participants) { keys in
      unsafe partition.countCommon(keys)
    }
  }

  /// Ends counting.
  package mutating func endCounting() { partition.endCounting() }

  /// Places a piece of keys that was counted; the parameters are those of counting.
  /// - Complexity: O(keys).
  package mutating func place(
    _ keys: RawSpan, stride: Int = 8, firstDocument: Int, participants: DocumentSet?
  ) {
    unsafe Self.withKeys(keys, stride, firstDocument, participants) { keys in
      unsafe partition.place(keys)
    }
  }

  /// True if the keys that were placed are as many as were counted.
  ///
  /// Otherwise what is read has changed in between, or reading was stopped.
  package var isComplete: Bool { partition.isComplete }

  /// The groups of at least two documents; wrong unless the keys are complete.
  /// - Complexity: O(keys placed).
  package consuming func buckets() -> Buckets { Buckets(partition) }

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
