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
  public private(set) var cuts: [Passage] = []
  private var taken: [UInt32: TokenRanges] = [:]
  private let rules: PassageRules

  /// Decides.
  ///
  /// - Parameters:
  ///   - passages: in any order.
  ///   - rules: what counts as a passage.
  ///   - mayVanish: asked when this many tokens of a document would be cut; false for a document
  ///     of which something must stay, and which is then left whole.
  /// - Complexity: O(n log n) for n passages, and the square of the cuts in one document.
  public init(
    _ passages: [Passage], rules: PassageRules,
    mayVanish: (UInt32, Int) -> Bool = { _, _ in true }
  ) {
    self.rules = rules
    let sorted = passages.indices.sorted {
      (passages[$0].second, $0) < (passages[$1].second, $1)
    }
    var rest = sorted[...]
    while let index = rest.first {
      let document = passages[index].second
      let own = rest.prefix { passages[$0].second == document }
      rest = rest.dropFirst(own.count)
      decide(document, own.map { passages[$0] }, mayVanish)
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
      cut(passage, outside: own) { part in
        own.insert(part.secondTokens)
        found.append(part)
      }
    }
    cutRepeats(passages.filter { $0.first == document }, &own, &found)
    guard !found.isEmpty, mayVanish(document, own.count) else { return }
    taken[document] = own
    cuts += found.sorted { $0.secondTokens.lowerBound < $1.secondTokens.lowerBound }
  }

  /// Cuts later copies within the document.
  private func cutRepeats(_ passages: [Passage], _ own: inout TokenRanges, _ found: inout [Passage])
  {
    var protected = TokenRanges()
    let sorted = passages.sorted {
      ($0.secondTokens.lowerBound, $0.firstTokens.lowerBound)
        < ($1.secondTokens.lowerBound, $1.firstTokens.lowerBound)
    }
    for passage in sorted {
      for range in own.gaps(in: passage.firstTokens) {
        guard let staying = passage.clipped(toFirst: range) else { continue }
        var outside = own
        for range in protected.ranges { outside.insert(range) }
        cut(staying, outside: outside) { part in
          own.insert(part.secondTokens)
          protected.insert(part.firstTokens)
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

  /// Gives the parts of a passage outside of ranges that are long enough to be cut: of the minimum
  /// length, or half of it beside another cut.
  private func cut(_ passage: Passage, outside ranges: TokenRanges, _ body: (Passage) -> Void) {
    for range in ranges.gaps(in: passage.secondTokens) {
      guard let part = passage.clipped(toSecond: range) else { continue }
      let isRest = 2 * part.words >= rules.minimumWords && ranges.touches(part.secondTokens)
      if part.words >= rules.minimumWords || isRest { body(part) }
    }
  }

  /// More first; of equals what comes first in keep order.
  private static func isBetter(_ left: Passage, _ right: Passage) -> Bool {
    let (leftTokens, rightTokens) = (left.secondTokens, right.secondTokens)
    return (right.matchCount, left.first, leftTokens.lowerBound, left.firstTokens.lowerBound)
      < (left.matchCount, right.first, rightTokens.lowerBound, right.firstTokens.lowerBound)
  }
}
