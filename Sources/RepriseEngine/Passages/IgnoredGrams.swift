internal import RepriseCore

/// The grams of texts that the user wants to be ignored, such as licence headers.
package struct IgnoredGrams: Sendable {
  private var grams: Set<UInt64> = []

  /// The number of tokens in a gram.
  private static let tokenCount = PassageRules.gramWords

  /// Creates a set without grams.
  package init() {}

  /// True if no text was added.
  package var isEmpty: Bool { grams.isEmpty }

  /// Adds all grams of a text.
  /// - Complexity: O(tokens).
  package mutating func add(_ text: PassageText) {
    Self.forEachGram(text) { _, gram in grams.insert(gram) }
  }

  /// The tokens of a text that are in one of the grams, as ascending ranges.
  /// - Complexity: O(tokens).
  package func ranges(in text: PassageText) -> [Range<Int>] {
    guard !isEmpty else { return [] }
    var ranges: [Range<Int>] = []
    Self.forEachGram(text) { start, gram in
      guard grams.contains(gram) else { return }
      let end = start + Self.tokenCount
      if let last = ranges.last, last.upperBound >= start {
        ranges[ranges.count - 1] = last.lowerBound..<end
      } else {
        ranges.append(start..<end)
      }
    }
    return ranges
  }

  /// A text of fewer tokens than a gram has none.
  private static func forEachGram(_ text: PassageText, _ body: (Int, UInt64) -> Void) {
    let tokens = text.tokens
    guard tokens.count >= tokenCount else { return }
    for start in 0...tokens.count - tokenCount {
      // Multiplication by an odd number and rotation keep the order of the tokens in the hash.
      var hash: UInt64 = 0
      for token in tokens[start..<start + tokenCount] {
        hash = (hash ^ token) &* 0x9E37_79B9_7F4A_7C15
        hash ^= hash >> 29
      }
      body(start, hash)
    }
  }
}
