/// Extends the links of two documents to maximal matches: spans of equal tokens.
struct ExactMatches {
  private(set) var matches: [Passage.Match] = []
  private let first: [UInt64]
  private let second: [UInt64]
  private let isOneDocument: Bool
  /// The number of token comparisons left for maximal matches.
  ///
  /// In a text that repeats one phrase there are as many shifts as tokens, and each has a match
  /// over nearly the whole text.
  private var budget: Int
  /// The number of tokens that a link is followed on each side after the budget is spent.
  ///
  /// The links of a match of the minimum length are closer together than this, so it is still
  /// found, in parts that touch.
  private let reach: Int

  /// The length of the shortest match, in tokens: a link with fewer equal tokens is a hash
  /// collision.
  private let minimumCount: Int

  /// Extends links to matches, ordered by their second, then their first tokens.
  ///
  /// - Parameters:
  ///   - links: the links between the two documents.
  ///   - first: the tokens of the first document.
  ///   - second: the tokens of the second document.
  ///   - isOneDocument: true if both are the same document; a match then does not overlap its copy.
  ///   - minimumWords: the length of the shortest passage to find.
  /// - Complexity: O(n log n) for n links, and 16 comparisons per token of the texts; for each link
  ///   after that, 4 comparisons per token of the minimum length.
  init(
    _ links: ArraySlice<PassageLink>, _ first: [UInt64], _ second: [UInt64],
    isOneDocument: Bool, minimumWords: Int
  ) {
    self.first = first
    self.second = second
    self.isOneDocument = isOneDocument
    reach = 2 * minimumWords
    let hasSeeds = links.contains(where: \.isSeed)
    minimumCount = hasSeeds ? SeedGrams.words : PassageRules.gramWords
    budget = 1 << 20 + 16 * (first.count + second.count)
    let sorted = links.sorted { ($0.shift, $0.secondPosition) < ($1.shift, $1.secondPosition) }
    var last = (shift: Int.min, end: 0)
    for link in sorted {
      if link.shift == last.shift && Int(link.secondPosition) < last.end { continue }
      let (first, second) = (Int(link.firstPosition), Int(link.secondPosition))
      let known = link.shift == last.shift ? last.end : 0
      guard
        let match = budget > 0 ? maximalMatch(first, second) : match(first, second, behind: known)
      else { continue }
      last = (link.shift, match.secondEnd)
      add(match)
    }
    matches.sort { ($0.second, $0.first) < ($1.second, $1.first) }
  }

  private mutating func maximalMatch(_ first: Int, _ second: Int) -> Passage.Match? {
    // A match that is longer than the shift, within one document, overlaps its own copy.
    let limit = isOneDocument ? second - first : Int.max
    guard limit >= minimumCount else { return nil }
    let before = matchesBefore(first, second, atMost: limit)
    let after = matchesBehind(first, second, atMost: limit)
    budget -= before + after
    guard after > 0 else { return nil }
    return Passage.Match(first: first - before, second: second - before, count: before + after)
  }

  /// The match around a link, limited to the reach, after the end of the known match with this
  /// shift.
  private func match(_ first: Int, _ second: Int, behind known: Int) -> Passage.Match? {
    let limit = min(isOneDocument ? second - first : Int.max, 2 * reach)
    guard limit >= minimumCount else { return nil }
    let before = matchesBefore(first, second, atMost: min(second - known, limit / 2))
    let after = matchesBehind(first, second, atMost: limit - before)
    guard after > 0 else { return nil }
    return Passage.Match(first: first - before, second: second - before, count: before + after)
  }

  private func matchesBefore(_ first: Int, _ second: Int, atMost limit: Int) -> Int {
    let most = min(first, second, limit)
    var count = 0
    while count < most, self.first[first - count - 1] == self.second[second - count - 1] {
      count += 1
    }
    return count
  }

  private func matchesBehind(_ first: Int, _ second: Int, atMost limit: Int) -> Int {
    let most = min(self.first.count - first, self.second.count - second, limit)
    var count = 0
    while count < most, self.first[first + count] == self.second[second + count] { count += 1 }
    return count
  }

  /// Adds a match; within one document it is shortened so that it does not overlap its own copy.
  private mutating func add(_ match: Passage.Match) {
    var match = match
    if isOneDocument { match.count = min(match.count, match.second - match.first) }
    guard match.count >= minimumCount else { return }
    if let last = matches.last, last.secondEnd == match.second, last.firstEnd == match.first,
      !isOneDocument || match.secondEnd - last.second <= match.second - match.first
    {
      matches[matches.count - 1].count += match.count
    } else {
      matches.append(match)
    }
  }
}
