internal import ArgumentParser
internal import Reprise

/// The options that decide what is cut of repeated passages, and where cuts end.
struct CutArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What to cut of a repeated passage: exact, the runs of at least --min-passage words that the \
      kept document has word for word; edited, the whole passage except what differs in numbers, \
      negations or more than three words; or none.
      """, valueName: "what"))
  var cut = MatchingOptions.defaults.cuts.mode

  @Option(
    name: .customLong("cut-at"),
    help: ArgumentHelp(
      """
      Where cuts begin and end: sentences, at the ends of sentences or lines where there is one \
      within 60 words, else between words; lines; or words.
      """, valueName: "where"))
  var ends = MatchingOptions.defaults.cuts.ends

  @Flag(
    name: .customLong("cut-repeats"), inversion: .prefixedNo,
    help: "Cut also what a document repeats of itself, except the first occurrence.")
  var cutsRepeats = MatchingOptions.defaults.cuts.cutsRepeats

  @Flag(
    name: .customLong("cut-markup"),
    help: """
      Cut also inside structured text: HTML, XML, source code, tables. Without it, such a document \
      is dropped as a whole or not at all.
      """)
  var cutsMarkup = false

  @Option(
    name: .customLong("min-left"),
    help: ArgumentHelp(
      "Drop a trimmed document if fewer words than this would be left of it.", valueName: "words"))
  var minimumLeft = MatchingOptions.defaults.cuts.minimumLeft

  @Option(
    help: ArgumentHelp(
      """
      Drop a document if one kept document has at least this share of its words, in exact runs of \
      at least --min-passage words; 0 drops none.
      """, valueName: "share"))
  var contained = MatchingOptions.defaults.cuts.contained

  @Option(
    help: ArgumentHelp(
      """
      A passage in more documents than this is boilerplate: it is reported once, and \
      --boilerplate-action decides whether it is cut.
      """, valueName: "documents"))
  var boilerplate = MatchingOptions.defaults.boilerplateLimit

  @Option(
    name: .customLong("boilerplate-action"),
    help: ArgumentHelp(
      """
      Treatment of boilerplate: keep, cut (all occurrences but one), or cut-all.
      """, valueName: "action"))
  var boilerplateAction = MatchingOptions.defaults.cuts.boilerplate

  @Option(
    name: .customLong("ignore-text"),
    help: ArgumentHelp(
      """
      Neither report nor cut passages of this text, such as a licence header or a template; \
      repeatable.
      """, valueName: "file"), completion: .file())
  var ignoredTexts: [BytePath] = []

  /// The rules of the library.
  var rules: CutRules {
    var rules = MatchingOptions.defaults.cuts
    rules.mode = cut
    rules.ends = ends
    rules.cutsRepeats = cutsRepeats
    rules.cutsMarkup = cutsMarkup
    rules.minimumLeft = minimumLeft
    rules.contained = contained
    rules.boilerplate = boilerplateAction
    return rules
  }
}
