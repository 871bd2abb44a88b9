internal import ArgumentParser
internal import Reprise

/// The root command with all subcommands.
struct RepriseCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reprise",
    abstract: """
      Find duplicate documents and repeated passages in a text corpus, and write a cleaned copy.
      """,
    discussion: """
      EXAMPLES
        reprise scan articles/                  find the duplicates in a folder
        reprise show reprise-results --random 5
                                                look at some of them
        reprise show reprise-results            list the largest findings, and
                                                what other thresholds would drop
        reprise clean reprise-results --output cleaned
                                                write the folder without them
        reprise compare old.txt new.txt         measure how similar two files are

      EXIT STATUS
        0      success
        1      finished, but some input was skipped or replaced
        2      failed, or nothing was read
        3      finished, and something repeats that --fail-on names or check reports
        128+N  stopped by signal N
      """,
    version: "reprise \(ProgramVersion.text) (scheme \(Scheme.number))",
    subcommands: [
      ScanCommand.self, ShowCommand.self, ReportCommand.self, AuditCommand.self, CheckCommand.self,
      ExportCommand.self, CleanCommand.self, CompareCommand.self, SignCommand.self,
    ])
}
