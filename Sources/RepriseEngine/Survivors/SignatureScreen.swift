internal import RepriseCore

/// Rejects or estimates pairs by the b-bit signatures of documents, without reading them again.
package struct SignatureScreen: Sendable {
  private let bBitSignature: BBitSignature
  private let words: [UInt64]
  private let places: [UInt32]
  private let wordsPerDocument: Int
  private let slotCount: Int
  private let limit: Int

  /// Creates a screen.
  /// - Parameters:
  ///   - bBitSignature: the number of bits stored of each slot.
  ///   - words: the b-bit signatures, one after another.
  ///   - places: the index of each document's b-bit signature among them.
  ///   - slotCount: the number of slots in a signature.
  ///   - threshold: the minimum Jaccard similarity of a verified pair.
  package init(
    bBitSignature: BBitSignature, words: [UInt64], places: [UInt32], slotCount: Int,
    threshold: Double
  ) {
    self.bBitSignature = bBitSignature
    self.words = words
    self.places = places
    self.slotCount = slotCount
    wordsPerDocument = bBitSignature.wordCount(slotCount: slotCount)
    limit = bBitSignature.differenceLimit(threshold: threshold, slotCount: slotCount)
  }

  /// Returns false if the estimate is more than three standard deviations below the threshold.
  package func mayReachThreshold(_ left: UInt32, _ right: UInt32) -> Bool {
    differingSlots(left, right) <= limit
  }

  /// The estimated similarity of two documents.
  /// - Complexity: O(slots).
  package func estimate(_ left: UInt32, _ right: UInt32) -> EstimatedSimilarity {
    let jaccard = bBitSignature.similarity(
      differingSlots: differingSlots(left, right), slotCount: slotCount)
    let equal = Int((jaccard * Double(slotCount)).rounded())
    return EstimatedSimilarity(equalSlots: equal, slotCount: slotCount)
  }

  private func differingSlots(_ left: UInt32, _ right: UInt32) -> Int {
    let left = Int(places[Int(left)]) * wordsPerDocument
    let right = Int(places[Int(right)]) * wordsPerDocument
    let all = words.span
    return bBitSignature.differingSlots(
      all.extracting(left..<left + wordsPerDocument),
      all.extracting(right..<right + wordsPerDocument))
  }
}
