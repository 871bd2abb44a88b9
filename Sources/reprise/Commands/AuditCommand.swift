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

      With --label, near-duplicates are shown one after another, to be judged with
      the keys s (same), d (different), u (unsure), b (back) and q (quit). Each answer
      is written at once, and a later call continues. With --labels, the audit has
      the share of the answers that are the same. The judgements that the page of
      reprise report saves are such a file, too.

      Exit status 1 if a drop was wrong.

      EXAMPLES
        reprise scan seeds
        reprise audit reprise-results
        reprise audit reprise-results --sample 5000 --json
        reprise audit reprise-results --label 60 --labels labels.jsonl
        reprise audit reprise-results --labels labels.jsonl
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

  @Option(
    help: ArgumentHelp(
      "Show this many near-duplicates at random, to be judged. (labels: audit-labels.jsonl)",
      valueName: "count"))
  var label: Int?

  @Option(
    help: ArgumentHelp("The file of the judgements of people.", valueName: "file"),
    completion: .file(extensions: ["jsonl"]))
  var labels: BytePath?

  @Flag(help: "Print the result as one JSON object.")
  var json = false

  func validate() throws {
    if results.bytes.isEmpty { throw ValidationError("The name of the results folder is empty.") }
    if let label, label < 1 { throw ValidationError("--label is at least 1.") }
    if label != nil, json { throw ValidationError("--label and --json cannot be used together.") }
    guard confidence > 0, confidence < 1 else {
      throw ValidationError("--confidence is above 0 and below 1.")
    }
  }

  func execute() throws -> ExitStatus {
    if let label { return try judge(label) }
    let judgements: JudgementCounts?
    do throws(RepriseError) {
      judgements = try labels.map { path throws(RepriseError) in
        JudgementCounts(try Judgement.read(path))
      }
    } catch {
      throw CommandError(error)
    }
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
    let text = AuditText(report, judgements, confidence: confidence)
    try StandardOutput.write(json ? text.json() : text.text())
    return report.wrong.isEmpty ? .done : .incomplete
  }

  private func judge(_ count: Int) throws -> ExitStatus {
    let path = labels ?? "audit-labels.jsonl"
    let labelling = Labelling(show: Show(results), count: count, seed: seed, path: path)
    let judgements: [Judgement]
    do {
      judgements = try labelling.run()
    } catch let error as RepriseError {
      throw CommandError.reading(error, by: "audit")
    }
    let counts = JudgementCounts(judgements)
    let text = AuditText.sentence(counts, confidence: confidence)
    try StandardOutput.write("\(SafeText.line(path.text)): \(text)\n")
    return .done
  }
}

extension Audit {
  /// The library's defaults, which are also those of the command.
  fileprivate static let defaults = Audit("")
}
