/// The similarity of two documents, counted or estimated.
package enum MeasuredSimilarity: Hashable, Sendable {
  /// Counted: the shingle sets of the documents were compared.
  case exact(Similarity)
  /// Estimated from the signatures of the documents, which does not prove the similarity.
  case estimated(EstimatedSimilarity)

  /// The Jaccard similarity, or its estimate.
  package var jaccard: Double {
    switch self {
    case .exact(let similarity): similarity.jaccard
    case .estimated(let estimate): estimate.jaccard
    }
  }

  /// Whether this is an estimate.
  package var isEstimated: Bool {
    switch self {
    case .exact: false
    case .estimated: true
    }
  }
}

/// The similarity of two documents as their signatures estimate it.
package struct EstimatedSimilarity: Hashable, Sendable {
  /// The number of equal slots, less those expected to be equal by chance.
  package let equalSlots: Int
  /// The number of slots in a signature, at least 1.
  package let slotCount: Int

  /// Creates an estimate from its two counts.
  package init(equalSlots: Int, slotCount: Int) {
    self.equalSlots = equalSlots
    self.slotCount = slotCount
  }

  /// The estimated Jaccard similarity.
  package var jaccard: Double { Double(equalSlots) / Double(slotCount) }
}
