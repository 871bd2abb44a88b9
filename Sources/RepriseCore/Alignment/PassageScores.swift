/// The scores that decide where a passage with edits begins and ends.
///
/// A passage is found in two steps. First, matches are joined and extended as long as they outweigh
/// the edits between them by a lenient score, so that a cluster of edits does not split a passage.
/// If the whole is then below the minimum identity, the strict score is used, by which every
/// beginning and every end of a passage has that identity.
struct PassageScores: Hashable, Sendable {
  /// The score of a matching token.
  let match: Int
  /// The cost of a token of the longer side that does not match.
  let unmatched: Int
  /// The maximum cost of a short gap: a dropped sentence, a header, one line that is different.
  let gapCost: Int

  /// The length of the longest gap whose cost is limited, in tokens.
  static let gapLength = 40

  /// The score by which passages of an identity are joined and extended: an unmatched token costs 3
  /// matches, 2 below an identity of 0.9, one and a half below 0.75, 1 below 0.6.
  ///
  /// Texts that have nothing to do with each other match in up to two of five tokens, so the cost is
  /// at least 1; a higher cost makes the ends more exact.
  static func lenient(identity: Double) -> PassageScores {
    let (match, unmatched) =
      identity >= 0.9 ? (1, 3) : identity >= 0.75 ? (1, 2) : identity >= 0.6 ? (2, 3) : (1, 1)
    return PassageScores(match: match, unmatched: unmatched, gapCost: 24 * match)
  }

  /// The score that is at least 0 just for spans of an identity.
  static func strict(identity: Double) -> PassageScores {
    let unmatched = Int((1000 * identity).rounded())
    // No number of matches makes up for a difference.
    if unmatched == 1000 { return PassageScores(match: 1, unmatched: 1 << 30, gapCost: .max) }
    return PassageScores(match: 1000 - unmatched, unmatched: unmatched, gapCost: .max)
  }

  /// The cost of the tokens of a gap that do not match, where `count` tokens of its longer side, of
  /// `length` tokens, do not.
  func cost(unmatched count: Int, ofGap length: Int) -> Int {
    let cost = unmatched * count
    return length <= Self.gapLength ? min(cost, gapCost) : cost
  }
}
