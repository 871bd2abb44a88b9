/// The maximal runs of equal tokens around the links of two documents.
struct ExactRuns {
  private(set) var runs: [Passage.Block] = []
  private let first: [UInt64]
  private let second: [UInt64]
  private let isOneDocument: Bool
  /// Comparisons left: a text that repeats one phrase has as many shifts as tokens, and a run over
  /// all of them.
  private var budget: Int

  /// Shorter runs are accidents of hashing.
  static let minimumCount = PassageRules.gramWords

  /// Extends the links to runs, in the order of their second, then their first tokens.
  /// - Complexity: O(n log n) for n links, and linear in the texts for each shift of the links, within
  ///   a limit of 16 times the texts.
  init(
    _ links: ArraySlice<PassageLink>, _ first: [UInt64], _ second: [UInt64],
    isOneDocument: Bool
  ) {
    self.first = first
    self.second = second
    self.isOneDocument = isOneDocument
    budget = 1 << 20 + 16 * (first.count + second.count)
    let sorted = links.sorted { ($0.shift, $0.secondPosition) < ($1.shift, $1.secondPosition) }
    var last = (shift: Int.min, end: 0)
    for link in sorted where budget > 0 {
      if link.shift == last.shift && Int(link.secondPosition) < last.end { continue }
      guard let run = maximalRun(Int(link.firstPosition), Int(link.secondPosition)) else {
        continue
      }
      last = (link.shift, run.secondEnd)
      add(run)
    }
    runs.sort { ($0.second, $0.first) < ($1.second, $1.first) }
  }

  private mutating func maximalRun(_ first: Int, _ second: Int) -> Passage.Block? {
    // What goes on for longer than the shift within one document overlaps its own copy.
    let limit = isOneDocument ? second - first : Int.max
    guard limit >= Self.minimumCount else { return nil }
    var before = 0
    let mostBefore = min(first, second, limit)
    while before < mostBefore, self.first[first - before - 1] == self.second[second - before - 1] {
      before += 1
    }
    var after = 0
    let mostAfter = min(self.first.count - first, self.second.count - second, limit)
    while after < mostAfter, self.first[first + after] == self.second[second + after] {
      after += 1
    }
    budget -= before + after
    guard after > 0 else { return nil }
    return Passage.Block(first: first - before, second: second - before, count: before + after)
  }

  /// Within one document a run does not overlap its own copy.
  private mutating func add(_ run: Passage.Block) {
    var run = run
    if isOneDocument { run.count = min(run.count, run.second - run.first) }
    if run.count >= Self.minimumCount { runs.append(run) }
  }
}
