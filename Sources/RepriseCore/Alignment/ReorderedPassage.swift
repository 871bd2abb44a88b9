/// A passage whose sentences stand in a different order in the second document.
package struct ReorderedPassage: Sendable {
  /// The fragments, by their tokens in the second document; each has the same order in both.
  package let fragments: [Passage]

  init(first: UInt32, second: UInt32, _ group: [ReorderedPassages.Fragment]) {
    fragments = group.map {
      Passage(first: first, second: second, matches: $0.matches, words: $0.weight / 2)
    }
  }

  /// The tokens from the first to the last fragment in both documents, with the number of matching
  /// tokens.
  ///
  /// Use it for reports only.
  package var outline: Passage {
    func span(_ ranges: [Range<Int>]) -> Range<Int> {
      ranges.reduce(ranges[0]) {
        min($0.lowerBound, $1.lowerBound)..<max($0.upperBound, $1.upperBound)
      }
    }
    let (first, second) = (span(fragments.map(\.firstTokens)), span(fragments.map(\.secondTokens)))
    let matching = fragments.reduce(0) { $0 + $1.matchCount }
    return Passage(
      first: fragments[0].first, second: fragments[0].second,
      outlineOf: first, second, matchCount: min(matching, first.count, second.count),
      words: fragments.reduce(0) { $0 + $1.words })
  }
}
