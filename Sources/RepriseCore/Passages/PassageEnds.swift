/// Extends a passage over small edits beyond its ends, where no fingerprint lies: to a run of at least
/// a gram's length that is more than nine times as long as the words between.
struct PassageEnds {
  private let first: [UInt64]
  private let second: [UInt64]

  /// The most words between the passage and the run, on either side.
  private static let gapLimit = 8

  init(_ first: [UInt64], _ second: [UInt64]) {
    self.first = first
    self.second = second
  }

  /// Extends the blocks at both ends.
  /// - Parameter isOneDocument: true to keep the two sides from overlapping.
  func extend(_ blocks: inout [Passage.Block], isOneDocument: Bool) {
    while let start = blocks.first, let end = blocks.last {
      let floor = isOneDocument ? end.firstEnd : 0
      guard let run = runBefore(start, secondFloor: floor) else { break }
      blocks.insert(run, at: 0)
    }
    while let start = blocks.first, let end = blocks.last {
      let ceiling = isOneDocument ? start.second : first.count
      guard let run = runAfter(end, firstCeiling: ceiling) else { break }
      blocks.append(run)
    }
  }

  private func runAfter(_ end: Passage.Block, firstCeiling: Int) -> Passage.Block? {
    nearest { firstGap, secondGap in
      let (a, b) = (end.firstEnd + firstGap, end.secondEnd + secondGap)
      var count = 0
      while a + count < firstCeiling && b + count < second.count,
        first[a + count] == second[b + count]
      { count += 1 }
      return Passage.Block(first: a, second: b, count: count)
    }
  }

  private func runBefore(_ start: Passage.Block, secondFloor: Int) -> Passage.Block? {
    nearest { firstGap, secondGap in
      let (a, b) = (start.first - firstGap, start.second - secondGap)
      var count = 0
      while a - count > 0 && b - count > secondFloor,
        first[a - count - 1] == second[b - count - 1]
      { count += 1 }
      return Passage.Block(first: a - count, second: b - count, count: count)
    }
  }

  /// The run with the fewest words between that is long enough.
  private func nearest(_ run: (Int, Int) -> Passage.Block) -> Passage.Block? {
    for (firstGap, secondGap) in Self.gaps {
      let found = run(firstGap, secondGap)
      let longest = max(firstGap, secondGap)
      let needed = max(ExactRuns.minimumCount, ChainSegments.penalty * longest + 1)
      if found.count >= needed { return found }
    }
    return nil
  }

  /// The fewest words first, and of as many, gaps of one length: a substituted word is commoner than
  /// a lost one beside a new one.
  private static let gaps: [(Int, Int)] = (1...2 * gapLimit).flatMap { words in
    (max(0, words - gapLimit)...min(words, gapLimit))
      .sorted { (abs(2 * $0 - words), $0) < (abs(2 * $1 - words), $1) }
      .map { ($0, words - $0) }
  }
}
