/// The digests of documents' signatures: what is known of a document without reading it again.
public struct SignatureScreen: Sendable {
  private let digest: SignatureDigest
  private let words: [UInt64]
  private let places: [UInt32]
  private let wordsPerDocument: Int
  private let slotCount: Int
  private let limit: Int

  /// Creates a screen.
  /// - Parameters:
  ///   - digest: what the words hold of each slot.
  ///   - words: the digests.
  ///   - places: the place of each document's digest among them.
  ///   - slotCount: the slots of a signature.
  ///   - threshold: the similarity that is wanted.
  public init(
    digest: SignatureDigest, words: [UInt64], places: [UInt32], slotCount: Int, threshold: Double
  ) {
    self.digest = digest
    self.words = words
    self.places = places
    self.slotCount = slotCount
    wordsPerDocument = digest.wordCount(slotCount: slotCount)
    limit = digest.differenceLimit(threshold: threshold, slotCount: slotCount)
  }

  /// False if the estimate lies more than three standard deviations below the threshold.
  public func mayReachThreshold(_ left: UInt32, _ right: UInt32) -> Bool {
    differingSlots(left, right) <= limit
  }

  /// The estimated similarity of two documents.
  public func estimate(_ left: UInt32, _ right: UInt32) -> EstimatedSimilarity {
    let jaccard = digest.similarity(
      differingSlots: differingSlots(left, right), slotCount: slotCount)
    let equal = Int((jaccard * Double(slotCount)).rounded())
    return EstimatedSimilarity(equalSlots: equal, slotCount: slotCount)
  }

  private func differingSlots(_ left: UInt32, _ right: UInt32) -> Int {
    let left = Int(places[Int(left)]) * wordsPerDocument
    let right = Int(places[Int(right)]) * wordsPerDocument
    let all = words.span
    return digest.differingSlots(
      all.extracting(left..<left + wordsPerDocument),
      all.extracting(right..<right + wordsPerDocument))
  }
}
