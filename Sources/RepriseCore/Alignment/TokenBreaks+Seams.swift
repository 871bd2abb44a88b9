extension TokenBreaks {
  /// The part of ranges that begins and ends where a cut may, when what is between them is cut.
  ///
  /// The words between the ends of the ranges and the next sentence end are counted over all ranges,
  /// because they will follow one another. A seam counts as a sentence end if one of its sides is.
  ///
  /// - Parameters:
  ///   - ranges: tokens of the document, ascending.
  ///   - rules: the minimum length of a passage, and where cuts may end.
  ///   - isCut: whether the token before the first or after the last range is cut.
  /// - Returns: the longest such part; no ranges if nothing is left.
  /// - Complexity: O(n log m) for n ranges and m positions, and the tokens that are left out.
  package func part(
    of ranges: [Range<Int>], _ rules: PassageRules, isCut: (before: Bool, after: Bool)
  ) -> [Range<Int>] {
    let ranges = isCut.before ? ranges[...] : beginning(ranges, rules)
    return Array(isCut.after ? ranges : ending(Array(ranges), rules))
  }

  private func beginning(
    _ ranges: [Range<Int>], _ rules: PassageRules
  ) -> ArraySlice<Range<Int>> {
    func from(_ start: Int, _ index: Int) -> ArraySlice<Range<Int>> {
      [start..<ranges[index].upperBound] + ranges[(index + 1)...]
    }
    if rules.cuts.ends != .words {
      var skipped = 0
      for (index, range) in ranges.enumerated() where mayBeSkipped(skipped, rules) {
        let isSeamBreak = index > 0 && isBreak(ranges[index - 1].upperBound, range, rules)
        let start = isSeamBreak ? range.lowerBound : firstBreak(in: range, rules)
        skipped += weights.words(range.lowerBound..<(start ?? range.upperBound))
        if let start, mayBeSkipped(skipped, rules) { return from(start, index) }
      }
      if mayBeSkipped(skipped, rules) { return [] }
    }
    for (index, range) in ranges.enumerated() {
      if let start = range.first(where: { !isJoined($0) }) { return from(start, index) }
    }
    return []
  }

  private func ending(_ ranges: [Range<Int>], _ rules: PassageRules) -> ArraySlice<Range<Int>> {
    func upTo(_ end: Int, _ index: Int) -> ArraySlice<Range<Int>> {
      ranges[..<index] + [ranges[index].lowerBound..<end]
    }
    if rules.cuts.ends != .words {
      var skipped = 0
      for (index, range) in ranges.enumerated().reversed() where mayBeSkipped(skipped, rules) {
        let isSeamBreak =
          index + 1 < ranges.count && isBreak(range.upperBound, ranges[index + 1], rules)
        let end = isSeamBreak ? range.upperBound : lastBreak(in: range, rules)
        skipped += weights.words((end ?? range.lowerBound)..<range.upperBound)
        if let end, mayBeSkipped(skipped, rules) { return upTo(end, index) }
      }
      if mayBeSkipped(skipped, rules) { return [] }
    }
    for (index, range) in ranges.enumerated().reversed() {
      let ends = range.lowerBound + 1..<range.upperBound + 1
      if let end = ends.last(where: { !isJoined($0) }) { return upTo(end, index) }
    }
    return []
  }

  /// Whether a cut may leave out so many words to end at a sentence or line.
  private func mayBeSkipped(_ words: Int, _ rules: PassageRules) -> Bool {
    rules.cuts.ends == .lines || words <= Self.sentenceLimit(rules)
  }

  /// Whether one of the sides of a seam is at the end of a sentence or line.
  private func isBreak(_ end: Int, _ next: Range<Int>, _ rules: PassageRules) -> Bool {
    let positions = positions(rules)
    return first(in: positions, from: end) == end
      || first(in: positions, from: next.lowerBound) == next.lowerBound
  }

  private func firstBreak(in range: Range<Int>, _ rules: PassageRules) -> Int? {
    first(in: positions(rules), from: range.lowerBound).flatMap {
      $0 < range.upperBound ? $0 : nil
    }
  }

  private func lastBreak(in range: Range<Int>, _ rules: PassageRules) -> Int? {
    last(in: positions(rules), upTo: range.upperBound).flatMap { $0 > range.lowerBound ? $0 : nil }
  }
}
