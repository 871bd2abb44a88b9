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

  /// The score by which passages of an identity are joined and extended.
  ///
  /// Texts that have nothing to do with each other match in up to two of five tokens, so at least
  /// one unmatched token in two is needed, and more exact ends need a higher cost.
  static func lenient(identity: Double) -> PassageScores {
    let cost = max(1, min(3, Int(identity / (1 - identity + 1e-9) + 1e-6)))
    return PassageScores(match: 1, unmatched: cost, gapCost: 24)
  }

  /// The score that is at least 0 just for spans of an identity.
  static func strict(identity: Double) -> PassageScores {
    let unmatched = Int((1000 * identity).rounded())
    return PassageScores(match: 1000 - unmatched, unmatched: unmatched, gapCost: .max)
  }

  /// The cost of the tokens of a gap that do not match, where `count` tokens of its longer side, of
  /// `length` tokens, do not.
  func cost(unmatched count: Int, ofGap length: Int) -> Int {
    let cost = unmatched * count
    return length <= Self.gapLength ? min(cost, gapCost) : cost
  }
}
