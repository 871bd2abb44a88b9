/// A document and a position at which a fingerprint occurs.
@usableFromInline
package struct FingerprintPosting: Hashable, Sendable {
  /// The document: its number in a list, its rank in keep order in a join.
  @usableFromInline package var document: UInt32
  /// The position of the gram's first token.
  @usableFromInline package var position: UInt32
  /// The hashes of the grams at a fixed distance before (high 16 bits) and after (low 16 bits); 0
  /// where there is no gram.
  @usableFromInline package var context: UInt32

  /// Creates a posting.
  @inlinable
  package init(document: UInt32, position: UInt32, context: UInt32) {
    self.document = document
    self.position = position
    self.context = context
  }

  /// Whether two occurrences of one fingerprint may be in a shared match of the minimum length.
  ///
  /// In such a match the context of at least one side is equal.
  @inlinable
  package func mayShareMatch(with other: FingerprintPosting) -> Bool {
    let (left, right) = (context >> 16, context & 0xFFFF)
    return (left != 0 && left == other.context >> 16)
      || (right != 0 && right == other.context & 0xFFFF)
  }
}

/// Some of the keys of a group, so that a group can be joined slice by slice.
@usableFromInline
package struct FingerprintSlice: Sendable {
  @usableFromInline let index: UInt64
  @usableFromInline let count: UInt64

  /// Creates one of `count` slices of about the same size; the only one unless stated.
  package init(index: Int = 0, count: Int = 1) {
    self.index = UInt64(index)
    self.count = UInt64(count)
  }

  /// True for a key of the slice: the bits below those that say the group choose it.
  @inlinable
  package func contains(_ key: UInt64) -> Bool {
    count == 1 || (key << 6).multipliedFullWidth(by: count).high == index
  }
}

/// The fingerprints of many documents, 20 bytes each, grouped by the top bits of their keys once
/// the list is complete.
@usableFromInline
package struct FingerprintList: Sendable {
  /// The number of partitions.
  package static let partitionCount = 64

  @usableFromInline var keys: [UInt64] = []
  @usableFromInline var postings: [FingerprintPosting] = []
  @usableFromInline var starts: [Int] = []

  /// Creates an empty list.
  package init() {}

  /// The number of fingerprints.
  package var count: Int { keys.count }

  /// Appends a fingerprint.
  ///
  /// Winnowing selects small hashes, whose top bits are zero. Multiplication by an odd number
  /// spreads the top bits and keeps different hashes different.
  package mutating func append(hash: UInt64, _ posting: FingerprintPosting) {
    append(key: hash &* 0x9E37_79B9_7F4A_7C15, posting)
  }

  /// Appends a fingerprint by its key.
  @inlinable
  package mutating func append(key: UInt64, _ posting: FingerprintPosting) {
    keys.append(key)
    postings.append(posting)
  }

  /// Appends all fingerprints of a list.
  package mutating func append(_ list: FingerprintList) {
    keys += list.keys
    postings += list.postings
  }

  /// Calls `body` with the key and the posting of each fingerprint.
  @inlinable
  package func forEachPosting(_ body: (UInt64, FingerprintPosting) -> Void) {
    for (key, posting) in zip(keys, postings) { body(key, posting) }
  }

  /// Orders the fingerprints by partition, and inside a partition in the order they came.
  /// - Complexity: O(fingerprints).
  package mutating func group() {
    starts = Array(repeating: 0, count: Self.partitionCount + 1)
    for key in keys { starts[Self.partition(of: key) + 1] += 1 }
    for partition in 0..<Self.partitionCount { starts[partition + 1] += starts[partition] }
    var next = starts
    var grouped = (keys: keys, postings: postings)
    for (key, posting) in zip(keys, postings) {
      let index = next[Self.partition(of: key)]
      next[Self.partition(of: key)] += 1
      grouped.keys[index] = key
      grouped.postings[index] = posting
    }
    keys = grouped.keys
    postings = grouped.postings
  }

  /// Makes one partition of all fingerprints, the first one, for a list that is short.
  package mutating func groupAsOne() {
    starts = [0] + Array(repeating: keys.count, count: Self.partitionCount)
  }

  private static func partition(of key: UInt64) -> Int { Int(key >> 58) }

  /// The number of fingerprints in a partition; 0 before ``group()``.
  package func count(inPartition partition: Int) -> Int {
    starts.isEmpty ? 0 : starts[partition + 1] - starts[partition]
  }

  /// Appends stored fingerprints: key, document, position and context, little-endian.
  /// - Parameters:
  ///   - stored: 20 bytes each.
  ///   - slice: which of them are appended.
  ///   - firstDocument: what is added to the documents.
  package mutating func append(
    stored: RawSpan, in slice: FingerprintSlice = FingerprintSlice(), firstDocument: Int
  ) {
    Self.forEach(stored: stored, firstDocument: firstDocument) { key, posting in
      if slice.contains(key) { append(key: key, posting) }
    }
  }

  /// Calls `body` with the key and the posting of each stored fingerprint.
  @inlinable
  @inline(__always)
  package static func forEach(
    stored: RawSpan, firstDocument: Int, _ body: (UInt64, FingerprintPosting) -> Void
  ) {
    func number<Number: FixedWidthInteger & BitwiseCopyable>(
      _ offset: Int, _ type: Number.Type
    ) -> Number {
      // In bounds: the size of `stored` is a multiple of 20, and every field ends within its 20
      // bytes.
      Number(littleEndian: unsafe stored.unsafeLoadUnaligned(fromByteOffset: offset, as: type))
    }
    for offset in stride(from: 0, to: stored.byteCount, by: 20) {
      body(
        number(offset, UInt64.self),
        FingerprintPosting(
          document: number(offset + 8, UInt32.self) + UInt32(firstDocument),
          position: number(offset + 12, UInt32.self), context: number(offset + 16, UInt32.self)))
    }
  }

  /// Calls `body` with the key and the posting of each fingerprint in a partition.
  @inlinable
  package func forEach(inPartition partition: Int, _ body: (UInt64, FingerprintPosting) -> Void) {
    guard !starts.isEmpty else { return }
    for index in starts[partition]..<starts[partition + 1] { body(keys[index], postings[index]) }
  }
}
