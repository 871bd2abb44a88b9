internal import RepriseCore

/// Verified pairs in the order in which they were added, in memory or, if there are many, in a
/// temporary file.
package struct StoredPairs {
  private let spill: SpillSpace
  /// How the pairs were verified, and so the unit of their counts: shingles or slots.
  package let verification: VerificationMethod
  private var file: (any SpillFile)?
  private var numbers: [UInt32] = []
  private var places: [Range<UInt64>] = []

  private static let numbersPerPair = 4
  private static let bufferedCount = 1 << 18

  /// Creates an empty list, whose temporary file is in the given space if one is needed.
  package init(_ spill: SpillSpace, verifiedBy verification: VerificationMethod) {
    self.spill = spill
    self.verification = verification
  }

  /// Adds pairs.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite`.
  package mutating func append(_ pairs: [VerifiedPair]) throws(EngineError) {
    for pair in pairs {
      let (shared, all) = pair.similarity.counts
      numbers += [pair.first, pair.second, shared, all]
    }
    if numbers.count >= Self.bufferedCount && spill.exists { try flush() }
  }

  /// Writes the buffered pairs to the file.
  private mutating func flush() throws(EngineError) {
    let target: any SpillFile
    if let file { target = file } else { target = try spill.makeFile() }
    file = target
    places.append(try target.write(numbers))
    numbers.removeAll(keepingCapacity: true)
  }

  /// The number of pieces in which the pairs are stored.
  package var pieceCount: Int { places.count + (numbers.isEmpty ? 0 : 1) }

  /// Returns the pairs of a piece.
  ///
  /// - Throws: `cannotRead`.
  package func pairs(_ piece: Int) throws(EngineError) -> [VerifiedPair] {
    let stored = piece < places.count ? try file?.read(places[piece]) ?? [] : numbers
    var pairs: [VerifiedPair] = []
    pairs.reserveCapacity(stored.count / Self.numbersPerPair)
    for start in stride(from: 0, to: stored.count, by: Self.numbersPerPair) {
      let similarity = MeasuredSimilarity(
        counts: (stored[start + 2], stored[start + 3]), by: verification)
      pairs.append(
        VerifiedPair(first: stored[start], second: stored[start + 1], similarity: similarity))
    }
    return pairs
  }
}

extension MeasuredSimilarity {
  /// The two counts: shingles of both documents and of either, or equal slots and all slots.
  package var counts: (shared: UInt32, all: UInt32) {
    switch self {
    case .exact(let exact): (UInt32(clamping: exact.intersection), UInt32(clamping: exact.union))
    case .estimated(let estimate):
      (UInt32(clamping: estimate.equalSlots), UInt32(clamping: estimate.slotCount))
    }
  }

  /// Creates a similarity from its counts.
  package init(counts: (shared: UInt32, all: UInt32), by verification: VerificationMethod) {
    let (shared, all) = (Int(counts.shared), Int(counts.all))
    switch verification {
    case .exact: self = .exact(Similarity(intersection: shared, union: all))
    case .signature: self = .estimated(EstimatedSimilarity(equalSlots: shared, slotCount: all))
    }
  }
}
