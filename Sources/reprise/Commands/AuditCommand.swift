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
      sample of the drops and of the cuts again from their words, and counts the
      documents with words that no passage names. docs/audit.md has the formulas. The
      corpus is read twice; nothing is changed.

      With --label, near-duplicates are shown one after another, to be judged with
      the keys s (same), d (different), u (unsure), b (back) and q (quit). Each answer
      is written at once, and a later call continues. With --labels, the audit has
      the share of the answers that are the same. The judgements that the page of
      reprise report saves are such a file, too. With --by-similarity, as many are
      shown of each fifth of the similarities, so that the result says where people
      disagree.

      Exit status 1 if a drop or a cut was wrong.

      EXAMPLES
        reprise scan seeds
        reprise audit reprise-results
        reprise audit reprise-results --sample 5000 --output audit.json
        reprise report reprise-results --audit audit.json
        reprise audit reprise-results --thresholds 0.7,0.72,0.74
        reprise audit reprise-results --memory 500M --floor 0.6
        reprise audit reprise-results --label 60 --labels labels.jsonl
        reprise audit reprise-results --label 60 --by-similarity
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
    help: ArgumentHelp("Number of drops, and of cuts, to compute again.", valueName: "count"))
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

  @Flag(help: "With --label, show as many of each fifth of the similarities.")
  var bySimilarity = false

  @Option(
    help: ArgumentHelp(
      "Count documents below the threshold from this similarity to an earlier one, from 0 to 1.",
      valueName: "number"))
  var floor = Audit.defaults.floor

  @Option(
    help: ArgumentHelp(
      "Memory for the sample, such as 500M: it has fewer documents if they need more. (default: no limit)",
      valueName: "size"),
    transform: ByteCountArgument.parse)
  var memory: Int?

  @Option(
    help: ArgumentHelp(
      "The thresholds whose near-duplicates are counted, above 0 and at most 1. (default: 0.5,0.6,0.7,0.75,0.8,0.85,0.9,0.95)",
      valueName: "numbers"),
    transform: AuditCommand.thresholds)
  var thresholds = Audit.defaults.thresholds

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write the JSON object to this file, too, for reprise report --audit.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var output: BytePath?

  @Flag(help: "Print the result as one JSON object.")
  var json = false

  func validate() throws {
    if results.bytes.isEmpty { throw ValidationError("The name of the results folder is empty.") }
    if let label, label < 1 { throw ValidationError("--label is at least 1.") }
    if output == "" { throw ValidationError("--output needs the name of a file.") }
    if label != nil, json || output != nil {
      throw ValidationError("--label cannot be used together with --json and --output.")
    }
    if bySimilarity, label == nil { throw ValidationError("--by-similarity needs --label.") }
    guard (0...1).contains(floor) else { throw ValidationError("--floor is from 0 to 1.") }
    guard confidence > 0, confidence < 1 else {
      throw ValidationError("--confidence is above 0 and below 1.")
    }
  }

  func execute() throws -> ExitStatus {
    if let label { return try judge(label) }
    let judgements: [Judgement]?
    do throws(RepriseError) {
      judgements = try labels.map { path throws(RepriseError) in try Judgement.read(path) }
    } catch {
      throw CommandError(error)
    }
    var audit = Audit(results)
    audit.sampleSize = sample
    audit.checkedDropCount = dropCount
    audit.seed = seed
    audit.confidence = confidence
    audit.thresholds = thresholds
    (audit.floor, audit.memoryLimit) = (floor, memory)
    let cancellation = Cancellation()
    Interruption.watchOutput(cancellation)
    let report: Audit.Report
    do throws(RepriseError) {
      report = try audit.run(cancellation: cancellation)
    } catch {
      throw CommandError.reading(error, by: "audit")
    }
    let text = AuditText(report, judgements, confidence: confidence)
    if let output { try CheckFiles.write(text.json(), to: output) }
    try StandardOutput.write(json ? text.json() : text.text())
    return report.wrong.isEmpty && report.passages?.wrong.isEmpty ?? true ? .done : .incomplete
  }

  private static func thresholds(_ text: String) throws -> [Double] {
    try text.split(separator: ",", omittingEmptySubsequences: false).map { part in
      guard let value = Double(part), value > 0, value <= 1 else {
        throw ValidationError("they are numbers above 0 and at most 1, such as 0.7,0.75.")
      }
      return value
    }
  }

  private func judge(_ count: Int) throws -> ExitStatus {
    let path = labels ?? "audit-labels.jsonl"
    let labelling = Labelling(
      show: Show(results), count: count, seed: seed, path: path, isBySimilarity: bySimilarity)
    let outcome: Labelling.Outcome
    do {
      outcome = try labelling.run()
    } catch let error as RepriseError {
      throw CommandError.reading(error, by: "audit")
    }
    let text = JudgementText(outcome.judgements, outcome.strata, confidence: confidence)
    try StandardOutput.write(
      "\(SafeText.line(path.text)): " + text.lines.joined(separator: "\n") + "\n")
    return .done
  }
}

extension Audit {
  /// The library's defaults, which are also those of the command.
  fileprivate static let defaults = Audit("")
}
