internal import RepriseCore

extension DocumentCuts {
  /// Cuts an edited passage of what is left, except the stretches that must stay.
  ///
  /// - Parameters:
  ///   - passage: a passage, with all of its matches, whose second side is in this document.
  ///   - firstTaken: the tokens that are cut from the first document; nil for none.
  /// - Complexity: O(n log n) for n matches.
  mutating func cutEdited(_ passage: Passage, firstTaken: TokenRanges?) {
    let firstTaken = firstTaken ?? TokenRanges()
    var parts: [[Passage.Match]] = []
    for match in pieces(of: passage, outside: firstTaken) {
      if let last = parts.last?.last {
        let left = taken.gaps(in: last.secondEnd..<match.second)
        if !text.mustStay(left) {
          parts[parts.count - 1].append(match)
          continue
        }
      }
      parts.append([match])
    }
    for part in parts where words(part) >= rules.minimumWords {
      cutPart(part, of: passage, firstTaken: firstTaken)
    }
  }

  private mutating func cutPart(
    _ matches: [Passage.Match], of passage: Passage, firstTaken: TokenRanges
  ) {
    let spans = spans(of: matches, passage, firstTaken: firstTaken)
    guard let first = spans.first?.secondTokens, let last = spans.last?.secondTokens else { return }
    let ranges = text.breaks.part(
      of: spans.map(\.secondTokens), rules,
      isCut: (
        before: taken.touches(first.lowerBound..<first.lowerBound),
        after: taken.touches(last.upperBound..<last.upperBound)
      ))
    var cuts: [Passage] = []
    for range in ranges {
      for span in spans {
        let shared = range.clamped(to: span.secondTokens)
        if !shared.isEmpty, let cut = span.clipped(toSecond: shared) { cuts.append(cut) }
      }
    }
    guard cuts.reduce(0, { $0 + 2 * words($1.matches) }) >= rules.minimumWords,
      cuts.allSatisfy({ mayCut(match: $0) })
    else { return }
    for part in cuts { cut(match: part) }
  }

  /// The parts of a passage between two cuts in either document.
  private func spans(
    of matches: [Passage.Match], _ passage: Passage, firstTaken: TokenRanges
  ) -> [Passage] {
    var spans: [[Passage.Match]] = []
    for match in matches {
      if let last = spans.last?.last, !firstTaken.intersects(last.firstEnd..<match.first),
        !taken.intersects(last.secondEnd..<match.second)
      {
        spans[spans.count - 1].append(match)
      } else {
        spans.append([match])
      }
    }
    return spans.map {
      Passage(first: passage.first, second: passage.second, matches: $0, words: words($0))
    }
  }
}
