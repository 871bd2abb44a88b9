/// Finds the passages that two documents share, given the links between them.
package struct PassageFinder: Sendable {
  private let rules: PassageRules
  private let lenientScores: PassageScores
  private let strictScores: PassageScores

  /// The passages of two documents.
  package struct Result: Sendable {
    /// The passages of at least the minimum length, ordered by their tokens in the second document.
    ///
    /// None contains another.
    package let passages: [Passage]
    /// The passages whose fragments have a different order in the second document.
    package let reordered: [ReorderedPassage]
    /// The maximal runs of equal tokens of at least the minimum length, ordered by their tokens in
    /// the second document.
    package let runs: [Passage]
    /// The repeats that were not followed, if the documents repeat themselves too often.
    package let unfollowed: UnfollowedRepeats?
  }

  /// Whether cuts need more than the ends of repeats within a document.
  ///
  /// A log has very many matches in them.
  private var keepsMatchesOfRepeats: Bool {
    rules.cuts.mode == .edited && rules.cuts.cutsRepeats
  }

  /// Creates a finder of passages of the minimum length that the rules give.
  package init(rules: PassageRules) {
    self.rules = rules
    lenientScores = .lenient(identity: rules.minimumIdentity)
    strictScores = .strict(identity: rules.minimumIdentity)
  }

  /// Returns false if the links alone show that there is no passage: a single phrase between
  /// different words.
  ///
  /// Most pairs of documents are rejected in this way without reading them.
  package static func isWorthReading(_ links: ArraySlice<PassageLink>) -> Bool {
    if links.contains(where: { $0.mayBeLong }) { return true }
    let seeds = links.filter { $0.isSeed }
    if SeedChain.exists(in: seeds) { return true }
    let others = seeds.isEmpty ? Array(links) : links.filter { !$0.isSeed }
    let sorted = others.sorted { $0.secondPosition < $1.secondPosition }
    return zip(sorted, sorted.dropFirst()).contains { left, right in
      let distance = right.secondPosition - left.secondPosition
      return distance > 0 && distance <= GapAlignment.limit
        && abs(right.shift - left.shift) <= MatchChains.shiftLimit
    }
  }

  /// Finds the passages of two documents, or of one document with itself.
  /// - Parameters:
  ///   - links: the links between these two documents.
  ///   - first: the tokens of the first document.
  ///   - second: the tokens of the second document, or again those of the first.
  /// - Returns: the passages, and the repeats that were not followed.
  /// - Complexity: O(n log n) for n links, and linear in the texts.
  package func passages(
    _ links: ArraySlice<PassageLink>, _ first: PassageText, _ second: PassageText
  ) -> Result {
    guard let pair = links.first else {
      return Result(passages: [], reordered: [], runs: [], unfollowed: nil)
    }
    let isOneDocument = pair.first == pair.second
    let (left, right) = (first.tokens, second.tokens)
    let exactMatches = ExactMatches(
      links, left, right, isOneDocument: isOneDocument, minimumWords: rules.minimumWords
    ).matches
    let noise = PrintNoise(first, second)
    let minimumWeight = rules.hasSeeds ? ReorderedPassages.minimumWeight : 0
    var lenient = PassageSegments(
      first, second, lenientScores, isOneDocument: isOneDocument, noise: noise,
      minimumWeight: minimumWeight)
    var strict = PassageSegments(
      first, second, strictScores, isOneDocument: isOneDocument, noise: noise,
      minimumWeight: minimumWeight)
    var found: [Passage] = []
    var fragments: [ReorderedPassages.Fragment] = []
    for chain in MatchChains(exactMatches, isOneDocument: isOneDocument).chains {
      var segments = lenient.segments(of: chain)
      let count = segments.count
      segments.removeAll { !hasMinimumIdentity($0, noise) }
      if segments.count < count { segments += strict.segments(of: chain) }
      for segment in segments {
        let words = words(segment, first.weights, second.weights)
        guard words.shorter >= rules.minimumWords else {
          if rules.hasSeeds && !isOneDocument {
            fragments.append(.init(matches: segment, weight: 2 * words.matching))
          }
          continue
        }
        let passage = Passage(
          first: pair.first, second: pair.second, matches: segment, words: words.matching,
          similarCount: noise?.similarCount(between: segment) ?? 0)
        found.append(isOneDocument && !keepsMatchesOfRepeats ? passage.outline : passage)
      }
    }
    var open = lenient.unfollowed
    for range in strict.unfollowed.ranges { open.insert(range) }
    let unfollowed = UnfollowedRepeats(
      first: pair.first, second: pair.second, tokens: open)
    let passages = Self.withoutContained(found)
    return Result(
      passages: passages,
      reordered: ReorderedPassages(fragments, outside: passages, rules: rules).groups.map {
        ReorderedPassage(first: pair.first, second: pair.second, $0)
      },
      runs: runs(exactMatches, of: pair, second),
      unfollowed: open.count > 0 ? unfollowed : nil)
  }

  /// Finds only the maximal runs of equal tokens.
  ///
  /// Parameters and result are those of ``passages(_:_:_:)``.
  /// - Complexity: O(n log n) for n links, and linear in the texts.
  package func runs(
    _ links: ArraySlice<PassageLink>, _ first: PassageText, _ second: PassageText
  ) -> [Passage] {
    guard let pair = links.first else { return [] }
    let matches = ExactMatches(
      links, first.tokens, second.tokens, isOneDocument: pair.first == pair.second,
      minimumWords: rules.minimumWords
    ).matches
    return runs(matches, of: pair, second)
  }

  private func runs(
    _ matches: [Passage.Match], of pair: PassageLink, _ second: PassageText
  ) -> [Passage] {
    matches.compactMap { match in
      let words = second.weights.weight(match.second..<match.secondEnd) / 2
      guard words >= rules.minimumWords else { return nil }
      return Passage(first: pair.first, second: pair.second, matches: [match], words: words)
    }
  }

  private func hasMinimumIdentity(_ matches: [Passage.Match], _ noise: PrintNoise?) -> Bool {
    let (start, end) = (matches[0], matches[matches.count - 1])
    let longest = max(end.firstEnd - start.first, end.secondEnd - start.second)
    let similar = noise?.similarCount(between: matches) ?? 0
    let matching = Double(matches.reduce(0) { $0 + $1.count }) + Double(similar) / 2
    return matching >= rules.minimumIdentity * Double(longest)
  }

  /// The number of matching words, and the length of the shorter side in words.
  private func words(
    _ matches: [Passage.Match], _ first: TokenWeights, _ second: TokenWeights
  ) -> (matching: Int, shorter: Int) {
    let (start, end) = (matches[0], matches[matches.count - 1])
    let matching = matches.reduce(0) { $0 + second.weight($1.second..<$1.secondEnd) }
    let shorter = min(
      first.weight(start.first..<end.firstEnd), second.weight(start.second..<end.secondEnd))
    return (matching / 2, shorter / 2)
  }

  private static func withoutContained(_ passages: [Passage]) -> [Passage] {
    // The longest come first: a passage can only be contained in one that is at least as long.
    let sorted = passages.sorted { left, right in
      (right.matchCount, left.secondTokens.lowerBound, left.firstTokens.lowerBound)
        < (left.matchCount, right.secondTokens.lowerBound, right.firstTokens.lowerBound)
    }
    var kept: [Passage] = []
    for passage in sorted where !kept.prefix(256).contains(where: { $0.contains(passage) }) {
      kept.append(passage)
    }
    return kept.sorted {
      ($0.secondTokens.lowerBound, $0.firstTokens.lowerBound)
        < ($1.secondTokens.lowerBound, $1.firstTokens.lowerBound)
    }
  }
}
