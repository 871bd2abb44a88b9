internal import CKernels

/// What is a token, and which differences between tokens count; part of the scheme.
public struct TokenRules: Hashable, Sendable {
  /// The differences that comparison ignores in addition to case.
  public var folding: Folding = []
  /// Whether each character that is neither of a word nor white space is a token of its own.
  ///
  /// It is for programs, formulas, prices and emoji, where `a + b` is not `a - b`.
  public var countsSymbols = false
  /// Whether tokens that differ in case are different.
  public var countsCase = false

  /// Creates the rules that the command has by default.
  public init(folding: Folding = [], countsSymbols: Bool = false, countsCase: Bool = false) {
    self.folding = folding
    self.countsSymbols = countsSymbols
    self.countsCase = countsCase
  }

  /// The maximum size of a text with these rules, in bytes.
  package var maximumByteCount: Int {
    folding.rewrites ? Folding.maximumByteCount : TokenizedText.maximumByteCount
  }

  /// The kernels' number for them.
  var style: UInt32 {
    (countsSymbols ? UInt32(REPRISE_SYMBOLS) : 0)
      | (countsCase ? UInt32(REPRISE_KEEPS_CASE) : 0)
  }
}
