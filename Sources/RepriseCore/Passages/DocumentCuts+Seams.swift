extension DocumentCuts {
  /// Cuts words that follow one another only because what was between them is cut in both
  /// documents.
  ///
  /// A second scan would find them.
  ///
  /// - Parameters:
  ///   - passage: a passage, with all of its matches, whose second side is in this document.
  ///   - firstTaken: the tokens that are cut from the first document; nil for none.
  /// - Complexity: O(n log n) for n matches.
  mutating func cutSeams(_ passage: Passage, firstTaken: TokenRanges?) {
    guard let firstTaken, taken.parts(of: passage.secondTokens).count > 0 else { return }
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

  /// The parts of a passage's matches that are cut in neither document.
  private func pieces(of passage: Passage, outside firstTaken: TokenRanges) -> [Passage.Match] {
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
    guard words(matches) >= rules.minimumWords else { return }
    var matches = matches
    let last = matches.count - 1
    guard
      let head = part(of: matches[0], isCut: (before: isTaken(before: matches[0]), after: true)),
      let tail = part(
        of: matches[last], isCut: (before: true, after: isTaken(after: matches[last])))
    else { return }
    (matches[0], matches[last]) = (head, tail)
    guard 2 * words(matches) >= rules.minimumWords else { return }
    for match in matches {
      cut(
        match: Passage(
          first: passage.first, second: passage.second, matches: [match], words: words([match])))
    }
  }

  private func words(_ matches: [Passage.Match]) -> Int {
    matches.reduce(0) { $0 + text.breaks.weights.weight($1.second..<$1.secondEnd) } / 2
  }

  private func isTaken(before match: Passage.Match) -> Bool {
    taken.touches(match.second..<match.second)
  }

  private func isTaken(after match: Passage.Match) -> Bool {
    taken.touches(match.secondEnd..<match.secondEnd)
  }

  private func part(
    of match: Passage.Match, isCut: (before: Bool, after: Bool)
  ) -> Passage.Match? {
    text.breaks.part(of: match.second..<match.secondEnd, rules, isCut: isCut).map { range in
      Passage.Match(
        first: match.first + range.lowerBound - match.second, second: range.lowerBound,
        count: range.count)
    }
  }
}
