/// A set of documents that tells for each member how many members come before it.
///
/// It cannot change. Use ``DocumentSet`` while the set is being filled.
package struct DocumentRanks: Sendable {
  private let words: [UInt64]
  /// The number of members before each word.
  private var counts: [UInt32] = []

  /// Copies a set and counts its members.
  /// - Complexity: O(capacity of the set).
  package init(_ set: DocumentSet) {
    words = set.words
    counts.reserveCapacity(words.count)
    var count: UInt32 = 0
    for word in words {
      counts.append(count)
      count += UInt32(word.nonzeroBitCount)
    }
  }

  /// The number of members before a document; nil if the document is not a member.
  package subscript(document: UInt32) -> Int? {
    let (word, bit) = (words[Int(document) >> 6], UInt64(1) << UInt64(document & 63))
    guard word & bit != 0 else { return nil }
    return Int(counts[Int(document) >> 6]) + (word & (bit - 1)).nonzeroBitCount
  }
}
