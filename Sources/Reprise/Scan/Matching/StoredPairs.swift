internal import RepriseCore
internal import RepriseCorpus

/// Verified pairs in a temporary file, in the order in which they were added.
struct StoredPairs {
  private let file: SpoolFile
  private var numbers: [UInt32] = []
  private var places: [Range<UInt64>] = []

  private static let numbersPerPair = 4
  private static let bufferedCount = 1 << 18

  /// Makes the file in a folder.
  ///
  /// - Throws: `cannotOpen`.
  init(in folder: FilePath) throws(CorpusError) { file = try SpoolFile(in: folder) }

  /// Adds pairs.
  ///
  /// - Throws: `cannotWrite`.
  mutating func append(_ pairs: [VerifiedPair]) throws(CorpusError) {
    for pair in pairs {
      numbers += [
        pair.first, pair.second, UInt32(clamping: pair.similarity.intersection),
        UInt32(clamping: pair.similarity.union),
      ]
    }
    if numbers.count >= Self.bufferedCount { try flush() }
  }

  /// Writes the pairs that are not in the file yet.
  ///
  /// - Throws: `cannotWrite`.
  mutating func flush() throws(CorpusError) {
    guard !numbers.isEmpty else { return }
    places.append(try file.append(numbers))
    numbers.removeAll(keepingCapacity: true)
  }

  /// The number of pieces that the pairs are stored in.
  var pieceCount: Int { places.count }

  /// The pairs of a piece.
  ///
  /// - Throws: `cannotRead`.
  func pairs(_ piece: Int) throws(CorpusError) -> [VerifiedPair] {
    let stored = try file.numbers(at: places[piece])
    var pairs: [VerifiedPair] = []
    pairs.reserveCapacity(stored.count / Self.numbersPerPair)
    for start in stride(from: 0, to: stored.count, by: Self.numbersPerPair) {
      let similarity = Similarity(
        intersection: Int(stored[start + 2]), union: Int(stored[start + 3]))
      pairs.append(
        VerifiedPair(first: stored[start], second: stored[start + 1], similarity: similarity))
    }
    return pairs
  }
}
