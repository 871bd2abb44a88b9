/// Chains of matches that follow one another in both documents, with small gaps between them.
///
/// Each match continues the earlier match that gives the chain the highest score: its matching tokens
/// less what the gaps cost (as in Li, Minimap2, Bioinformatics 2018). So a match that is there by
/// accident does not interrupt a chain.
struct MatchChains {
  /// A match in a chain.
  struct Element {
    var match: Passage.Match
    /// The number of its first tokens that are already in earlier matches of the chain.
    var overlap = 0

    /// The match without these tokens.
    var rest: Passage.Match {
      Passage.Match(
        first: match.first + overlap, second: match.second + overlap, count: match.count - overlap)
    }
  }

  /// The best chain that ends with a match.
  private struct Ending {
    var match: Passage.Match
    /// In eighths of a token.
    var score: Int
    var overlap = 0
    /// The index of the match before it.
    var previous: Int?
    /// The first token of the chain in the second document.
    var start: Int
  }

  /// The chains, in the order of their last matches; every match is in one of them.
  private(set) var chains: [[Element]] = []
  private var endings: [Ending] = []
  private let isOneDocument: Bool

  /// The maximum difference between the two sides of a gap, in tokens.
  static let shiftLimit = 32
  /// The number of earlier matches that are considered for each match; a text with more repeats
  /// itself.
  private static let lookback = 48

  /// Chains matches in the order of ``ExactMatches``.
  /// - Complexity: O(n log n) for n matches.
  init(_ matches: [Passage.Match], isOneDocument: Bool) {
    self.isOneDocument = isOneDocument
    endings.reserveCapacity(matches.count)
    for match in matches { endings.append(ending(match)) }
    collect()
  }

  private func ending(_ match: Passage.Match) -> Ending {
    var best = Ending(match: match, score: 8 * match.count, start: match.second)
    for index in endings.indices.suffix(Self.lookback).reversed() {
      let previous = endings[index]
      guard match.second <= previous.match.secondEnd + GapAlignment.limit else { continue }
      guard let (score, overlap) = continuation(of: previous, by: match), score > best.score
      else { continue }
      best = Ending(
        match: match, score: score, overlap: overlap, previous: index, start: previous.start)
    }
    return best
  }

  /// The score of a chain that a match continues, and its overlap; nil if it cannot continue it.
  private func continuation(
    of chain: Ending, by match: Passage.Match
  ) -> (score: Int, overlap: Int)? {
    let last = chain.match
    let overlap = max(0, last.firstEnd - match.first, last.secondEnd - match.second)
    // A match that overlaps the chain nearly completely aligns the same words in a different way.
    guard 2 * overlap <= match.count || overlap <= match.count - PassageRules.gramWords else {
      return nil
    }
    let firstGap = match.first + overlap - last.firstEnd
    let secondGap = match.second + overlap - last.secondEnd
    let shift = abs(firstGap - secondGap)
    guard max(firstGap, secondGap) <= GapAlignment.limit, shift <= Self.shiftLimit else {
      return nil
    }
    if isOneDocument && match.firstEnd > chain.start { return nil }
    let cost = (shift > 0 ? 16 + 2 * shift : 0) + min(firstGap, secondGap)
    return (chain.score + 8 * (match.count - overlap) - cost, overlap)
  }

  /// Follows the chains back from their ends, the best first; each match is in one chain.
  private mutating func collect() {
    var isUsed = [Bool](repeating: false, count: endings.count)
    let order = endings.indices.sorted { (endings[$1].score, $0) < (endings[$0].score, $1) }
    var found: [(end: Int, chain: [Element])] = []
    for end in order where !isUsed[end] {
      var chain: [Element] = []
      var next: Int? = end
      while let index = next, !isUsed[index] {
        isUsed[index] = true
        chain.append(Element(match: endings[index].match, overlap: endings[index].overlap))
        next = endings[index].previous
      }
      chain[chain.count - 1].overlap = 0
      found.append((end, chain.reversed()))
    }
    chains = found.sorted { $0.end < $1.end }.map(\.chain)
  }
}
