internal import RepriseCore

/// A passage that more documents share than the rules allow: it is reported once, and never cut.
package struct Boilerplate: Hashable, Sendable {
  /// A document that contains it, by its rank in keep order.
  package var document: UInt32
  /// The tokens of the passage in that document.
  package var tokens: Range<Int>
  /// The number of documents that contain it, this one included.
  package var documentCount: Int
}

/// Finds boilerplate in a list of passages.
package struct BoilerplateFilter: Sendable {
  /// The boilerplate, in keep order of the documents that are reported with it.
  package private(set) var boilerplate: [Boilerplate] = []
  private var zones: [UInt32: TokenRanges] = [:]
  private let rules: PassageRules

  /// Finds tokens of a document that more other documents share than the rules allow.
  ///
  /// - Parameters:
  ///   - passages: in keep order of their first documents.
  ///   - rules: the minimum length of a passage, and the number of documents that may share one.
  /// - Complexity: O(n log n) for n passages.
  package init(_ passages: PassageList, rules: PassageRules) {
    self.rules = rules
    var start = 0
    while start < passages.count {
      let document = passages.documents(at: start).first
      var end = start + 1
      while end < passages.count, passages.documents(at: end).first == document { end += 1 }
      if end - start >= rules.documentLimit {
        findZones(document, (start..<end).map { passages[$0] })
      }
      start = end
    }
  }

  /// True if nothing is boilerplate.
  package var isEmpty: Bool { zones.isEmpty }

  private mutating func findZones(_ document: UInt32, _ passages: [Passage]) {
    let known = zones[document] ?? TokenRanges()
    let zones = crowded(passages)
    let found = TokenRanges(zones.map(\.tokens))
    for (tokens, count) in zones {
      // Tokens that were boilerplate in an earlier document were reported there.
      let isNew = 2 * known.gaps(in: tokens).reduce(0) { $0 + $1.count } > tokens.count
      guard isNew && tokens.count >= PassageRules.gramWords else { continue }
      boilerplate.append(Boilerplate(document: document, tokens: tokens, documentCount: count))
    }
    for zone in zones { self.zones[document, default: TokenRanges()].insert(zone.tokens) }
    for passage in passages where passage.second != document {
      for zone in found.parts(of: passage.firstTokens) {
        guard let part = passage.clipped(toFirst: zone) else { continue }
        self.zones[passage.second, default: TokenRanges()].insert(part.secondTokens)
      }
    }
  }

  /// The runs of tokens that too many documents share, with the most that do.
  private func crowded(_ passages: [Passage]) -> [(tokens: Range<Int>, count: Int)] {
    var changes: [(token: Int, change: Int)] = []
    let shared = passages.filter { $0.second != $0.first }.map { ($0.second, $0.firstTokens) }
      .sorted { ($0.0, $0.1.lowerBound) < ($1.0, $1.1.lowerBound) }
    var last: (document: UInt32, end: Int)?
    for (document, tokens) in shared {
      // A document counts once per token, even if it contains the token's passage several times.
      let known = last?.document == document ? last?.end ?? 0 : 0
      last = (document, max(known, tokens.upperBound))
      guard tokens.upperBound > known else { continue }
      changes.append((max(known, tokens.lowerBound), 1))
      changes.append((tokens.upperBound, -1))
    }
    changes.sort { $0.token < $1.token }
    var (count, most, start) = (1, 0, 0)
    var runs: [(tokens: Range<Int>, count: Int)] = []
    for (index, change) in changes.enumerated() {
      count += change.change
      if index + 1 < changes.count && changes[index + 1].token == change.token { continue }
      if count > rules.documentLimit {
        if most == 0 { start = change.token }
        most = max(most, count)
      } else if most > 0 {
        runs.append((start..<change.token, most))
        most = 0
      }
    }
    return runs
  }

  /// True for a passage that has fewer than the minimum of words outside boilerplate.
  package func isBoilerplate(_ passage: Passage) -> Bool {
    isBoilerplate(passage.first, passage.firstTokens)
      || isBoilerplate(passage.second, passage.secondTokens)
  }

  private func isBoilerplate(_ document: UInt32, _ tokens: Range<Int>) -> Bool {
    guard let zone = zones[document] else { return false }
    let outside = zone.gaps(in: tokens).reduce(0) { $0 + $1.count }
    return outside < min(tokens.count, rules.minimumWords)
  }
}
