internal import RepriseCore

/// Decides which copies of each passage to cut, so that one is kept.
///
/// Visits the documents in keep order. A span is cut only if its copy is kept: in an earlier
/// document, whose cuts are final, or earlier in the same document, where the copy is then
/// protected. A chain of copies therefore never loses its original.
package struct CutPlan: Sendable {
  /// The reason why nothing of a document is left.
  package enum Vanished: Hashable, Sendable {
    /// All of its tokens are cut.
    case repeated
    /// Fewer words would be left than the rules require.
    case remnant
    /// One kept document has nearly all words that the cuts leave.
    case contained(Containment.Drop)
    /// What the cuts leave is similar to what they leave of a kept document.
    case near(to: UInt32, Similarity)

    /// Whether its cuts alone leave nothing, or too little.
    package var isForItsCuts: Bool {
      switch self {
      case .repeated, .remnant: true
      case .contained, .near: false
      }
    }
  }

  /// The kinds of passages that decide what is cut.
  package enum Kind: Int, CaseIterable, Sendable {
    /// Runs or passages that may be cut. The first side must not be in a document that was dropped
    /// before.
    case candidate
    /// Passages with all of their matches, so that words are cut that follow one another after other
    /// cuts.
    case passage
    /// Runs of what is left of two documents, with a match for each part between two cuts.
    case seam
    /// All that is left of two documents, with a match for each part; the second one is dropped if
    /// the first side is kept.
    case remainder
    /// Passages whose second side is cut whether or not the first side is kept.
    case removed
    /// Edited passages of what is left of two documents, with a match for each part between two cuts.
    case edited
  }

  /// A passage of a document, by its second side.
  private struct Entry {
    var kind: Kind
    var index: UInt32
  }

  /// The documents that are dropped because of their cuts.
  package private(set) var vanished: [UInt32: Vanished] = [:]
  /// The documents that are left whole only because they must not be dropped.
  package private(set) var blocked: Set<UInt32> = []
  /// The tokens that are cut of each document; all of one that is dropped.
  private(set) var taken: [UInt32: TokenRanges] = [:]
  /// The tokens that are cut of each document, without what only the rest of them drops.
  private(set) var cutTokens: [UInt32: TokenRanges] = [:]
  private var cutsOfDocument: [UInt32: [Passage]] = [:]
  /// The trimmed documents that have tokens of half a word.
  private var mixed: Set<UInt32> = []
  private var lists = Kind.allCases.map { _ in PassageList() }
  private var entries: [UInt32: [Entry]] = [:]
  /// The documents that are dropped for what their cuts leave.
  private var droppedRemainders: [UInt32: Vanished] = [:]
  /// The documents that are not decided yet, or with fewer passages.
  private var open: Set<UInt32> = []
  let rules: PassageRules

  /// The maximum number of times that the passages of one document are gone through, because a cut
  /// may allow a different one next to it.
  private static let roundLimit = 16

  /// Creates a plan without cuts.
  /// - Parameter rules: the minimum length of a passage, and the rules for cuts.
  package init(rules: PassageRules) { self.rules = rules }

  /// Decides which spans to cut.
  ///
  /// - Parameters:
  ///   - candidates: the runs or passages that may be cut, in any order.
  ///   - rules: the minimum length of a passage, and the rules for cuts.
  ///   - texts: returns a second document's text; nil to leave the document whole.
  ///   - mayVanish: whether a document may be dropped; if not, it is left whole rather than cut
  ///     completely.
  package init(
    _ candidates: PassageList, rules: PassageRules, texts: (UInt32) -> CutText?,
    mayVanish: (UInt32) -> Bool = { _ in true }
  ) {
    self.init(rules: rules)
    add(candidates, as: .candidate)
    decide(texts: texts, mayVanish: mayVanish)
  }

  /// The cuts: each removes the second side of a passage, and the first side is kept.
  ///
  /// They are in keep order of the second document, then by its tokens. Cuts in one document do not
  /// overlap.
  package var cuts: PassageList {
    var cuts = PassageList()
    for document in cutsOfDocument.keys.sorted() {
      for cut in cutsOfDocument[document] ?? [] { cuts.append(cut) }
    }
    return cuts
  }

  /// The passages of a kind that were added.
  func passages(as kind: Kind) -> PassageList { lists[kind.rawValue] }

  /// Adds passages; ``decide(texts:mayVanish:)`` takes them into account.
  package mutating func add(_ passages: PassageList, as kind: Kind) {
    let start = lists[kind.rawValue].count
    lists[kind.rawValue].append(passages)
    for index in passages.indices {
      let document = passages.documents(at: index).second
      entries[document, default: []].append(Entry(kind: kind, index: UInt32(start + index)))
      open.insert(document)
    }
  }

  /// Removes all passages, so that only the decisions are left.
  package mutating func removePassages() {
    lists = Kind.allCases.map { _ in PassageList() }
    entries = [:]
  }

  /// Replaces the documents that are dropped because one other document has nearly all words that
  /// their cuts leave, or similar ones.
  package mutating func replaceDroppedRemainders(_ drops: [UInt32: Vanished]) {
    for document in Set(drops.keys).union(droppedRemainders.keys)
    where drops[document] != droppedRemainders[document] {
      open.insert(document)
    }
    droppedRemainders = drops
  }

  /// Whether a part of a document is cut.
  package func isTrimmed(_ document: UInt32) -> Bool { taken[document] != nil }

  /// Whether a run is part of a candidate that was added.
  /// - Complexity: O(n) for n passages of the second document.
  package func knows(_ run: Passage) -> Bool {
    let shift = run.matches[0].second - run.matches[0].first
    return (entries[run.second] ?? []).contains { entry in
      guard entry.kind == .candidate else { return false }
      let (list, index) = (lists[entry.kind.rawValue], Int(entry.index))
      guard list.documents(at: index).first == run.first else { return false }
      let (first, second) = (list.firstTokens(at: index), list.secondTokens(at: index))
      return second.lowerBound - first.lowerBound == shift && first.contains(run.firstTokens)
        && second.contains(run.secondTokens)
    }
  }

  /// Decides on the documents with new passages, and on those whose passages are in documents of
  /// which other tokens are cut than before.
  ///
  /// - Parameters:
  ///   - texts: returns a second document's text; nil to leave the document whole.
  ///   - mayVanish: whether a document may be dropped.
  /// - Complexity: O(n log n) for the n passages of these documents and their matches, at most 16
  ///   times.
  package mutating func decide(
    texts: (UInt32) -> CutText?, mayVanish: (UInt32) -> Bool = { _ in true }
  ) {
    guard let start = open.min() else { return }
    var changed: Set<UInt32> = []
    for document in Set(entries.keys).union(open).filter({ $0 >= start }).sorted()
    where open.contains(document) || depends(document, on: changed) {
      let before = taken[document]
      decide(document, texts(document), mayVanish: mayVanish(document))
      if before?.ranges != taken[document]?.ranges { changed.insert(document) }
    }
    open = []
  }

  private func depends(_ document: UInt32, on changed: Set<UInt32>) -> Bool {
    guard !changed.isEmpty else { return false }
    return (entries[document] ?? []).contains {
      changed.contains(lists[$0.kind.rawValue].documents(at: Int($0.index)).first)
    }
  }

  private mutating func decide(_ document: UInt32, _ text: CutText?, mayVanish: Bool) {
    vanished[document] = nil
    blocked.remove(document)
    taken[document] = nil
    cutTokens[document] = nil
    cutsOfDocument[document] = nil
    mixed.remove(document)
    guard let text else { return }
    var passages = Kind.allCases.map { _ in [Passage]() }
    for entry in entries[document] ?? [] {
      passages[entry.kind.rawValue].append(lists[entry.kind.rawValue][Int(entry.index)])
    }
    func own(_ kind: Kind) -> [Passage] { passages[kind.rawValue] }
    var found = cuts(
      in: document, text, own(.candidate), passages: own(.passage) + own(.seam),
      edited: own(.edited), removed: own(.removed))
    for remainder in own(.remainder) {
      if mayVanish {
        found.cutRemainder(remainder, firstTaken: taken[remainder.first])
      } else if found.isKept(remainder, firstTaken: taken[remainder.first]) {
        blocked.insert(document)
      }
    }
    accept(found, of: document, text, mayVanish: mayVanish)
  }

  /// What is left when the cuts are made.
  ///
  /// - Parameter tokenCount: returns the number of tokens of a document.
  /// - Returns: the corpus without what is cut.
  /// - Complexity: O(n log n) for n cuts and, if edited passages are cut, for n passages.
  package func corpus(tokenCount: (UInt32) -> Int) -> CutCorpus {
    var remaining: [UInt32: RemainingTokens] = [:]
    for (document, taken) in taken where vanished[document] == nil {
      remaining[document] = RemainingTokens(
        taken, tokenCount: tokenCount(document),
        tokensPerWord: mixed.contains(document) ? 2 : 1)
    }
    if rules.cuts.mode == .edited {
      for document in bereaved where remaining[document] == nil {
        remaining[document] = RemainingTokens(
          TokenRanges(), tokenCount: tokenCount(document), tokensPerWord: 2)
      }
    }
    return CutCorpus(remaining: remaining, rules: rules)
  }

  /// The documents without cuts that had a passage in common with a document that lost it.
  ///
  /// An edited passage that very many documents have is not linked with each of them.
  private var bereaved: Set<UInt32> {
    var documents: Set<UInt32> = []
    for list in [lists[Kind.candidate.rawValue], lists[Kind.passage.rawValue]] {
      for index in list.indices {
        let (first, second) = list.documents(at: index)
        if taken[second] == nil, taken[first]?.intersects(list.firstTokens(at: index)) == true {
          documents.insert(second)
        }
        if taken[first] == nil, taken[second]?.intersects(list.secondTokens(at: index)) == true {
          documents.insert(first)
        }
      }
    }
    return documents
  }

  private func cuts(
    in document: UInt32, _ text: CutText, _ candidates: [Passage], passages: [Passage],
    edited: [Passage], removed: [Passage]
  ) -> DocumentCuts {
    let candidates = candidates.flatMap { text.partsToCut(of: $0) }
    let passages = passages.filter { $0.matches.count > 1 && !text.ignores($0) }
    let edited = edited.filter { $0.first != document && !text.ignores($0) }
    var cuts = DocumentCuts(text, rules)
    for passage in removed.sorted(by: Self.isBetter) { cuts.cut(passage) }
    let fromOthers = candidates.filter { $0.first != document }.flatMap(stayingParts)
      .sorted(by: Self.isBetter)
    func cutFromOthers() {
      for passage in fromOthers { cuts.cut(passage) }
      for passage in passages where passage.first != document {
        cuts.cutSeams(passage, firstTaken: taken[passage.first])
      }
      for passage in edited { cuts.cutEdited(passage, firstTaken: taken[passage.first]) }
    }
    func untilNothingIsCut(_ body: () -> Void) {
      for _ in 0..<Self.roundLimit {
        let count = cuts.taken.count
        body()
        guard cuts.taken.count > count else { break }
      }
    }
    let repeats = candidates.filter { $0.first == document }
    func cutRepeats() {
      cuts.cutRepeats(repeats)
      for passage in passages where passage.first == document {
        cuts.cutSeams(passage, firstTaken: cuts.taken)
      }
    }
    untilNothingIsCut(cutFromOthers)
    if rules.cuts.cutsRepeats {
      untilNothingIsCut {
        cutRepeats()
        untilNothingIsCut(cutFromOthers)
      }
    }
    return cuts
  }

  private mutating func accept(
    _ found: DocumentCuts, of document: UInt32, _ text: CutText, mayVanish: Bool
  ) {
    var (taken, cuts) = (found.taken, found.cuts)
    guard !cuts.isEmpty || droppedRemainders[document] != nil else { return }
    if taken.count >= text.breaks.tokenCount {
      guard mayVanish else {
        blocked.insert(document)
        return
      }
      vanished[document] = .repeated
    } else if text.isStructured && !rules.cuts.cutsMarkup {
      // It stays as it is, or is dropped as a whole.
      guard case .near = droppedRemainders[document] else { return }
      vanished[document] = droppedRemainders[document]
      (taken, cuts) = (TokenRanges([0..<text.breaks.tokenCount]), [])
    } else if let drop = droppedRemainders[document] {
      vanished[document] = drop
      taken.insert(0..<text.breaks.tokenCount)
    } else if found.wordsLeft < rules.cuts.minimumLeft,
      // Of a document that only repeats itself, nothing is kept elsewhere.
      cuts.contains(where: { $0.first != document })
    {
      if mayVanish {
        vanished[document] = .remnant
        taken.insert(0..<text.breaks.tokenCount)
      } else {
        blocked.insert(document)
      }
    }
    self.taken[document] = taken
    cutTokens[document] = cuts.isEmpty ? nil : found.taken
    if text.breaks.weights.hasHalves { mixed.insert(document) }
    cutsOfDocument[document] = cuts.sorted {
      $0.secondTokens.lowerBound < $1.secondTokens.lowerBound
    }
  }

  /// The parts of a passage whose first side is kept.
  private func stayingParts(of passage: Passage) -> [Passage] {
    guard let cut = taken[passage.first] else { return [passage] }
    return cut.gaps(in: passage.firstTokens).compactMap { passage.clipped(toFirst: $0) }
  }

  /// Orders passages by decreasing number of matching tokens, then by keep order.
  private static func isBetter(_ left: Passage, _ right: Passage) -> Bool {
    let (leftTokens, rightTokens) = (left.secondTokens, right.secondTokens)
    return (right.matchCount, left.first, leftTokens.lowerBound, left.firstTokens.lowerBound)
      < (left.matchCount, right.first, rightTokens.lowerBound, right.firstTokens.lowerBound)
  }
}
