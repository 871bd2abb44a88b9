/// A set of documents, one bit each: it takes `count / 8` bytes, however few are in it.
package struct DocumentSet: Sendable {
  private(set) var words: [UInt64]

  /// Creates an empty set for documents with numbers below `count`.
  package init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  /// The number of documents that have a bit.
  var capacity: Int { 64 * words.count }

  /// Whether the document is in the set.
  package func contains(_ document: UInt32) -> Bool {
    words[Int(document) >> 6] >> UInt64(document & 63) & 1 != 0
  }

  /// Adds a document.
  package mutating func insert(_ document: UInt32) {
    words[Int(document) >> 6] |= 1 << UInt64(document & 63)
  }

  /// Removes a document.
  package mutating func remove(_ document: UInt32) {
    words[Int(document) >> 6] &= ~(1 << UInt64(document & 63))
  }

  /// The number of documents in the set.
  /// - Complexity: O(capacity).
  package var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}
