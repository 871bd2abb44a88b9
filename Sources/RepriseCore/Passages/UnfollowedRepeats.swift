/// Repeats that were found but not followed, because too many others overlap them.
package struct UnfollowedRepeats: Sendable {
  /// The document that comes first in keep order.
  package let first: UInt32
  /// The second document, or the same one.
  package let second: UInt32
  /// The tokens of the second document that are concerned.
  let tokens: TokenRanges

  /// A document in which repeats are not reported because they were not followed.
  package struct Remainder: Sendable {
    /// The document, by its rank in keep order.
    package let document: UInt32
    /// The first document, in keep order, that it shares such repeats with.
    package let first: UInt32
    /// The number of tokens concerned.
    package let tokenCount: Int
  }

  /// Finds the tokens of unfollowed repeats that are in no passage and in no run.
  /// - Returns: the documents with such tokens, in keep order.
  /// - Complexity: O(passages and runs + n log n) for n repeats.
  package static func remainders(_ repeats: [Self], outside found: [PassageList]) -> [Remainder] {
    let sorted = repeats.sorted { ($0.second, $0.first) < ($1.second, $1.first) }
    var decided: [UInt32: TokenRanges] = [:]
    for unfollowed in sorted { decided[unfollowed.second] = TokenRanges() }
    for passages in found where !sorted.isEmpty {
      for index in passages.indices {
        let (first, second) = passages.documents(at: index)
        decided[first]?.insert(passages.firstTokens(at: index))
        decided[second]?.insert(passages.secondTokens(at: index))
      }
    }
    var remainders: [Remainder] = []
    var rest = sorted[...]
    while let first = rest.first, let decided = decided[first.second] {
      var open = TokenRanges()
      while let next = rest.first, next.second == first.second {
        for gap in next.gaps(outside: decided) { open.insert(gap) }
        rest.removeFirst()
      }
      guard open.count > 0 else { continue }
      remainders.append(
        Remainder(document: first.second, first: first.first, tokenCount: open.count))
    }
    return remainders
  }

  /// The number of tokens of the second document that are in none of some passages of the two
  /// documents.
  /// - Complexity: O(n log n) for n repeats and passages.
  package func tokenCount(outside passages: [Passage]) -> Int {
    gaps(outside: TokenRanges(passages.map(\.secondTokens))).reduce(0) { $0 + $1.count }
  }

  /// The tokens that are not in a set, without spans too short to be a match.
  private func gaps(outside decided: TokenRanges) -> [Range<Int>] {
    tokens.ranges.flatMap { decided.gaps(in: $0) }.filter { $0.count >= PassageRules.gramWords }
  }
}
