internal import RepriseCore
internal import RepriseFormats

/// Computes cuts again: whether the kept document has the words that were cut, and keeps them.
struct CutCheck {
  /// A cut that is computed again.
  struct Cut {
    let row: Int
    let id: String
    let keptRow: Int
    let span: Range<Int>
    let keptSpan: Range<Int>
    let identity: Double
  }

  /// The part of the two spans that may differ from the identity in the manifest where edited passages
  /// are cut: the words of long spans can be aligned in different ways.
  private static let tolerance = 0.1

  private let rules: TokenRules
  private let isExact: Bool

  /// - Parameters:
  ///   - rules: what is a word.
  ///   - isExact: false if edited passages are cut, too.
  init(_ rules: TokenRules, isExact: Bool) { (self.rules, self.isExact) = (rules, isExact) }

  /// Compares a cut with what is kept.
  ///
  /// - Parameters:
  ///   - cut: the cut.
  ///   - text: the text of its span.
  ///   - kept: the text that it repeats.
  ///   - keptCuts: what is cut from the kept document; nil if that is dropped.
  /// - Returns: the share of the words that the kept span has in the same order, 0 if it is not kept; nil
  ///   if the cut is right.
  func wrong(
    _ cut: Cut, _ text: [UInt8], _ kept: [UInt8], _ keptCuts: [Range<Int>]?
  ) -> Double? {
    guard let keptCuts, !keptCuts.contains(where: { $0.overlaps(cut.keptSpan) }) else { return 0 }
    var numbering = TokenNumbering()
    let own = ShownText(text, rules, &numbering).tokens
    let other = ShownText(kept, rules, &numbering).tokens
    if own == other { return nil }
    let common = TextAlignment(other, own).parts.reduce(0) {
      $0 + ($1.isEqual ? $1.first.count : 0)
    }
    let identity = Double(common) / Double(max(own.count, other.count, 1))
    return !isExact && identity >= cut.identity - Self.tolerance ? nil : identity
  }
}
