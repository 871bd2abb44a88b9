internal import RepriseCore

extension DocumentCuts {
  /// Cuts words that follow one another only because what was between them is cut.
  ///
  /// A second scan would find them.
  ///
  /// - Parameters:
  ///   - passage: a passage, with all of its matches, whose second side is in this document; the
  ///     first side may be, too.
  ///   - firstTaken: the tokens that are cut from the first document; nil for none.
  /// - Complexity: O(n log n) for n matches.
  mutating func cutSeams(_ passage: Passage, firstTaken: TokenRanges?) {
    let firstTaken = firstTaken ?? TokenRanges()
    guard
      hasSeam(in: passage, firstTaken: firstTaken), mayHaveRun(in: passage.secondTokens)
    else { return }
    var run: [Passage.Match] = []
    var runs: [[Passage.Match]] = []
    for match in pieces(of: passage, outside: firstTaken) {
      if let last = run.last {
        let isNext =
          firstTaken.gaps(in: last.firstEnd..<match.first).isEmpty
          && taken.gaps(in: last.secondEnd..<match.second).isEmpty
        if !isNext {
          runs.append(run)
          run = []
        }
      }
      run.append(match)
    }
    runs.append(run)
    for run in runs where run.count > 1 { cutRun(run, of: passage) }
  }

  /// Whether two tokens of a passage's matches follow one another, in both documents, only because
  /// what is between them is cut.
  /// - Complexity: O(n log m) for n cuts and m matches.
  private func hasSeam(in passage: Passage, firstTaken: TokenRanges) -> Bool {
    let matches = passage.matches
    return taken.parts(of: passage.secondTokens).contains { cut in
      let last = matches.first(ofSecond: cut.lowerBound - 1)
      let next = matches.first(ofSecond: cut.upperBound)
      guard let last, let next, last < next else { return false }
      return firstTaken.gaps(in: last + 1..<next).isEmpty
    }
      || firstTaken.parts(of: passage.firstTokens).contains { cut in
        let last = matches.second(ofFirst: cut.lowerBound - 1)
        let next = matches.second(ofFirst: cut.upperBound)
        guard let last, let next, last < next else { return false }
        return taken.gaps(in: last + 1..<next).isEmpty
      }
  }

  /// Whether enough words of a range are not cut to be a run.
  private func mayHaveRun(in range: Range<Int>) -> Bool {
    let weights = text.breaks.weights
    let left = taken.gaps(in: range).reduce(0) { $0 + weights.weight($1) }
    return left / 2 >= rules.minimumWords
  }

  /// The parts of a passage's matches that are cut in neither document.
  func pieces(of passage: Passage, outside firstTaken: TokenRanges) -> [Passage.Match] {
    passage.matches.flatMap { match in
      firstTaken.gaps(in: match.first..<match.firstEnd).flatMap { gap in
        let start = match.second + gap.lowerBound - match.first
        return taken.gaps(in: start..<start + gap.count).map { piece in
          Passage.Match(
            first: gap.lowerBound + piece.lowerBound - start, second: piece.lowerBound,
            count: piece.count)
        }
      }
    }
  }

  /// Cuts matches that will follow one another, if they are long enough together.
  private mutating func cutRun(_ matches: [Passage.Match], of passage: Passage) {
    guard words(matches) >= rules.minimumWords, let first = matches.first, let last = matches.last
    else { return }
    let ranges = text.breaks.part(
      of: matches.map { $0.second..<$0.secondEnd }, rules,
      isCut: (
        before: taken.touches(first.second..<first.second),
        after: taken.touches(last.secondEnd..<last.secondEnd)
      ))
    guard let start = ranges.first?.lowerBound else { return }
    // Each range is in a match, and the next one in the next match.
    let index = matches.partitionPoint { $0.secondEnd > start }
    let parts = zip(matches[index...], ranges).map { match, range in
      Passage.Match(
        first: match.first + range.lowerBound - match.second, second: range.lowerBound,
        count: range.count)
    }
    guard 2 * words(parts) >= rules.minimumWords else { return }
    let cuts = parts.map {
      Passage(first: passage.first, second: passage.second, matches: [$0], words: words([$0]))
    }
    guard mayCut(cuts) else { return }
    for part in cuts { cut(match: part) }
  }

  /// Whether passages may be cut together.
  private func mayCut(_ cuts: [Passage]) -> Bool {
    guard cuts.allSatisfy({ mayCut(match: $0) }) else { return false }
    guard cuts[0].first == cuts[0].second else { return true }
    let taken = TokenRanges(cuts.map(\.secondTokens))
    return !cuts.contains { taken.intersects($0.firstTokens) }
  }

  /// Whether a kept document has all that is left.
  ///
  /// - Parameters:
  ///   - passage: all that is left of both documents, with a match for each part.
  ///   - firstTaken: the tokens that are cut from the first document; nil for none.
  /// - Returns: true if none of these words is cut from the first document.
  /// - Complexity: O(n log n) for n matches.
  func isKept(_ passage: Passage, firstTaken: TokenRanges?) -> Bool {
    let isKept = passage.matches.allSatisfy { match in
      firstTaken?.intersects(match.first..<match.firstEnd) != true
    }
    let count = pieces(of: passage, outside: TokenRanges()).reduce(0) { $0 + $1.count }
    return isKept && count > 0 && taken.count + count == text.breaks.tokenCount
  }

  /// Cuts all that is left, if a kept document has it; parameters as of
  /// ``isKept(_:firstTaken:)``.
  mutating func cutRemainder(_ passage: Passage, firstTaken: TokenRanges?) {
    guard isKept(passage, firstTaken: firstTaken) else { return }
    for match in pieces(of: passage, outside: TokenRanges()) {
      cut(
        match: Passage(
          first: passage.first, second: passage.second, matches: [match], words: words([match])))
    }
  }

  /// The number of words in matches.
  func words(_ matches: [Passage.Match]) -> Int {
    matches.reduce(0) { $0 + text.breaks.weights.weight($1.second..<$1.secondEnd) } / 2
  }
}

extension [Passage.Match] {
  /// The token of the first document that matches one of the second; nil if none does.
  fileprivate func first(ofSecond token: Int) -> Int? {
    let index = partitionPoint { $0.secondEnd > token }
    guard index < count, self[index].second <= token else { return nil }
    return self[index].first + token - self[index].second
  }

  /// The token of the second document that matches one of the first; nil if none does.
  fileprivate func second(ofFirst token: Int) -> Int? {
    let index = partitionPoint { $0.firstEnd > token }
    guard index < count, self[index].first <= token else { return nil }
    return self[index].second + token - self[index].first
  }
}
