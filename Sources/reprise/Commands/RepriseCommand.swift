internal import ArgumentParser
internal import Reprise

/// The command with all its subcommands.
struct RepriseCommand: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "reprise",
    abstract: "Finds what repeats in a text corpus, and writes the corpus without it.",
    discussion: """
      EXAMPLES
        reprise scan articles/                  find the duplicates of a folder
        reprise clean reprise-results --output cleaned
                                                write the folder without them
        reprise compare old.txt new.txt         how similar are two files?

      EXIT STATUS
        0  done
        1  done, but something was skipped; with --fail-on-duplicates also if a
           document is dropped or trimmed
        2  could not run
      """,
    version: "reprise \(version) (scheme \(Scheme.number))",
    subcommands: [ScanCommand.self, CleanCommand.self, CompareCommand.self, SignCommand.self])
}
