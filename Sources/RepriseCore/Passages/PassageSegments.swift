/// The parts of chains that may be passages, extended at both ends by the same scores.
struct PassageSegments {
  private let first: [UInt64]
  private let second: [UInt64]
  private let isOneDocument: Bool
  private let segments: ChainSegments
  private var ends: PassageEnds

  init(
    _ first: PassageText, _ second: PassageText, _ scores: PassageScores, isOneDocument: Bool,
    noise: PrintNoise?
  ) {
    self.first = first.tokens
    self.second = second.tokens
    self.isOneDocument = isOneDocument
    segments = ChainSegments(scores, noise: noise)
    ends = PassageEnds(self.first, self.second, scores, noise: noise)
  }

  /// The tokens of the second document over which some segments were not extended, because too many
  /// others were.
  var unfollowed: TokenRanges { ends.unfollowed }

  /// The matches of each segment of a chain, ascending in both documents.
  mutating func segments(of chain: [MatchChains.Element]) -> [[Passage.Match]] {
    segments.matches(in: chain, first, second).map {
      ends.extended($0, isOneDocument: isOneDocument)
    }
  }
}
