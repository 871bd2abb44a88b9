internal import RepriseCore

extension UnfollowedRepeats {
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
}
