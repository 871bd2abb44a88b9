/// The parts of chains that may be passages, extended at both ends by the same scores.
///
/// Segments below a minimum weight are left out: a single seed is often a common phrase.
struct PassageSegments {
  private let first: [UInt64]
  private let second: [UInt64]
  private let isOneDocument: Bool
  private let segments: ChainSegments
  private let weights: TokenWeights
  private let minimumWeight: Int
  private var ends: PassageEnds

  init(
    _ first: PassageText, _ second: PassageText, _ scores: PassageScores, isOneDocument: Bool,
    noise: PrintNoise?, minimumWeight: Int
  ) {
    weights = second.weights
    self.minimumWeight = minimumWeight
    self.first = first.tokens
    self.second = second.tokens
    self.isOneDocument = isOneDocument
    segments = ChainSegments(scores, noise: noise)
    ends = PassageEnds(first, second, scores, noise: noise)
  }

  /// The tokens of the second document over which some segments were not extended, because too many
  /// others were.
  var unfollowed: TokenRanges { ends.unfollowed }

  /// The matches of each segment of a chain that is long enough, ascending in both documents.
  mutating func segments(of chain: [MatchChains.Element]) -> [[Passage.Match]] {
    var result: [[Passage.Match]] = []
    for segment in segments.matches(in: chain, first, second) where isLongEnough(segment) {
      result.append(ends.extended(segment, isOneDocument: isOneDocument))
    }
    return result
  }

  private func isLongEnough(_ matches: [Passage.Match]) -> Bool {
    var weight = 0
    for match in matches {
      weight += weights.weight(match.second..<match.secondEnd)
      if weight >= minimumWeight { return true }
    }
    return false
  }
}
