internal import ArgumentParser
internal import Reprise

/// The root command with all subcommands.
struct RepriseCommand: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "reprise",
    abstract: """
      Find duplicate documents and repeated passages in a text corpus, and write a cleaned copy.
      """,
    discussion: """
      EXAMPLES
        reprise scan articles/                  find the duplicates in a folder
        reprise clean reprise-results --output cleaned
                                                write the folder without them
        reprise compare old.txt new.txt         measure how similar two files are

      EXIT STATUS
        0      success
        1      finished, but with problems; with --fail-on-duplicates also if a
               document is dropped or trimmed
        2      failed
        128+N  stopped by signal N
      """,
    version: "reprise \(version) (scheme \(Scheme.number))",
    subcommands: [ScanCommand.self, CleanCommand.self, CompareCommand.self, SignCommand.self])
}
