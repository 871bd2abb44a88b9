internal import ArgumentParser
internal import Reprise

/// The option that says how much of a passage must match.
struct IdentityArguments: ParsableArguments {
  @Option(
    name: .customLong("min-identity"),
    help: ArgumentHelp(
      """
      Minimum share of the words of a passage that match, 0.5 to 1. Lower values find passages with \
      more edits, or printed badly; below 0.9 the search takes more time.
      """, valueName: "share"))
  var minimumIdentity = MatchingOptions.defaults.minimumIdentity
}
