/// The similarity of two documents, counted or estimated.
public enum MeasuredSimilarity: Hashable, Sendable {
  /// Counted: the shingle sets of the documents were compared.
  case exact(Similarity)
  /// Estimated from the signatures of the documents, which does not prove the similarity.
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

/// The similarity of two documents as their signatures estimate it.
public struct EstimatedSimilarity: Hashable, Sendable {
  /// The number of equal slots, less those expected to be equal by chance.
  public let equalSlots: Int
  /// The number of slots in a signature, at least 1.
  public let slotCount: Int

  /// Creates an estimate from its two counts.
  public init(equalSlots: Int, slotCount: Int) {
    self.equalSlots = equalSlots
    self.slotCount = slotCount
  }

  /// The estimated Jaccard similarity.
  public var jaccard: Double { Double(equalSlots) / Double(slotCount) }
}
