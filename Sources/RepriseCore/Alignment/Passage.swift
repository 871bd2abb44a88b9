/// A passage that two documents share, or that occurs twice in one document.
///
/// Documents are identified by their ranks in keep order.
@usableFromInline
package struct Passage: Hashable, Sendable {
  /// A span of equal tokens in both documents.
  @usableFromInline
  package struct Match: Hashable, Sendable {
    // Positions are below 2^30, because a text has at most 2^30 bytes. They are 32 bits wide
    // because a text that repeats itself has very many matches.
    @usableFromInline let packedFirst: UInt32
    @usableFromInline let packedSecond: UInt32
    @usableFromInline var packedCount: UInt32

    /// The position of the first token in the first document.
    @inlinable package var first: Int { Int(packedFirst) }
    /// The position of the first token in the second document.
    @inlinable package var second: Int { Int(packedSecond) }
    /// The number of tokens.
    @inlinable package var count: Int {
      get { Int(packedCount) }
      set { packedCount = UInt32(newValue) }
    }

    @inlinable
    package init(first: Int, second: Int, count: Int) {
      packedFirst = UInt32(first)
      packedSecond = UInt32(second)
      packedCount = UInt32(count)
    }

    @inlinable package var firstEnd: Int { first + count }
    @inlinable package var secondEnd: Int { second + count }
  }

  /// The document that comes first in keep order.
  package let first: UInt32
  /// The second document, or the same one.
  package let second: UInt32
  /// The matches, ascending in both documents, without overlap; at least one.
  @usableFromInline package let matches: [Match]
  /// The number of matching words; a grapheme counts as half a word.
  package let words: Int
  /// The number of matching tokens.
  package let matchCount: Int
  /// True if only the ends and the number of matching tokens are right: the tokens of the matches
  /// need not be equal, and nothing of it can be cut.
  package let isOutline: Bool

  /// The number of tokens that differ in few characters, which count as half a match.
  package let similarCount: Int

  package init(
    first: UInt32, second: UInt32, matches: [Match], words: Int, similarCount: Int = 0,
    isOutline: Bool = false
  ) {
    self.first = first
    self.second = second
    self.matches = matches
    self.words = words
    self.similarCount = similarCount
    self.isOutline = isOutline
    matchCount = matches.reduce(0) { $0 + $1.count }
  }

  /// Creates an outline between the ends of two spans; at most as many tokens match as the shorter
  /// one has, and at least two.
  package init(
    first: UInt32, second: UInt32, outlineOf firstTokens: Range<Int>, _ secondTokens: Range<Int>,
    matchCount: Int, words: Int, similarCount: Int = 0
  ) {
    self.init(
      first: first, second: second,
      matches: [
        Match(
          first: firstTokens.lowerBound, second: secondTokens.lowerBound, count: matchCount - 1),
        Match(first: firstTokens.upperBound - 1, second: secondTokens.upperBound - 1, count: 1),
      ], words: words, similarCount: similarCount, isOutline: true)
  }

  /// The tokens of the passage in the first document.
  @inlinable package var firstTokens: Range<Int> {
    matches[0].first..<matches[matches.count - 1].firstEnd
  }
  /// The tokens of the passage in the second document.
  @inlinable package var secondTokens: Range<Int> {
    matches[0].second..<matches[matches.count - 1].secondEnd
  }

  /// The identity: matching tokens / tokens of the longer side; above 0, at most 1.
  package var identity: Double {
    (Double(matchCount) + Double(similarCount) / 2)
      / Double(max(firstTokens.count, secondTokens.count))
  }

  /// The part whose tokens are in a range of the first document; nil if none match there.
  /// - Complexity: O(log n + matches of the part).
  package func clipped(toFirst range: Range<Int>) -> Passage? {
    range.contains(firstTokens) ? self : clipped(to: range, \.first)
  }

  /// The part whose tokens are in a range of the second document; nil if none match there.
  /// - Complexity: O(log n + matches of the part).
  package func clipped(toSecond range: Range<Int>) -> Passage? {
    range.contains(secondTokens) ? self : clipped(to: range, \.second)
  }

  /// A passage with the same ends and number of matching tokens, in at most two matches.
  ///
  /// Use it for reports only.
  var outline: Passage {
    guard matches.count > 2 else { return self }
    return Passage(
      first: first, second: second, outlineOf: firstTokens, secondTokens, matchCount: matchCount,
      words: words, similarCount: similarCount)
  }

  /// The first side alone, as a passage of the first document with itself.
  package var onFirstSide: Passage {
    Passage(
      first: first, second: first,
      matches: matches.map { Match(first: $0.first, second: $0.first, count: $0.count) },
      words: words)
  }

  private func clipped(to range: Range<Int>, _ side: (Match) -> Int) -> Passage? {
    let from = matches.partitionPoint { side($0) + $0.count > range.lowerBound }
    var kept: [Match] = []
    for match in matches[from...] {
      guard side(match) < range.upperBound else { break }
      let start = max(0, range.lowerBound - side(match))
      let end = min(match.count, range.upperBound - side(match))
      kept.append(
        Match(first: match.first + start, second: match.second + start, count: end - start))
    }
    guard !kept.isEmpty else { return nil }
    let matching = kept.reduce(0) { $0 + $1.count }
    return Passage(
      first: first, second: second, matches: kept,
      words: (words * matching + matchCount - 1) / matchCount,
      similarCount: similarCount * matching / matchCount)
  }

  /// Whether this passage contains the other one on both sides.
  package func contains(_ other: Passage) -> Bool {
    firstTokens.contains(other.firstTokens) && secondTokens.contains(other.secondTokens)
  }
}

extension Range<Int> {
  /// Whether this range contains all of the other one, which may be empty.
  package func contains(_ other: Range<Int>) -> Bool {
    lowerBound <= other.lowerBound && other.upperBound <= upperBound
  }
}
