internal import ArgumentParser
internal import Reprise

/// What was typed after `reprise compare`.
struct CompareCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare",
    abstract: "Say how similar two files are, and what they share.",
    usage: "reprise compare <file> <other> [options]",
    discussion: """
      Compares two files, each as one document, and prints their exact
      similarity, what a signature would have estimated, which share of each is
      contained in the other, and the passages that both have, side by side,
      with the words in which they differ.

      EXAMPLES
        reprise compare draft.txt final.txt
        reprise compare draft.txt final.txt --ngram 3 --json
      """)

  @Argument(help: "A file.", completion: .file())
  var file: FilePath

  @Argument(help: "The file to compare it with.", completion: .file())
  var other: FilePath

  @Option(
    help: ArgumentHelp("Words in a shingle, the unit that is compared.", valueName: "words"))
  var ngram = ScanConfiguration.defaults.shingleLength

  @Option(
    help: ArgumentHelp(
      "What else than case counts as the same: accents or compatibility; may be given twice.",
      valueName: "what"))
  var fold: [FoldedForm] = []

  @Option(
    help: ArgumentHelp(
      "Numbers in the signatures of the estimate: 64, 128, 256, 512 or 1024.",
      valueName: "count"))
  var slots = ScanConfiguration.defaults.slotCount

  @Option(
    name: .customLong("min-passage"),
    help: ArgumentHelp(
      "Length from which on every shared passage is found, at least 16.", valueName: "words"))
  var minimumPassage = ScanConfiguration.defaults.minimumPassage

  @Flag(help: "Print the comparison as one JSON object.")
  var json = false

  func execute() throws -> ExitStatus {
    let comparison: Comparison
    do throws(RepriseError) {
      comparison = try Comparison(
        pathA: file, pathB: other, shingleLength: ngram, slotCount: slots,
        minimumPassage: minimumPassage, folding: FoldedForm.folding(fold))
    } catch {
      throw Failure(error)
    }
    let report = CompareReport(
      comparison, paths: (file, other), shingleLength: ngram, slotCount: slots)
    let terminal = Terminal(descriptor: 1)
    try StandardOutput.write(json ? report.json() : report.text(terminal))
    return .done
  }
}
