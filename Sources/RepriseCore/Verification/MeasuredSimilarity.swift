/// How similar two documents are, and whether that was counted or estimated.
public enum MeasuredSimilarity: Hashable, Sendable {
  /// Counted: the documents' shingle sets were compared.
  case exact(Similarity)
  /// Estimated: the documents' signatures were compared, which is no proof.
  case estimated(EstimatedSimilarity)

  /// The Jaccard similarity, or its estimate.
  public var jaccard: Double {
    switch self {
    case .exact(let similarity): similarity.jaccard
    case .estimated(let estimate): estimate.jaccard
    }
  }

  /// Whether this is an estimate.
  public var isEstimated: Bool {
    switch self {
    case .exact: false
    case .estimated: true
    }
  }
}

/// A similarity of two documents that their signatures estimate.
public struct EstimatedSimilarity: Hashable, Sendable {
  /// The slots that are equal in both signatures, less those expected to be equal by chance.
  public let equalSlots: Int
  /// The slots of a signature, at least one.
  public let slotCount: Int

  /// Creates an estimate from its two counts.
  public init(equalSlots: Int, slotCount: Int) {
    self.equalSlots = equalSlots
    self.slotCount = slotCount
  }

  /// The estimated Jaccard similarity.
  public var jaccard: Double { Double(equalSlots) / Double(slotCount) }
}
