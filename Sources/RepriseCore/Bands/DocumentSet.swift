/// A set of documents, a bit each.
public struct DocumentSet: Sendable {
  private(set) var words: [UInt64]

  /// Creates an empty set of documents below `count`.
  public init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  /// The number of documents that there is room for.
  var capacity: Int { 64 * words.count }

  /// True if the document is in the set.
  public func contains(_ document: UInt32) -> Bool {
    words[Int(document) >> 6] >> UInt64(document & 63) & 1 != 0
  }

  /// Adds a document.
  public mutating func insert(_ document: UInt32) {
    words[Int(document) >> 6] |= 1 << UInt64(document & 63)
  }

  /// Takes a document out.
  public mutating func remove(_ document: UInt32) {
    words[Int(document) >> 6] &= ~(1 << UInt64(document & 63))
  }

  /// The number of documents in the set.
  public var count: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }
}
