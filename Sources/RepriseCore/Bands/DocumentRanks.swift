/// A set of documents that knows of each how many come before it.
public struct DocumentRanks: Sendable {
  private let words: [UInt64]
  /// The members before each word.
  private var counts: [UInt32] = []

  /// Counts the members of a set.
  /// - Complexity: O(documents that there is room for).
  public init(_ set: DocumentSet) {
    words = set.words
    counts.reserveCapacity(words.count)
    var count: UInt32 = 0
    for word in words {
      counts.append(count)
      count += UInt32(word.nonzeroBitCount)
    }
  }

  /// The number of members before a document; nil if it is none.
  public subscript(document: UInt32) -> Int? {
    let (word, bit) = (words[Int(document) >> 6], UInt64(1) << UInt64(document & 63))
    guard word & bit != 0 else { return nil }
    return Int(counts[Int(document) >> 6]) + (word & (bit - 1)).nonzeroBitCount
  }
}
