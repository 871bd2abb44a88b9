internal import RepriseCore
internal import RepriseCorpus

/// Verified pairs in the order in which they were added; if they are many, in a temporary file.
struct StoredPairs {
  private let folder: BytePath
  /// How the pairs were verified: what their numbers count.
  private let verification: ScanConfiguration.Verification
  private var file: TemporaryFile?
  private var numbers: [UInt32] = []
  private var places: [Range<UInt64>] = []

  private static let numbersPerPair = 4
  private static let bufferedCount = 1 << 18

  /// No pairs, for which a file may be made in a folder.
  init(in folder: BytePath, verifiedBy verification: ScanConfiguration.Verification) {
    self.folder = folder
    self.verification = verification
  }

  /// Adds pairs.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite`.
  mutating func append(_ pairs: [VerifiedPair]) throws(CorpusError) {
    for pair in pairs {
      let (shared, all) = pair.similarity.counts
      numbers += [pair.first, pair.second, shared, all]
    }
    if numbers.count >= Self.bufferedCount { try flush() }
  }

  /// Writes the pairs that are not in the file yet.
  private mutating func flush() throws(CorpusError) {
    let target: TemporaryFile
    if let file { target = file } else { target = try TemporaryFile(in: folder) }
    file = target
    places.append(try target.append(numbers))
    numbers.removeAll(keepingCapacity: true)
  }

  /// The number of pieces that the pairs are stored in.
  var pieceCount: Int { places.count + (numbers.isEmpty ? 0 : 1) }

  /// The pairs of a piece.
  ///
  /// - Throws: `cannotRead`.
  func pairs(_ piece: Int) throws(CorpusError) -> [VerifiedPair] {
    let stored = piece < places.count ? try file?.numbers(at: places[piece]) ?? [] : numbers
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
  /// What was counted of both documents together, shingles or slots, and of either.
  var counts: (shared: UInt32, all: UInt32) {
    switch self {
    case .exact(let exact): (UInt32(clamping: exact.intersection), UInt32(clamping: exact.union))
    case .estimated(let estimate):
      (UInt32(clamping: estimate.equalSlots), UInt32(clamping: estimate.slotCount))
    }
  }

  /// The similarity with these counts.
  init(counts: (shared: UInt32, all: UInt32), by verification: ScanConfiguration.Verification) {
    let (shared, all) = (Int(counts.shared), Int(counts.all))
    switch verification {
    case .exact: self = .exact(Similarity(intersection: shared, union: all))
    case .signature: self = .estimated(EstimatedSimilarity(equalSlots: shared, slotCount: all))
    }
  }
}
