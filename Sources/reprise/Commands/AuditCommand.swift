internal import ArgumentParser
internal import Reprise

/// The arguments of `reprise audit`, and the command itself.
struct AuditCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Measure what a scan missed, and compute its drops again another way.",
    usage: "reprise audit <results> [options]",
    discussion: """
      Compares a sample of the documents that stay with all others that stay, exactly
      and without signatures, and counts those that repeat an earlier one. Computes a
      sample of the drops again from their words. docs/audit.md has the formulas. The
      corpus is read twice; nothing is changed.

      Exit status 1 if a drop was wrong.

      EXAMPLES
        reprise scan seeds
        reprise audit reprise-results
        reprise audit reprise-results --sample 5000 --json
      """)

  @Argument(help: "Results folder written by reprise scan.", completion: .directory)
  var results: BytePath

  @Option(
    help: ArgumentHelp(
      "Number of documents to compare with all others; all, if fewer stay.",
      valueName: "documents"))
  var sample = Audit.defaults.sampleSize

  @Option(
    name: .customLong("drops"),
    help: ArgumentHelp("Number of drops to compute again.", valueName: "documents"))
  var dropCount = Audit.defaults.checkedDropCount

  @Option(help: ArgumentHelp("Another seed takes other documents.", valueName: "number"))
  var seed = Audit.defaults.seed

  @Option(
    help: ArgumentHelp(
      "Confidence of the intervals: above 0, below 1.", valueName: "probability"))
  var confidence = Audit.defaults.confidence

  @Flag(help: "Print the result as one JSON object.")
  var json = false

  func validate() throws {
    if results.bytes.isEmpty { throw ValidationError("The name of the results folder is empty.") }
  }

  func execute() throws -> ExitStatus {
    var audit = Audit(results)
    audit.sampleSize = sample
    audit.checkedDropCount = dropCount
    audit.seed = seed
    audit.confidence = confidence
    let cancellation = Cancellation()
    Interruption.watchOutput(cancellation)
    let report: Audit.Report
    do throws(RepriseError) {
      report = try audit.run(cancellation: cancellation)
    } catch {
      throw CommandError.reading(error, by: "audit")
    }
    let text = AuditText(report, confidence: confidence)
    try StandardOutput.write(json ? text.json() : text.text())
    return report.wrong.isEmpty ? .done : .incomplete
  }
}

extension Audit {
  /// The library's defaults, which are also those of the command.
  fileprivate static let defaults = Audit("")
}
