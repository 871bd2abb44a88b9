/// Tells words that differ in a few characters, as after bad print, from other words.
///
/// Each word has a set of its pairs of characters. Two words are similar if the sets have half of
/// their pairs in common, by the Dice coefficient: 2 |A and B| / (|A| + |B|).
struct PrintNoise {
  private let first: [UInt64]
  private let second: [UInt64]

  /// The longest gap in which words are compared, in tokens.
  private static let lengthLimit = 8

  /// Creates a comparison of two texts; nil if they were read without their letters.
  init?(_ first: PassageText, _ second: PassageText) {
    guard !first.letters.isEmpty, !second.letters.isEmpty else { return nil }
    self.first = first.letters
    self.second = second.letters
  }

  /// The number of tokens of the longer side of a gap that are similar to those of the other side.
  ///
  /// Tokens are compared in order, from the beginning of the gap or from its end. A word that is
  /// similar to two others together was divided.
  /// - Complexity: O(tokens).
  func similarCount(_ one: Range<Int>, _ other: Range<Int>) -> Int {
    let count = min(one.count, other.count)
    guard count > 0, max(one.count, other.count) <= Self.lengthLimit else { return 0 }
    if count == 1 && max(one.count, other.count) == 2 {
      let left = one.reduce(0) { $0 | first[$1] }
      let right = other.reduce(0) { $0 | second[$1] }
      if Self.isSimilar(left, right) { return 2 }
    }
    func matching(_ left: Int, _ right: Int) -> Int {
      var similar = 0
      for index in 0..<count
      where Self.isSimilar(first[left + index], second[right + index]) {
        similar += 1
      }
      return similar
    }
    let fromStart = matching(one.lowerBound, other.lowerBound)
    if one.count == other.count { return fromStart }
    return max(fromStart, matching(one.upperBound - count, other.upperBound - count))
  }

  /// The same for all gaps between matches.
  func similarCount(between matches: [Passage.Match]) -> Int {
    zip(matches, matches.dropFirst()).reduce(0) { count, pair in
      count
        + similarCount(
          pair.0.firstEnd..<pair.1.first, pair.0.secondEnd..<pair.1.second)
    }
  }

  private static func isSimilar(_ left: UInt64, _ right: UInt64) -> Bool {
    let shared = (left & right).nonzeroBitCount
    return shared > 0 && 4 * shared >= left.nonzeroBitCount + right.nonzeroBitCount
  }
}
