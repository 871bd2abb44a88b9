/// Seeds that follow one another in two documents.
package enum SeedChain {
  /// The number of seeds that are followed: fewer are not a passage.
  package static let minimumCount = 3
  /// The maximum distance from the first to the last seed of a chain, in tokens.
  private static let length = 64
  /// The maximum difference between the two sides of a chain, in tokens.
  private static let width = 16

  /// Whether enough seeds follow one another without overlap.
  ///
  /// The links are those of seeds between two documents.
  ///
  /// - Complexity: O(n log n + n k) for n links, with k of them within the length of a chain.
  static func exists(in links: [PassageLink]) -> Bool {
    guard links.count >= minimumCount else { return false }
    let sorted = links.sorted {
      ($0.secondPosition, $0.firstPosition) < ($1.secondPosition, $1.firstPosition)
    }
    for (index, start) in sorted.enumerated() {
      var (last, count) = (start, 1)
      for next in sorted[(index + 1)...] {
        guard next.secondPosition <= start.secondPosition + UInt32(length) else { break }
        guard abs(next.shift - start.shift) <= width,
          next.secondPosition >= last.secondPosition + UInt32(SeedGrams.words),
          next.firstPosition >= last.firstPosition + UInt32(SeedGrams.words)
        else { continue }
        (last, count) = (next, count + 1)
        if count == minimumCount { return true }
      }
    }
    return false
  }
}
