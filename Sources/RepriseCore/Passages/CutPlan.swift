/// Decides which copies of each passage to cut, so that one is kept.
///
/// Visits the documents in keep order. A span is cut only if its copy is kept: in an earlier
/// document, whose cuts are final, or earlier in the same document, where the copy is then
/// protected. A chain of copies therefore never loses its original.
public struct CutPlan: Sendable {
  /// The reason why nothing of a document is left.
  public enum Vanished: Hashable, Sendable {
    /// All of its tokens are cut.
    case repeated
    /// Fewer words would be left than the rules require.
    case remnant
  }

  /// The cuts: each removes the second side of a passage, and the first side is kept.
  ///
  /// They are in keep order of the second document, then by its tokens. Cuts in one document do not
  /// overlap.
  public private(set) var cuts = PassageList()
  /// The documents that are dropped because of their cuts.
  public private(set) var vanished: [UInt32: Vanished] = [:]
  private var taken: [UInt32: TokenRanges] = [:]
  /// The trimmed documents that have tokens of half a word.
  private var mixed: Set<UInt32> = []
  private let rules: PassageRules

  /// The maximum number of times that the passages of one document are gone through, because a cut
  /// may allow a different one next to it.
  private static let roundLimit = 16

  /// Decides which spans to cut.
  ///
  /// - Parameters:
  ///   - candidates: the runs or passages that may be cut, in any order. The first side must not be
  ///     in a document that is dropped.
  ///   - passages: passages with all of their matches, so that words are cut that follow one another
  ///     after other cuts.
  ///   - seams: runs of what is left of two documents, with a match for each part between two cuts.
  ///   - remainders: all that is left of two documents, with a match for each part; the second one
  ///     is dropped if the first side is kept.
  ///   - removed: passages whose second side is cut whether or not the first side is kept.
  ///   - rules: the minimum length of a passage, and the rules for cuts.
  ///   - texts: returns a second document's text; nil to leave the document whole.
  ///   - mayVanish: whether a document may be dropped; if not, it is left whole rather than cut
  ///     completely.
  /// - Complexity: O(n log n) for n candidates and their matches, at most 16 times.
  public init(
    _ candidates: PassageList, passages: PassageList = PassageList(),
    seams: PassageList = PassageList(), remainders: PassageList = PassageList(),
    removed: PassageList = PassageList(), rules: PassageRules,
    texts: (UInt32) -> CutText?, mayVanish: (UInt32) -> Bool = { _ in true }
  ) {
    self.rules = rules
    let lists = [candidates, passages, seams, remainders, removed]
    var sorted: [(document: UInt32, list: UInt8, offset: UInt32)] = []
    sorted.reserveCapacity(lists.reduce(0) { $0 + $1.count })
    for (number, list) in lists.enumerated() {
      for index in list.indices {
        sorted.append((list.documents(at: index).second, UInt8(number), UInt32(index)))
      }
    }
    sorted.sort { ($0.document, $0.list, $0.offset) < ($1.document, $1.list, $1.offset) }
    var rest = sorted[...]
    while let document = rest.first?.document {
      let own = rest.prefix { $0.document == document }
      rest = rest.dropFirst(own.count)
      guard let text = texts(document) else { continue }
      let parts = lists.indices.map { number in
        own.filter { $0.list == number }.map { lists[number][Int($0.offset)] }
      }
      var found = cuts(
        in: document, text, parts[0], passages: parts[1] + parts[2], removed: parts[4])
      if mayVanish(document) {
        for remainder in parts[3] {
          found.cutRemainder(remainder, firstTaken: taken[remainder.first])
        }
      }
      accept(found, of: document, text, mayVanish: mayVanish)
    }
  }

  /// What is left when the cuts are made.
  ///
  /// - Parameters:
  ///   - candidates: the runs that were found.
  ///   - dropped: the documents that were dropped before the plan was made.
  ///   - tokenCount: returns the number of tokens of a document.
  /// - Returns: the corpus without what is cut.
  /// - Complexity: O(n log n) for n cuts and candidates.
  public func corpus(
    of candidates: [PassageList], dropped: Set<UInt32>, tokenCount: (UInt32) -> Int
  ) -> CutCorpus {
    var remaining: [UInt32: RemainingTokens] = [:]
    for (document, taken) in taken where vanished[document] == nil {
      remaining[document] = RemainingTokens(
        taken, tokenCount: tokenCount(document),
        tokensPerWord: mixed.contains(document) ? 2 : 1)
    }
    return CutCorpus(
      taken, remaining: remaining, candidates: candidates, dropped: dropped, rules: rules)
  }

  private func cuts(
    in document: UInt32, _ text: CutText, _ candidates: [Passage], passages: [Passage],
    removed: [Passage]
  ) -> DocumentCuts {
    let candidates = candidates.flatMap { text.partsToCut(of: $0) }
    let passages = passages.filter { $0.first != document && $0.matches.count > 1 }
    var cuts = DocumentCuts(text, rules)
    for passage in removed.sorted(by: Self.isBetter) { cuts.cut(passage) }
    let fromOthers = candidates.filter { $0.first != document }.flatMap(stayingParts)
      .sorted(by: Self.isBetter)
    for _ in 0..<Self.roundLimit {
      let count = cuts.taken.count
      for passage in fromOthers { cuts.cut(passage) }
      for passage in passages where !text.ignores(passage) {
        cuts.cutSeams(passage, firstTaken: taken[passage.first])
      }
      guard cuts.taken.count > count else { break }
    }
    if rules.cuts.cutsRepeats { cuts.cutRepeats(candidates.filter { $0.first == document }) }
    return cuts
  }

  private mutating func accept(
    _ found: DocumentCuts, of document: UInt32, _ text: CutText, mayVanish: (UInt32) -> Bool
  ) {
    guard !found.cuts.isEmpty else { return }
    var taken = found.taken
    if taken.count >= text.breaks.tokenCount {
      guard mayVanish(document) else { return }
      vanished[document] = .repeated
    } else if text.isStructured && !rules.cuts.cutsMarkup {
      return
    } else if found.wordsLeft < rules.cuts.minimumLeft && mayVanish(document) {
      vanished[document] = .remnant
      taken.insert(0..<text.breaks.tokenCount)
    }
    self.taken[document] = taken
    if text.breaks.weights.hasHalves { mixed.insert(document) }
    for cut in found.cuts.sorted(by: { $0.secondTokens.lowerBound < $1.secondTokens.lowerBound }) {
      cuts.append(cut)
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
