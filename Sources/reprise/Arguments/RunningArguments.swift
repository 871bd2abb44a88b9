internal import ArgumentParser
internal import Reprise

/// The options of a run for threads and resuming.
struct RunningArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Number of threads. (default: the available cores)", valueName: "count"))
  var threads: Int?

  @Flag(
    help: "Continue a run that was stopped. Inputs and matching options must be the same.")
  var resume = false

  @Flag(
    name: .customLong("no-disk-check"),
    help: "Start even if the disk seems to have too little free space.")
  var skipsDiskCheck = false
}

/// The options of a scan for memory, disk and exit status.
struct ScanRunningArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Memory limit, such as 2G or 512M, at least 69M, and 14M more for each thread after the first. \
      (default: half of the machine's memory)
      """, valueName: "size"),
    transform: ByteCountArgument.parse)
  var memory: Int?

  @Option(
    help: ArgumentHelp(
      """
      Folder for temporary files and for what --resume needs. (default: a hidden folder next to the \
      results)
      """, valueName: "folder"),
    completion: .directory)
  var scratch: BytePath?

  /// The formats of results.
  enum ResultsFormat: String, CaseIterable, ExpressibleByArgument {
    case jsonl
    case parquet
  }

  @Option(
    help: ArgumentHelp(
      """
      Format of the results: jsonl, or parquet for Parquet files as well.
      """, valueName: "format"))
  var resultsFormat = ResultsFormat.jsonl

  @Flag(help: "Stop at the first problem, with exit status 2 and no results.")
  var strict = false

  /// The findings that the exit status can tell.
  enum Finding: String, CaseIterable, ExpressibleByArgument {
    case documents
    case passages
    case any
  }

  @Option(
    help: ArgumentHelp(
      """
      Exit with status 3 if there are duplicate documents, repeated passages, or any of both.
      """, valueName: "what"))
  var failOn: Finding?

  @Flag(help: "The same as --fail-on any.")
  var failOnDuplicates = false

  /// Whether the run found what the exit status is to tell.
  func fails(_ summary: ScanSummary) -> Bool {
    let documents = summary.documents
    let hasPassages = summary.passageCount > 0 || documents.trimmed > 0
    switch failsOn {
    case .documents: return documents.removed > 0
    case .passages: return hasPassages
    case .any: return documents.removed > 0 || hasPassages
    case nil: return false
    }
  }

  private var failsOn: Finding? { failOnDuplicates ? .any : failOn }

  func validate() throws {
    if scratch == "" { throw ValidationError("--scratch needs the name of a folder.") }
  }
}
