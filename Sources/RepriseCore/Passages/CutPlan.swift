/// Decides which copies of each passage to cut, so that one is kept.
///
/// Visits the documents in keep order. A span is cut only if its copy is kept: in an earlier
/// document, whose cuts are final, or earlier in the same document, where the copy is then
/// protected. A chain of copies therefore never loses its original.
public struct CutPlan: Sendable {
  /// The cuts: each removes the second side of a passage, and the first side is kept.
  ///
  /// They are in keep order of the second document, then by its tokens. Cuts in one document do not
  /// overlap.
  public private(set) var cuts = PassageList()
  private var taken: [UInt32: TokenRanges] = [:]
  private let rules: PassageRules

  /// Decides which spans to cut.
  ///
  /// - Parameters:
  ///   - passages: the passages, in any order.
  ///   - rules: the minimum length of a passage.
  ///   - mayVanish: whether this number of tokens of a document may be cut; if not, the document is
  ///     left whole.
  /// - Complexity: O(n log n) for n passages and their matches.
  public init(
    _ passages: PassageList, rules: PassageRules,
    mayVanish: (UInt32, Int) -> Bool = { _, _ in true }
  ) {
    self.rules = rules
    var sorted: [(document: UInt32, offset: UInt32)] = []
    sorted.reserveCapacity(passages.count)
    for index in passages.indices {
      sorted.append((passages.documents(at: index).second, UInt32(index)))
    }
    sorted.sort { $0 < $1 }
    var rest = sorted[...]
    while let document = rest.first?.document {
      let own = rest.prefix { $0.document == document }
      rest = rest.dropFirst(own.count)
      decide(document, own.map { passages[Int($0.offset)] }, mayVanish)
    }
  }

  /// Whether all tokens of a document are cut.
  public func cutsAll(of document: UInt32, tokenCount: Int) -> Bool {
    taken[document].map { $0.count >= tokenCount } ?? false
  }

  private mutating func decide(
    _ document: UInt32, _ passages: [Passage], _ mayVanish: (UInt32, Int) -> Bool
  ) {
    var own = TokenRanges()
    var found: [Passage] = []
    let fromOthers = passages.filter { $0.first != document }.flatMap(stayingParts)
    for passage in fromOthers.sorted(by: Self.isBetter) {
      for part in parts(of: passage, outside: own) {
        own.insert(part.secondTokens)
        found.append(part)
      }
    }
    cutRepeats(passages.filter { $0.first == document }, &own, &found)
    guard !found.isEmpty, mayVanish(document, own.count) else { return }
    taken[document] = own
    for cut in found.sorted(by: { $0.secondTokens.lowerBound < $1.secondTokens.lowerBound }) {
      cuts.append(cut)
    }
  }

  /// Cuts the later copies of passages that repeat within one document.
  private func cutRepeats(_ passages: [Passage], _ own: inout TokenRanges, _ found: inout [Passage])
  {
    // All spans that are cut, or must be kept because a cut refers to them.
    var decided = own
    let sorted = passages.sorted {
      ($0.secondTokens.lowerBound, $0.firstTokens.lowerBound)
        < ($1.secondTokens.lowerBound, $1.firstTokens.lowerBound)
    }
    for passage in sorted {
      for range in own.gaps(in: passage.firstTokens) {
        guard let staying = passage.clipped(toFirst: range) else { continue }
        for part in parts(of: staying, outside: decided) {
          own.insert(part.secondTokens)
          decided.insert(part.secondTokens)
          decided.insert(part.firstTokens)
          found.append(part)
        }
      }
    }
  }

  /// The parts of a passage whose first side is kept.
  private func stayingParts(of passage: Passage) -> [Passage] {
    guard let cut = taken[passage.first] else { return [passage] }
    return cut.gaps(in: passage.firstTokens).compactMap { passage.clipped(toFirst: $0) }
  }

  /// The parts of a passage outside some ranges that are long enough to be cut: at least the
  /// minimum length, or half of it next to a different cut.
  private func parts(of passage: Passage, outside ranges: TokenRanges) -> [Passage] {
    ranges.gaps(in: passage.secondTokens).compactMap { range in
      guard let part = passage.clipped(toSecond: range) else { return nil }
      let isRest = 2 * part.words >= rules.minimumWords && ranges.touches(part.secondTokens)
      return part.words >= rules.minimumWords || isRest ? part : nil
    }
  }

  /// Orders passages by decreasing number of matching tokens, then by keep order.
  private static func isBetter(_ left: Passage, _ right: Passage) -> Bool {
    let (leftTokens, rightTokens) = (left.secondTokens, right.secondTokens)
    return (right.matchCount, left.first, leftTokens.lowerBound, left.firstTokens.lowerBound)
      < (left.matchCount, right.first, rightTokens.lowerBound, right.firstTokens.lowerBound)
  }
}
