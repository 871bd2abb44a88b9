/// Finds the passages that two documents share, given the links between them.
public struct PassageFinder: Sendable {
  private let rules: PassageRules

  /// The passages of two documents.
  public struct Result: Sendable {
    /// The passages of at least the minimum length, ordered by their tokens in the second document.
    ///
    /// None contains another.
    public let passages: [Passage]
    /// The maximal runs of equal tokens of at least the minimum length, ordered by their tokens in
    /// the second document.
    public let runs: [Passage]
    /// The repeats that were not followed, if the documents repeat themselves too often.
    public let unfollowed: UnfollowedRepeats?
  }

  /// Whether cuts need more than the ends of repeats within a document.
  ///
  /// A log has very many matches in them.
  private var keepsMatchesOfRepeats: Bool {
    rules.cuts.mode == .edited && rules.cuts.cutsRepeats
  }

  /// Creates a finder of passages of the minimum length that the rules give.
  public init(rules: PassageRules) { self.rules = rules }

  /// Returns false if the links alone show that there is no passage: a single phrase between
  /// different words.
  ///
  /// Most pairs of documents are rejected in this way without reading them.
  public static func isWorthReading(_ links: ArraySlice<PassageLink>) -> Bool {
    if links.contains(where: \.mayBeLong) { return true }
    let sorted = links.sorted { $0.secondPosition < $1.secondPosition }
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
  public func passages(
    _ links: ArraySlice<PassageLink>, _ first: PassageText, _ second: PassageText
  ) -> Result {
    guard let pair = links.first else { return Result(passages: [], runs: [], unfollowed: nil) }
    let isOneDocument = pair.first == pair.second
    let (left, right) = (first.tokens, second.tokens)
    let exactMatches = ExactMatches(
      links, left, right, isOneDocument: isOneDocument, minimumWords: rules.minimumWords
    ).matches
    var ends = PassageEnds(left, right)
    var found: [Passage] = []
    for chain in MatchChains(exactMatches, isOneDocument: isOneDocument).chains {
      for segment in ScoringSegments.passages(in: chain, left, right) {
        let matches = ends.extended(segment, isOneDocument: isOneDocument)
        let weight = matches.reduce(0) { $0 + second.weights.weight($1.second..<$1.secondEnd) }
        guard weight >= 2 * rules.minimumWords else { continue }
        let passage = Passage(
          first: pair.first, second: pair.second, matches: matches, words: weight / 2)
        found.append(isOneDocument && !keepsMatchesOfRepeats ? passage.outline : passage)
      }
    }
    let unfollowed = UnfollowedRepeats(
      first: pair.first, second: pair.second, tokens: ends.unfollowed)
    return Result(
      passages: Self.withoutContained(found),
      runs: exactMatches.compactMap { match in
        let words = second.weights.weight(match.second..<match.secondEnd) / 2
        guard words >= rules.minimumWords else { return nil }
        return Passage(first: pair.first, second: pair.second, matches: [match], words: words)
      },
      unfollowed: ends.unfollowed.count > 0 ? unfollowed : nil)
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
