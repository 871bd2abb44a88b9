/// Runs that follow one another in both documents with small gaps between them.
struct RunChains {
  private(set) var chains: [[Passage.Block]] = []
  /// Chains that a later run may continue.
  private var open: [Int] = []
  private let isOneDocument: Bool

  /// The most that an insertion may shift what follows, in tokens.
  static let shiftLimit = 32
  /// Chains that are looked at for each run; a text with more at one place repeats itself.
  private static let openLimit = 32

  /// Puts each run, in the order of ``ExactRuns``, into the chain that it continues best.
  /// - Complexity: O(runs).
  init(_ runs: [Passage.Block], isOneDocument: Bool) {
    self.isOneDocument = isOneDocument
    for run in runs { add(run) }
  }

  private mutating func add(_ run: Passage.Block) {
    open.removeAll { index in
      let end = chains[index].last.map(\.secondEnd) ?? 0
      return run.second > end + GapAlignment.limit
    }
    var best: (cost: Int, chain: Int, run: Passage.Block)?
    for chain in open {
      guard let (cost, trimmed) = continuation(of: chains[chain], by: run) else { continue }
      if best.map({ cost < $0.cost }) ?? true { best = (cost, chain, trimmed) }
    }
    if let best {
      chains[best.chain].append(best.run)
      return
    }
    chains.append([run])
    open.append(chains.count - 1)
    if open.count > Self.openLimit { open.removeFirst() }
  }

  /// What a run costs as a continuation, and what is left of it behind the chain's end.
  private func continuation(
    of chain: [Passage.Block], by run: Passage.Block
  ) -> (cost: Int, run: Passage.Block)? {
    guard let start = chain.first, let last = chain.last else { return nil }
    let overlap = max(0, last.firstEnd - run.first, last.secondEnd - run.second)
    guard overlap < run.count else { return nil }
    let rest = Passage.Block(
      first: run.first + overlap, second: run.second + overlap, count: run.count - overlap)
    let (firstGap, secondGap) = (rest.first - last.firstEnd, rest.second - last.secondEnd)
    let shift = abs(firstGap - secondGap)
    guard max(firstGap, secondGap) <= GapAlignment.limit, shift <= Self.shiftLimit else {
      return nil
    }
    if isOneDocument && rest.firstEnd > start.second { return nil }
    // A run that loses most of itself to the chain is another reading of the same words.
    guard rest.count >= min(run.count, ExactRuns.minimumCount) else { return nil }
    return (3 * shift + min(firstGap, secondGap), rest)
  }
}
