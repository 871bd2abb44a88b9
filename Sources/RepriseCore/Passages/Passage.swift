/// A passage that two documents share, or one document has twice.
///
/// Documents are named by their places in keep order.
public struct Passage: Hashable, Sendable {
  /// A run of equal tokens.
  public struct Block: Hashable, Sendable {
    /// The first token in the first document.
    public var first: Int
    /// The first token in the second document.
    public var second: Int
    /// The number of tokens.
    public var count: Int

    var firstEnd: Int { first + count }
    var secondEnd: Int { second + count }
  }

  /// The document that comes first in keep order.
  public var first: UInt32
  /// The other document, or the same.
  public var second: UInt32
  /// The equal runs, ascending in both documents, without overlap; at least one.
  public var blocks: [Block]
  /// The words that match.
  public var words: Int

  /// The tokens of the passage in the first document.
  public var firstTokens: Range<Int> { blocks[0].first..<blocks[blocks.count - 1].firstEnd }
  /// The tokens of the passage in the second document.
  public var secondTokens: Range<Int> { blocks[0].second..<blocks[blocks.count - 1].secondEnd }
  /// Tokens that match.
  public var matchCount: Int { blocks.reduce(0) { $0 + $1.count } }

  /// Matching tokens by tokens of the longer side, over 0, at most 1.
  public var identity: Double {
    Double(matchCount) / Double(max(firstTokens.count, secondTokens.count))
  }

  /// The part whose tokens lie in a range of the first document; nil if none match there.
  func clipped(toFirst range: Range<Int>) -> Passage? {
    clipped { block in
      let start = max(0, range.lowerBound - block.first)
      return start..<max(start, min(block.count, range.upperBound - block.first))
    }
  }

  /// The part whose tokens lie in a range of the second document; nil if none match there.
  func clipped(toSecond range: Range<Int>) -> Passage? {
    clipped { block in
      let start = max(0, range.lowerBound - block.second)
      return start..<max(start, min(block.count, range.upperBound - block.second))
    }
  }

  private func clipped(_ kept: (Block) -> Range<Int>) -> Passage? {
    var part = self
    part.blocks = blocks.compactMap { block in
      let range = kept(block)
      guard !range.isEmpty else { return nil }
      return Block(
        first: block.first + range.lowerBound, second: block.second + range.lowerBound,
        count: range.count)
    }
    guard !part.blocks.isEmpty else { return nil }
    part.words = (words * part.matchCount + matchCount - 1) / matchCount
    return part
  }

  /// True if the other passage lies within this one on both sides.
  func contains(_ other: Passage) -> Bool {
    firstTokens.contains(other.firstTokens) && secondTokens.contains(other.secondTokens)
  }
}

extension Range<Int> {
  /// True if an empty or smaller range lies within this one.
  func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
