/// A passage that stays in one document, and its copies that are cut elsewhere.
public struct PassageGroup: Hashable, Sendable {
  /// The document that keeps the passage, by its place in keep order.
  public var document: UInt32
  /// The tokens that stay there.
  public var tokens: Range<Int>
  /// The copies: the cuts' places in ``CutPlan/cuts``.
  public var copies: [Int]

  /// Puts cuts whose kept sides are mostly the same into one group.
  /// - Returns: groups in keep order of the kept document, then by tokens.
  /// - Complexity: O(n log n) for n cuts.
  public static func groups(of cuts: [Passage]) -> [PassageGroup] {
    let order = cuts.indices.sorted { left, right in
      let (one, other) = (cuts[left], cuts[right])
      return (one.first, one.firstTokens.lowerBound, other.firstTokens.upperBound, left)
        < (other.first, other.firstTokens.lowerBound, one.firstTokens.upperBound, right)
    }
    var groups: [PassageGroup] = []
    for index in order {
      let tokens = cuts[index].firstTokens
      let document = cuts[index].first
      // Groups are looked at as far back as passages of one place may begin before another.
      let recent = groups.indices.suffix(16)
      if let group = recent.last(where: { groups[$0].isMostly(document, tokens) }) {
        groups[group].copies.append(index)
        groups[group].tokens = groups[group].tokens.union(tokens)
      } else {
        groups.append(PassageGroup(document: document, tokens: tokens, copies: [index]))
      }
    }
    return groups
  }

  /// True if at least half of the longer of both is common.
  private func isMostly(_ document: UInt32, _ tokens: Range<Int>) -> Bool {
    guard document == self.document else { return false }
    return 2 * tokens.clamped(to: self.tokens).count >= max(tokens.count, self.tokens.count)
  }
}

extension Range<Int> {
  fileprivate func union(_ other: Range<Int>) -> Range<Int> {
    Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
  }
}
