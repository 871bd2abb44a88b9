internal import RepriseCore

extension CutPlan {
  /// Finds trimmed documents of which one other document has nearly all words that the cuts leave,
  /// as a second scan does.
  ///
  /// - Parameters:
  ///   - others: documents without cuts that are compared, too.
  ///   - share: the minimum share of the tokens that are left; 0 to find nothing.
  ///   - tokenCount: returns the number of tokens of a document.
  ///   - mayBeDropped: whether a document may be dropped.
  ///   - isReference: whether a document is a reference, which no other document replaces.
  /// - Returns: the documents, with the share of what is left of them.
  /// - Complexity: O(n log n) for n candidates and seams.
  package func containedRemainders(
    with others: Set<UInt32>, share: Double, tokenCount: (UInt32) -> Int,
    mayBeDropped: (UInt32) -> Bool, isReference: (UInt32) -> Bool
  ) -> Containment {
    guard share > 0, !cutTokens.isEmpty || !others.isEmpty else {
      return Containment(PassageList(), share: 0, tokenCount: tokenCount) { _ in false }
    }
    let left = remainders(tokenCount: tokenCount).remaining
    return Containment(
      runsLeft(in: left, with: others), share: share,
      tokenCount: { left[$0]?.count ?? tokenCount($0) },
      mayBeDropped: mayBeDropped, isReference: isReference)
  }

  /// What is left when the cuts are made, also of documents that only this drops.
  ///
  /// - Parameter tokenCount: returns the number of tokens of a document.
  /// - Returns: the corpus without what is cut.
  /// - Complexity: O(n log n) for n cuts.
  package func remainders(tokenCount: (UInt32) -> Int) -> CutCorpus {
    var remaining: [UInt32: RemainingTokens] = [:]
    for (document, cut) in cutTokens {
      remaining[document] = RemainingTokens(
        cut, tokenCount: tokenCount(document), tokensPerWord: 1)
    }
    return CutCorpus(remaining: remaining, rules: rules)
  }

  /// The runs that trimmed documents still share with others, in the positions that the cuts leave.
  private func runsLeft(
    in left: [UInt32: RemainingTokens], with others: Set<UInt32>
  ) -> PassageList {
    func isCompared(_ document: UInt32) -> Bool {
      left[document] != nil || others.contains(document)
    }
    var runs = PassageList()
    for list in [passages(as: .candidate), passages(as: .seam)] {
      for index in list.indices {
        let (first, second) = list.documents(at: index)
        guard first != second, isCompared(first) || isCompared(second),
          isLeft(first), isLeft(second)
        else { continue }
        for run in self.runs(of: list[index], left[first], left[second]) { runs.append(run) }
      }
    }
    return runs
  }

  /// Whether a document is not dropped, or only because it is contained.
  private func isLeft(_ document: UInt32) -> Bool {
    switch vanished[document] {
    case nil, .contained: true
    case .repeated, .remnant, .near: false
    }
  }

  /// The parts of a passage that are cut in neither document, if they have the minimum length with
  /// those that they touch.
  private func runs(
    of passage: Passage, _ first: RemainingTokens?, _ second: RemainingTokens?
  ) -> [Passage] {
    var parts: [Passage.Match] = []
    for match in passage.matches {
      let cut = (first: cutTokens[passage.first], second: cutTokens[passage.second])
      for one in cut.first?.gaps(in: match.first..<match.firstEnd)
        ?? [match.first..<match.firstEnd]
      {
        let start = match.second + one.lowerBound - match.first
        let range = start..<start + one.count
        for other in cut.second?.gaps(in: range) ?? [range] {
          let token = one.lowerBound + other.lowerBound - start
          guard let left = first.map({ $0.position(ofToken: token) }) ?? token,
            let right = second.map({ $0.position(ofToken: other.lowerBound) }) ?? other.lowerBound
          else { continue }
          parts.append(Passage.Match(first: left, second: right, count: other.count))
        }
      }
    }
    return parts.joined.compactMap { part in
      let words = (passage.words * part.count + passage.matchCount - 1) / passage.matchCount
      guard words >= rules.minimumWords else { return nil }
      return Passage(
        first: passage.first, second: passage.second, matches: [part], words: words)
    }
  }
}
