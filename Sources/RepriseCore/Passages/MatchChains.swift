/// Chains of matches that follow one another in both documents, with small gaps between them.
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

  private(set) var chains: [[Element]] = []
  /// The chains that a later match may continue.
  private var open: [Int] = []
  private let isOneDocument: Bool

  /// The maximum difference between the two sides of a gap, in tokens.
  static let shiftLimit = 32
  /// The maximum number of chains that are considered for each match; a text with more repeats
  /// itself.
  private static let openLimit = 32

  /// Adds each match, in the order of ``ExactMatches``, to the chain that it continues best.
  /// - Complexity: O(matches).
  init(_ matches: [Passage.Match], isOneDocument: Bool) {
    self.isOneDocument = isOneDocument
    for match in matches { add(match) }
  }

  private mutating func add(_ match: Passage.Match) {
    open.removeAll { index in
      let end = chains[index].last.map(\.match.secondEnd) ?? 0
      return match.second > end + GapAlignment.limit
    }
    var best: (cost: Int, chain: Int, element: Element)?
    for chain in open {
      guard let (cost, element) = continuation(of: chains[chain], by: match) else { continue }
      if best.map({ cost < $0.cost }) ?? true { best = (cost, chain, element) }
    }
    if let best {
      chains[best.chain].append(best.element)
      return
    }
    chains.append([Element(match: match)])
    open.append(chains.count - 1)
    if open.count > Self.openLimit { open.removeFirst() }
  }

  /// The cost of continuing a chain with a match; nil if the match cannot continue it.
  private func continuation(
    of chain: [Element], by match: Passage.Match
  ) -> (cost: Int, element: Element)? {
    guard let start = chain.first?.match, let last = chain.last?.match else { return nil }
    let overlap = max(0, last.firstEnd - match.first, last.secondEnd - match.second)
    // A match that overlaps the chain nearly completely aligns the same words in a different way.
    guard overlap <= match.count - ExactMatches.minimumCount else { return nil }
    let element = Element(match: match, overlap: overlap)
    let firstGap = element.rest.first - last.firstEnd
    let secondGap = element.rest.second - last.secondEnd
    let shift = abs(firstGap - secondGap)
    guard max(firstGap, secondGap) <= GapAlignment.limit, shift <= Self.shiftLimit else {
      return nil
    }
    if isOneDocument && match.firstEnd > start.second { return nil }
    return (3 * shift + min(firstGap, secondGap), element)
  }
}
