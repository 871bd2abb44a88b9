@testable import RepriseCore
@testable import RepriseEngine

/// What ``CutPlan`` decides when cuts may end between any two words, with sets of tokens that are
/// looked through from end to end.
struct PlainCutPlan {
  private(set) var cuts: [Passage] = []
  private var taken: [UInt32: Set<Int>] = [:]
  private let rules: PassageRules

  init(_ passages: [Passage], rules: PassageRules) {
    self.rules = rules
    for document in Set(passages.map(\.second)).sorted() {
      decide(document, passages.filter { $0.second == document })
    }
  }

  private mutating func decide(_ document: UInt32, _ passages: [Passage]) {
    var own: Set<Int> = []
    var found: [Passage] = []
    let fromOthers = passages.filter { $0.first != document }
      .flatMap { parts($0, of: $0.firstTokens, outside: taken[$0.first] ?? [], \.first) }
    let order = fromOthers.sorted { left, right in
      let (one, other) = (left.secondTokens.lowerBound, right.secondTokens.lowerBound)
      return (right.matchCount, left.first, one, left.firstTokens.lowerBound)
        < (left.matchCount, right.first, other, right.firstTokens.lowerBound)
    }
    var protected: Set<Int> = []
    let repeats = passages.filter { $0.first == document }.sorted {
      ($0.secondTokens.lowerBound, $0.firstTokens.lowerBound)
        < ($1.secondTokens.lowerBound, $1.firstTokens.lowerBound)
    }
    // Cuts allow others next to them.
    func untilNothingIsCut(_ body: () -> Void) {
      var known = -1
      while known < own.count {
        known = own.count
        body()
      }
    }
    untilNothingIsCut {
      untilNothingIsCut {
        for passage in order {
          for part in cuttable(passage, outside: own.union(protected), nextTo: own) {
            own.formUnion(part.secondTokens)
            found.append(part)
          }
        }
      }
      for passage in repeats where rules.cuts.cutsRepeats {
        for staying in parts(passage, of: passage.firstTokens, outside: own, \.first) {
          for part in cuttable(staying, outside: own.union(protected), nextTo: own) {
            own.formUnion(part.secondTokens)
            protected.formUnion(part.firstTokens)
            found.append(part)
          }
        }
      }
    }
    guard !found.isEmpty else { return }
    taken[document] = own
    cuts += found.sorted { $0.secondTokens.lowerBound < $1.secondTokens.lowerBound }
  }

  private func cuttable(
    _ passage: Passage, outside tokens: Set<Int>, nextTo cut: Set<Int>
  ) -> [Passage] {
    parts(passage, of: passage.secondTokens, outside: tokens, \.second).filter { part in
      let isBeside =
        cut.contains(part.secondTokens.lowerBound - 1) || cut.contains(part.secondTokens.upperBound)
      return part.words >= rules.minimumWords || (isBeside && 2 * part.words >= rules.minimumWords)
    }
  }

  /// The parts of a passage in the matches of a range's tokens that are not in a set.
  private func parts(
    _ passage: Passage, of range: Range<Int>, outside tokens: Set<Int>,
    _ side: KeyPath<Passage.Match, Int>
  ) -> [Passage] {
    var parts: [Passage] = []
    var start = range.lowerBound
    for token in range.lowerBound...range.upperBound
    where token == range.upperBound || tokens.contains(token) {
      let matches = passage.matches.compactMap { match -> Passage.Match? in
        let own = match[keyPath: side]..<match[keyPath: side] + match.count
        let kept = own.clamped(to: start..<token)
        guard !kept.isEmpty else { return nil }
        let skipped = kept.lowerBound - own.lowerBound
        return Passage.Match(
          first: match.first + skipped, second: match.second + skipped, count: kept.count)
      }
      start = token + 1
      guard !matches.isEmpty else { continue }
      let matching = matches.reduce(0) { $0 + $1.count }
      let words = passage.words * matching + passage.matchCount - 1
      parts.append(
        Passage(
          first: passage.first, second: passage.second, matches: matches,
          words: words / passage.matchCount))
    }
    return parts
  }
}
