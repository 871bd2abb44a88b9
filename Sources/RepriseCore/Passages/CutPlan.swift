/// What is cut, so that of every passage one copy stays.
///
/// Documents are decided one after another in keep order. What is cut is the copy of tokens that stay:
/// of an earlier document, whose cuts are final, or of the same one, where they are protected from
/// then on. So no chain of copies deletes its own beginning.
public struct CutPlan: Sendable {
  /// The cuts: the second side of each goes, the first stays.
  ///
  /// In keep order of the second document, then by its tokens; those of one document do not
  /// overlap.
  public private(set) var cuts = PassageList()
  private var taken: [UInt32: TokenRanges] = [:]
  private let rules: PassageRules

  /// Decides.
  ///
  /// - Parameters:
  ///   - passages: in any order.
  ///   - rules: what counts as a passage.
  ///   - mayVanish: asked when this many tokens of a document would be cut; false for a document
  ///     of which something must stay, and which is then left whole.
  /// - Complexity: O(n log n) for n passages, and their blocks.
  public init(
    _ passages: some RandomAccessCollection<Passage>, rules: PassageRules,
    mayVanish: (UInt32, Int) -> Bool = { _, _ in true }
  ) {
    self.rules = rules
    var sorted: [(document: UInt32, offset: UInt32)] = []
    sorted.reserveCapacity(passages.count)
    for passage in passages { sorted.append((passage.second, UInt32(sorted.count))) }
    sorted.sort { $0 < $1 }
    var rest = sorted[...]
    while let document = rest.first?.document {
      let own = rest.prefix { $0.document == document }
      rest = rest.dropFirst(own.count)
      let found = own.map {
        passages[passages.index(passages.startIndex, offsetBy: Int($0.offset))]
      }
      decide(document, found, mayVanish)
    }
  }

  /// True if all tokens of a document are cut.
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

  /// Cuts later copies within the document.
  private func cutRepeats(_ passages: [Passage], _ own: inout TokenRanges, _ found: inout [Passage])
  {
    // What is cut, and what stays because a cut points at it.
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

  /// The parts of a passage whose first side is not cut.
  private func stayingParts(of passage: Passage) -> [Passage] {
    guard let cut = taken[passage.first] else { return [passage] }
    return cut.gaps(in: passage.firstTokens).compactMap { passage.clipped(toFirst: $0) }
  }

  /// The parts of a passage outside of ranges that are long enough to be cut: of the minimum
  /// length, or half of it beside another cut.
  private func parts(of passage: Passage, outside ranges: TokenRanges) -> [Passage] {
    ranges.gaps(in: passage.secondTokens).compactMap { range in
      guard let part = passage.clipped(toSecond: range) else { return nil }
      let isRest = 2 * part.words >= rules.minimumWords && ranges.touches(part.secondTokens)
      return part.words >= rules.minimumWords || isRest ? part : nil
    }
  }

  /// More first; of equals what comes first in keep order.
  private static func isBetter(_ left: Passage, _ right: Passage) -> Bool {
    let (leftTokens, rightTokens) = (left.secondTokens, right.secondTokens)
    return (right.matchCount, left.first, leftTokens.lowerBound, left.firstTokens.lowerBound)
      < (left.matchCount, right.first, rightTokens.lowerBound, right.firstTokens.lowerBound)
  }
}
