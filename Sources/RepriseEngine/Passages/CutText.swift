internal import RepriseCore

/// The properties of a document's text that decide how it may be cut.
package struct CutText: Sendable {
  /// The positions at which cuts may end.
  package let breaks: TokenBreaks
  /// True for text that is not cut inside unless the rules say so, such as HTML or source code.
  package let isStructured: Bool
  /// The tokens of texts that the user wants to be ignored.
  let ignored: TokenRanges
  /// The tokens that are never cut unless the kept occurrence has them, ascending: numbers and
  /// negations.
  private let essential: [UInt32]
  private let minimumWords: Int

  /// The maximum number of words that a cut may remove between two matches.
  private static let gapLimit = 3

  /// Creates the properties of a text.
  ///
  /// - Parameters:
  ///   - breaks: the positions at which cuts may end.
  ///   - isStructured: whether the text must not be cut inside.
  ///   - ignored: tokens of texts that the user wants to be ignored.
  ///   - essential: tokens that are numbers or negations, ascending; only for
  ///     ``CutRules/Mode/edited``.
  ///   - rules: the minimum length of a passage.
  package init(
    _ breaks: TokenBreaks, isStructured: Bool, ignored: [Range<Int>] = [],
    essential: [UInt32] = [], rules: PassageRules
  ) {
    self.breaks = breaks
    self.isStructured = isStructured
    self.ignored = TokenRanges(ignored)
    self.essential = essential
    minimumWords = rules.minimumWords
  }

  /// The number of matching words of a passage in this document, as its second side.
  func words(of passage: Passage) -> Int {
    let weight = passage.matches.reduce(0) { $0 + breaks.weights.weight($1.second..<$1.secondEnd) }
    return weight / 2
  }

  /// The parts of a passage, as its second side, outside the ignored tokens; those of less than the
  /// minimum length are left out if a part is ignored.
  func partsToCut(of passage: Passage) -> [Passage] {
    guard ignored.count > 0 else { return [passage] }
    let gaps = ignored.gaps(in: passage.secondTokens)
    if gaps.count == 1 && gaps[0] == passage.secondTokens { return [passage] }
    return gaps.compactMap { passage.clipped(toSecond: $0) }.filter {
      words(of: $0) >= minimumWords
    }
  }

  /// A passage without the stretches that this document has and the kept occurrence lacks, if they
  /// are long or have numbers or negations.
  package func editedParts(of passage: Passage) -> [Passage] {
    var parts: [[Passage.Match]] = [[]]
    for match in passage.matches {
      if let last = parts[parts.count - 1].last, mustStay(last.secondEnd..<match.second) {
        parts.append([])
      }
      parts[parts.count - 1].append(match)
    }
    guard parts.count > 1 else { return [passage] }
    return parts.map { matches in
      let weight = matches.reduce(0) { $0 + breaks.weights.weight($1.second..<$1.secondEnd) }
      return Passage(
        first: passage.first, second: passage.second, matches: matches, words: weight / 2)
    }
  }

  /// Whether tokens between two matches, outside those that are cut, must not be cut.
  func mustStay(_ ranges: [Range<Int>]) -> Bool {
    let words = ranges.reduce(0) { $0 + breaks.weights.words($1) }
    return words > Self.gapLimit || ranges.contains(where: mustStay)
  }

  /// Whether tokens between two matches must not be cut.
  private func mustStay(_ tokens: Range<Int>) -> Bool {
    guard !tokens.isEmpty else { return false }
    if breaks.weights.words(tokens) > Self.gapLimit { return true }
    let next = essential.partitionPoint { $0 >= tokens.lowerBound }
    return next < essential.count && essential[next] < tokens.upperBound
  }

  /// True if a passage has less than the minimum length outside the ignored tokens.
  package func ignores(_ passage: Passage) -> Bool { partsToCut(of: passage).isEmpty }

  /// The memory that the properties take, in bytes.
  package var byteCount: Int { breaks.byteCount + 16 * ignored.count + 4 * essential.count }
}
