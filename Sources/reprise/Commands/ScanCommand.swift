internal import ArgumentParser
internal import Reprise

/// The arguments of `reprise scan`, and the command itself.
struct ScanCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Find duplicate documents and repeated passages in a corpus.",
    usage: "reprise scan <path> ... [--output <folder>] [options]",
    discussion: """
      Reads text files, JSON Lines, JSON arrays and CSV, plain or compressed (.gz,
      .zst), and writes a results folder. Its manifest says for every document
      whether to keep, trim or drop it and, for a duplicate, which kept document it
      repeats and how similar the two are. Input files are never changed.

      EXAMPLES
        A folder of text files, one document per file:
          reprise scan articles/

        A file of several articles, each ending with a line of dashes:
          reprise scan archive.txt --split-after '^-----$'

        JSON Lines with other field names; keep the newest document of a cluster:
          reprise scan crawl.jsonl.zst --text-field body --id-field url \\
            --keep newest:fetched_at

        Remove from new texts what an older corpus has:
          reprise scan new/ --against old/ --output fresh

        Only Markdown files, without one folder, at a lower threshold:
          reprise scan docs --include '*.md' --exclude 'vendor/**' --threshold 0.7

        A corpus larger than memory; after a crash, continue where the run stopped:
          reprise scan crawl/ --memory 8G --scratch /fast-disk
          reprise scan crawl/ --memory 8G --scratch /fast-disk --resume

        Input from a pipe; exit with status 3 if there are duplicate documents:
          make-corpus | reprise scan - --fail-on documents

        Scanned newspapers, with the options that suit them:
          reprise scan archive.txt --split-after '^-----$' --preset archive

      PRESETS
      \(PresetArguments.list)
      """)

  @Argument(
    help: "Files and folders to read. - is standard input.", completion: .file())
  var path: [BytePath] = []

  @Flag(help: "The paths are signature files written by reprise sign, in corpus order.")
  var signatures = false

  @Option(
    name: .customLong("against"),
    help: ArgumentHelp(
      """
      Reference documents: files, folders or signature files, repeatable. Their content is dropped \
      or cut in the others. They themselves stay as they are, and are not in the results.
      """, valueName: "path"), completion: .file())
  var references: [BytePath] = []

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Results folder; replaces the results of an earlier run.", valueName: "folder"))
  var output = OutputOptions().folder

  @OptionGroup(title: "Presets") var presets: PresetArguments
  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Matching") var matching: MatchingArguments
  @OptionGroup(title: "Matching") var identity: IdentityArguments
  @OptionGroup(title: "Cuts") var cuts: CutArguments
  @OptionGroup(title: "Running") var running: RunningArguments
  @OptionGroup(title: "Running") var scanRunning: ScanRunningArguments
  @OptionGroup(title: "Output") var printing: OutputArguments

  func execute() throws -> ExitStatus {
    let logger = Log.logger(printing.verbosity)
    let options = try options()
    logger.log(options.input, options.matching, options.resources, writing: output)
    let display = printing.makeProgressDisplay()
    let scan = Scan(options)
    let cancellation = Cancellation()
    Interruption.watch { Interruption.message(cancellation.cancel()) }
    let summary: ScanSummary
    do throws(RepriseError) {
      defer { display?.finish() }
      summary = try scan.run(
        progress: { progress in
          if let space = progress.diskSpace { logger.log(space, options.resources) }
          display?.report(ProgressStep(progress))
        }, cancellation: cancellation)
    } catch {
      throw CommandError(error, goesOn: cancellation.cancel() == .resumable)
    }
    MessageStream.standardError.warn(summary.warnings)
    try print(summary)
    if summary.documents.total > 0, summary.documents.total == summary.documents.unreadable {
      throw CommandError("nothing was read: every document is listed in problems.jsonl")
    }
    if scanRunning.fails(summary) { return .found }
    return summary.problemCount > 0 || !summary.warnings.isEmpty ? .incomplete : .done
  }

  private func print(_ summary: ScanSummary) throws {
    if printing.json {
      try StandardOutput.write(summary.json())
    } else if !printing.isQuiet {
      let details =
        printing.isVerbose ? ScanDetails(summary: summary, threshold: matching.threshold) : nil
      let report = ScanReport(summary, terminal: Terminal(descriptor: 1), details: details)
      try StandardOutput.write(report.text())
    }
  }
}
