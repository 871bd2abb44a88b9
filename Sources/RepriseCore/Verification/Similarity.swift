/// The exact similarity of two documents.
public struct Similarity: Hashable, Sendable {
  /// Shingles that both have.
  public let intersection: Int
  /// Shingles that either has.
  public let union: Int

  /// Creates a similarity from its two counts.
  public init(intersection: Int, union: Int) {
    self.intersection = intersection
    self.union = union
  }

  /// The Jaccard similarity, intersection / union: 1 for two empty sets.
  public var jaccard: Double { union == 0 ? 1 : Double(intersection) / Double(union) }
}
