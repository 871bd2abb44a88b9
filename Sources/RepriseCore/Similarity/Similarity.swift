/// The exact similarity of two documents, as the sizes of the intersection and the union of their
/// shingle sets.
public struct Similarity: Hashable, Sendable {
  /// The number of distinct shingles that both documents have.
  public let intersection: Int
  /// The number of distinct shingles that at least one of them has.
  public let union: Int

  /// Creates a similarity from its two counts.
  package init(intersection: Int, union: Int) {
    self.intersection = intersection
    self.union = union
  }

  /// The Jaccard similarity, intersection / union; 1 for two empty sets.
  public var jaccard: Double { union == 0 ? 1 : Double(intersection) / Double(union) }
}
