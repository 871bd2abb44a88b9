/// A passage that is kept in one document, and its copies, which are cut.
public struct PassageGroup: Hashable, Sendable {
  /// The document that keeps the passage, by its rank in keep order.
  public var document: UInt32
  /// The tokens of the kept occurrence.
  public var tokens: Range<Int>
  /// The copies, as indices in ``CutPlan/cuts``.
  public var copies: [Int]

  /// Groups cuts whose kept sides are mostly equal.
  /// - Returns: groups in keep order of the document that keeps the passage, then by its tokens.
  /// - Complexity: O(n log n) for n cuts.
  public static func groups(of cuts: PassageList) -> [PassageGroup] {
    var order = cuts.indices.map { index in
      // Positions are below 2^30.
      let tokens = cuts.firstTokens(at: index)
      let document = cuts.documents(at: index).first
      return (document, UInt32(tokens.lowerBound), UInt32(tokens.upperBound), UInt32(index))
    }
    order.sort { left, right in
      (left.0, left.1, right.2, left.3) < (right.0, right.1, left.2, right.3)
    }
    var groups: [PassageGroup] = []
    for (document, start, end, place) in order {
      let (index, tokens) = (Int(place), Int(start)..<Int(end))
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

  /// Whether the tokens and this group share at least half of the longer of both.
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
