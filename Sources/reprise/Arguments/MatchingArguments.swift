internal import ArgumentParser
internal import Reprise

/// The options that define duplicates, and which document of a cluster is kept.
struct MatchingArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      What to find: duplicate documents, repeated passages, or all: duplicates first, then passages \
      in the documents that are kept.
      """, valueName: "what"))
  var find = MatchingOptions.defaults.find

  @Option(
    name: .customLong("min-passage"),
    help: ArgumentHelp(
      """
      Length of the shortest passage to find, at least 16. In scripts without spaces, two characters \
      count as one word.
      """, valueName: "words"))
  var minimumPassage = MatchingOptions.defaults.minimumPassage

  @Option(
    help: ArgumentHelp(
      "Minimum Jaccard similarity of near-duplicates: above 0, at most 1.",
      valueName: "similarity"))
  var threshold = MatchingOptions.defaults.threshold

  @Option(
    help: ArgumentHelp(
      """
      Words per shingle, 1 to 1000; in scripts without spaces, characters. Shorter shingles match \
      looser copies.
      """, valueName: "words"))
  var ngram = MatchingOptions.defaults.shingleLength

  @OptionGroup var tokens: TokenArguments

  @Option(
    help: ArgumentHelp(
      """
      Minimum probability of finding a pair whose similarity is exactly the threshold: above 0, \
      below 1.
      """, valueName: "probability"))
  var recall = MatchingOptions.defaults.recall

  @Option(
    help: ArgumentHelp(
      """
      Hash values per signature: 64, 128, 256, 512 or 1024. More are slower but more precise.
      """, valueName: "count"))
  var slots = MatchingOptions.defaults.slotCount

  @Option(
    help: ArgumentHelp(
      """
      Signature algorithm: sketch (fast similarity sketching), or minhash (classical MinHash, slower).
      """, valueName: "method"))
  var signature = MatchingOptions.defaults.signatureMethod

  @Option(
    help: ArgumentHelp(
      """
      How to check candidate pairs: exact computes the similarity from the texts; signature \
      estimates it, which is faster but can be wrong.
      """, valueName: "way"))
  var verify = MatchingOptions.defaults.verification

  @Option(
    help: ArgumentHelp(
      """
      Which document of a cluster to prefer: first, longest, newest:FIELD (latest date) or \
      highest:FIELD (largest number), where FIELD is a field of JSON Lines records, a name or a path. \
      A date has its year first or its month in English, or it is a number of 4, 6 or 8 digits \
      (year, month, day), or of 10, 13, 16 or 19 (seconds to nanoseconds since 1970). Repeatable: \
      if documents are equal by one policy, the next decides. (default: first)
      """, valueName: "policy"),
    transform: Self.keepPolicy)
  var keep: [KeepPolicy] = []

  func validate() throws {
    if keep.dropLast().contains(.first) {
      throw ValidationError("--keep first decides all, so no other --keep can follow it.")
    }
  }

  private static func keepPolicy(_ argument: String) throws -> KeepPolicy {
    guard let policy = KeepPolicy(try ArgumentText.plain(argument)) else {
      throw ValidationError("it must be first, longest, newest:FIELD or highest:FIELD.")
    }
    return policy
  }
}
