/// Runs that follow one another in both documents with small gaps between them.
struct RunChains {
  /// A run in a chain.
  struct Element {
    var run: Passage.Block
    /// How many of its first tokens the runs before it in the chain have already.
    var overlap = 0

    /// The run without these.
    var rest: Passage.Block {
      Passage.Block(
        first: run.first + overlap, second: run.second + overlap, count: run.count - overlap)
    }
  }

  private(set) var chains: [[Element]] = []
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
      let end = chains[index].last.map(\.run.secondEnd) ?? 0
      return run.second > end + GapAlignment.limit
    }
    var best: (cost: Int, chain: Int, element: Element)?
    for chain in open {
      guard let (cost, element) = continuation(of: chains[chain], by: run) else { continue }
      if best.map({ cost < $0.cost }) ?? true { best = (cost, chain, element) }
    }
    if let best {
      chains[best.chain].append(best.element)
      return
    }
    chains.append([Element(run: run)])
    open.append(chains.count - 1)
    if open.count > Self.openLimit { open.removeFirst() }
  }

  /// What a run costs as a continuation of a chain.
  private func continuation(
    of chain: [Element], by run: Passage.Block
  ) -> (cost: Int, element: Element)? {
    guard let start = chain.first?.run, let last = chain.last?.run else { return nil }
    let overlap = max(0, last.firstEnd - run.first, last.secondEnd - run.second)
    // A run that loses most of itself to the chain is another reading of the same words.
    guard overlap <= run.count - ExactRuns.minimumCount else { return nil }
    let element = Element(run: run, overlap: overlap)
    let firstGap = element.rest.first - last.firstEnd
    let secondGap = element.rest.second - last.secondEnd
    let shift = abs(firstGap - secondGap)
    guard max(firstGap, secondGap) <= GapAlignment.limit, shift <= Self.shiftLimit else {
      return nil
    }
    if isOneDocument && run.firstEnd > start.second { return nil }
    return (3 * shift + min(firstGap, secondGap), element)
  }
}
