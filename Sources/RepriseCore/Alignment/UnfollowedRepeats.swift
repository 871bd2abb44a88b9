/// Repeats that were found but not followed, because too many others overlap them.
package struct UnfollowedRepeats: Sendable {
  /// The document that comes first in keep order.
  package let first: UInt32
  /// The second document, or the same one.
  package let second: UInt32
  /// The tokens of the second document that are concerned.
  let tokens: TokenRanges

  /// The number of tokens of the second document that are in none of some passages of the two
  /// documents.
  /// - Complexity: O(n log n) for n repeats and passages.
  package func tokenCount(outside passages: [Passage]) -> Int {
    gaps(outside: TokenRanges(passages.map(\.secondTokens))).reduce(0) { $0 + $1.count }
  }

  /// The tokens that are not in a set, without spans too short to be a match.
  package func gaps(outside decided: TokenRanges) -> [Range<Int>] {
    tokens.ranges.flatMap { decided.gaps(in: $0) }.filter { $0.count >= PassageRules.gramWords }
  }
}
