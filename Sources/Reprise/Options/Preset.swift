internal import RepriseCore

/// A named set of options for one use.
///
/// `docs/presets.md` says what each was tried on. A preset is no different from its options: a scan
/// that is given these options without the preset decides the same.
public enum Preset: String, CaseIterable, Sendable {
  /// Printed texts: newspapers, books and documents read by a scanner, in any encoding.
  case archive
  /// Training corpora for language models.
  case training
  /// Source code.
  case code
  /// Documentation repositories.
  case docs

  /// The options in which the preset differs from the defaults, as the command has them.
  public var arguments: [String] {
    switch self {
    case .archive: ["--encoding auto", "--fold hyphens", "--min-identity 0.7"]
    case .training: ["--keep longest", "--cut-repeats", "--min-left 50"]
    case .code: ["--gitignore", "--tokens symbols", "--case keep", "--cut none"]
    case .docs: ["--gitignore", "--include '\(Self.documentNames)'", "--cut none"]
    }
  }

  private static let documentNames = "*.{md,mdx,markdown,rst,adoc,txt}"

  /// Sets what the preset changes of the input options.
  func apply(to input: inout InputOptions) {
    switch self {
    case .archive: input.encoding = "auto"
    case .training: break
    case .code: input.selection.readsIgnoreFiles = true
    case .docs:
      input.selection.include = [Self.documentNames]
      input.selection.readsIgnoreFiles = true
    }
  }

  /// Sets what the preset changes of the matching options.
  func apply(to matching: inout MatchingOptions) {
    switch self {
    case .archive:
      matching.tokens.folding = .hyphens
      matching.minimumIdentity = 0.7
    case .training:
      matching.keep = .longest
      matching.cuts.cutsRepeats = true
      matching.cuts.minimumLeft = 50
    case .code:
      matching.tokens = TokenRules(countsSymbols: true, countsCase: true)
      matching.cuts.mode = .none
    case .docs: matching.cuts.mode = .none
    }
  }
}
