internal import RepriseCore

/// The cuts in one document while they are decided.
struct DocumentCuts {
  /// The tokens that are cut.
  private(set) var taken = TokenRanges()
  /// The tokens that are cut, or must stay because a cut refers to them.
  private var decided = TokenRanges()
  /// The cuts, in the order in which they were decided.
  private(set) var cuts: [Passage] = []
  let text: CutText
  let rules: PassageRules

  init(_ text: CutText, _ rules: PassageRules) { (self.text, self.rules) = (text, rules) }

  /// The number of words that are not cut.
  var wordsLeft: Int {
    let weights = text.breaks.weights
    let cut = taken.ranges.reduce(0) { $0 + weights.weight($1) }
    return (weights.weight(0..<text.breaks.tokenCount) - cut + 1) / 2
  }

  /// Cuts the parts of a passage that are long enough and not yet cut.
  mutating func cut(_ passage: Passage) {
    for part in parts(of: passage) { cut(match: part) }
  }

  /// Cuts a whole passage that is not yet cut; what it repeats in the same document stays.
  mutating func cut(match passage: Passage) {
    taken.insert(passage.secondTokens)
    decided.insert(passage.secondTokens)
    if passage.first == passage.second { decided.insert(passage.firstTokens) }
    cuts.append(passage)
  }

  /// Whether a passage may be cut as a whole.
  ///
  /// It may not if one of its tokens is cut already or is what another cut repeats, or if it repeats
  /// a place of the same document that is cut.
  func mayCut(match passage: Passage) -> Bool {
    guard !decided.intersects(passage.secondTokens) else { return false }
    return passage.first != passage.second
      || !taken.intersects(passage.firstTokens)
        && !passage.firstTokens.overlaps(passage.secondTokens)
  }

  /// Cuts the later copies of passages that repeat within the document.
  mutating func cutRepeats(_ passages: [Passage]) {
    let sorted = passages.sorted {
      ($0.secondTokens.lowerBound, $0.firstTokens.lowerBound)
        < ($1.secondTokens.lowerBound, $1.firstTokens.lowerBound)
    }
    for passage in sorted {
      for range in taken.gaps(in: passage.firstTokens) {
        if let staying = passage.clipped(toFirst: range) { cut(staying) }
      }
    }
  }

  /// The parts of a passage that may be cut.
  ///
  /// They have the minimum length, or half of it next to a different cut, and still half of it when
  /// their ends are where cuts may end.
  private func parts(of passage: Passage) -> [Passage] {
    decided.gaps(in: passage.secondTokens).compactMap { range in
      guard let whole = passage.clipped(toSecond: range) else { return nil }
      let words = text.words(of: whole)
      let isRest = 2 * words >= rules.minimumWords && taken.touches(whole.secondTokens)
      guard words >= rules.minimumWords || isRest else { return nil }
      return part(of: whole)
    }
  }

  /// The longest part of a passage whose ends are where cuts may end.
  private func part(of passage: Passage) -> Passage? {
    var passage = passage
    while true {
      let tokens = passage.secondTokens
      let isCut = (
        before: taken.touches(tokens.lowerBound..<tokens.lowerBound),
        after: taken.touches(tokens.upperBound..<tokens.upperBound)
      )
      guard let range = text.breaks.part(of: tokens, rules, isCut: isCut),
        let part = passage.clipped(toSecond: range)
      else { return nil }
      // Clipping moves an end that is between two matches to the next match.
      if part.secondTokens == tokens {
        return 2 * text.words(of: part) >= rules.minimumWords ? part : nil
      }
      passage = part
    }
  }
}
