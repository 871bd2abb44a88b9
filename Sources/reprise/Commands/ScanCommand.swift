internal import ArgumentParser
internal import Reprise

/// What was typed after `reprise scan`.
struct ScanCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scan",
    abstract: "Find the duplicates of a corpus.",
    usage: "reprise scan <path> ... [--output <folder>] [options]",
    discussion: """
      Reads text files and JSON Lines, also as .gz and .zst, and writes a folder
      that says of every document whether to keep it, and if not, of which kept
      one it is a duplicate and how similar the two are. No input is changed.

      EXAMPLES
        Scan a folder of text files, one document a file:
          reprise scan articles/

        Files that hold several articles, each ending with a line of dashes:
          reprise scan archive.txt --split-after '^-----$'

        JSON Lines with other field names; keep the newest of each cluster:
          reprise scan crawl.jsonl.zst --text-field body --id-field url \\
            --keep newest:fetched_at

        Only Markdown, without a folder, and looser:
          reprise scan docs --include '*.md' --exclude 'vendor/**' --threshold 0.7

        A corpus larger than the memory, and again after the machine went down:
          reprise scan crawl/ --memory 8G --scratch /fast-disk
          reprise scan crawl/ --memory 8G --scratch /fast-disk --resume

        From another program, and fail if anything repeats:
          make-corpus | reprise scan - --format jsonl --fail-on-duplicates
      """)

  @Argument(help: "Files and folders to read; - is standard input.", completion: .file())
  var path: [FilePath] = []

  @Flag(help: "The paths are files that reprise sign wrote, in corpus order.")
  var signatures = false

  @Option(name: .shortAndLong, help: ArgumentHelp("Where the results go.", valueName: "folder"))
  var output = ScanConfiguration.defaults.output

  @OptionGroup(title: "What is read") var input: InputOptions
  @OptionGroup(title: "What is a duplicate") var matching: MatchingOptions
  @OptionGroup(title: "How it runs") var running: RunningOptions
  @OptionGroup(title: "How it runs") var scanRunning: ScanRunningOptions
  @OptionGroup(title: "What is printed") var printing: OutputOptions

  func execute() throws -> ExitStatus {
    let logger = Log.logger(printing.verbosity)
    var configuration = try configuration()
    configuration.log(to: logger)
    configuration.logDiskEstimate(to: logger)
    let display = printing.makeProgressDisplay()
    let scan = Scan(configuration)
    Interruption.watch { scan.abandon() }
    let summary: ScanSummary
    do throws(RepriseError) {
      defer { display?.finish() }
      summary = try scan.run { display?.report(ProgressStep($0)) }
    } catch {
      throw Failure(error, goesOn: scan.abandon() == .resumable)
    }
    try print(summary)
    let fails =
      summary.problemCount > 0
      || (scanRunning.failOnDuplicates && summary.documents.hasTextToRemove)
    return fails ? .incomplete : .done
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

extension ScanConfiguration {
  /// The library's defaults, which are the command's.
  static let defaults = ScanConfiguration(paths: [])
}
