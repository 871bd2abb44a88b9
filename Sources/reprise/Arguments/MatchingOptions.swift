internal import ArgumentParser
internal import Reprise

/// What counts as a duplicate, and which document stays.
struct MatchingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What to look for: documents that repeat others, passages that stand in several places of the \
      documents that stay, or all.
      """, valueName: "what"))
  var find = ScanConfiguration.defaults.find

  @Option(
    name: .customLong("min-passage"),
    help: ArgumentHelp(
      "Length from which on every repeated passage is found, at least 16.", valueName: "words"))
  var minimumPassage = ScanConfiguration.defaults.minimumPassage

  @Option(
    help: ArgumentHelp(
      "Jaccard similarity from which on two documents are near-duplicates, over 0, at most 1.",
      valueName: "similarity"))
  var threshold = ScanConfiguration.defaults.threshold

  @Option(
    help: ArgumentHelp(
      "Words in a shingle, the unit that is compared: fewer find looser copies.",
      valueName: "words"))
  var ngram = ScanConfiguration.defaults.shingleLength

  @Option(
    help: ArgumentHelp(
      """
      What else than case counts as the same: accents, or compatibility forms such as full-width \
      letters; may be given twice.
      """, valueName: "what"))
  var fold: [FoldedForm] = []

  @Option(
    help: ArgumentHelp(
      "Least probability of finding a pair at the threshold, under 1.", valueName: "probability"))
  var recall = ScanConfiguration.defaults.recall

  @Option(
    help: ArgumentHelp(
      "Numbers in a signature: 64, 128, 256, 512 or 1024. More are slower and sharper.",
      valueName: "count"))
  var slots = ScanConfiguration.defaults.slotCount

  @Option(
    help: ArgumentHelp(
      "How signatures are computed: sketch, or classical minhash, which is slower.",
      valueName: "method"))
  var signature = ScanConfiguration.defaults.signatureMethod

  @Option(
    help: ArgumentHelp(
      """
      How candidate pairs are decided: exact compares the texts, signature estimates, which is \
      faster and no proof.
      """, valueName: "way"))
  var verify = ScanConfiguration.defaults.verification

  @Option(
    help: ArgumentHelp(
      """
      Which document of a cluster stays: first, longest, newest:FIELD (latest date) or \
      highest:FIELD (greatest number); fields are those of JSON Lines records. (default: first)
      """, valueName: "policy"),
    transform: Self.keepPolicy)
  var keep = ScanConfiguration.defaults.keep

  private static func keepPolicy(_ argument: String) throws -> KeepPolicy {
    guard let policy = KeepPolicy(try ArgumentText.plain(argument)) else {
      throw ValidationError("it must be first, longest, newest:FIELD or highest:FIELD.")
    }
    return policy
  }
}
