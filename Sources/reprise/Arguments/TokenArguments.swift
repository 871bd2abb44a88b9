internal import ArgumentParser
internal import Reprise

/// The options that define what is a token, and which tokens are equal.
struct TokenArguments: ParsableArguments {
  /// The characters that tokens are made of.
  enum Tokens: String, CaseIterable, ExpressibleByArgument {
    case words
    case symbols
  }

  /// What becomes of case.
  enum Case: String, CaseIterable, ExpressibleByArgument {
    case fold
    case keep
  }

  @Option(
    help: ArgumentHelp(
      """
      The elements of text: words, or also symbols: each operator, punctuation mark, currency sign and emoji \
      is then a token too, and half a word in lengths. For programs, formulas and prices.
      """, valueName: "what"))
  var tokens = MatchingOptions.defaults.tokens.countsSymbols ? Tokens.symbols : .words

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp(
      "Whether words that differ only in case are equal (fold) or different (keep).",
      valueName: "how"))
  var letterCase = MatchingOptions.defaults.tokens.countsCase ? Case.keep : .fold

  @Option(
    help: ArgumentHelp(
      """
      A further difference to ignore: accents, compatibility forms such as full-width letters, or \
      hyphens that divide a word at the end of a line; repeatable.
      """, valueName: "what"))
  var fold: [FoldedForm] = []

  /// The rules of the library.
  var rules: TokenRules {
    TokenRules(
      folding: fold.isEmpty
        ? MatchingOptions.defaults.tokens.folding : FoldedForm.folding(fold),
      countsSymbols: tokens == .symbols,
      countsCase: letterCase == .keep)
  }
}
