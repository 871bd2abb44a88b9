internal import ArgumentParser
internal import Logging
internal import Reprise

/// The arguments of `reprise clean`, and the command itself.
struct CleanCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Write a copy of the corpus without what a scan drops or cuts.",
    usage: "reprise clean <results> --output <folder> [options]",
    discussion: """
      Copies every file of the scan without the documents that its manifest drops
      and the passages that it cuts. Names, formats and compression stay the same,
      and the remaining content is copied byte for byte. Documents that could not be
      read are copied, unless --drop-problems is given. A text file with no document
      left is not written. If a file has changed since the scan, nothing is written.

      EXAMPLES
        reprise scan crawl/                     find the duplicates
        reprise clean reprise-results --output cleaned
                                                write crawl/ without them
        reprise clean reprise-results --output checked --columns
                                                keep all, and say what repeats
      """)

  @Argument(help: "Results folder written by reprise scan.", completion: .directory)
  var results: BytePath

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Folder for the cleaned files: new or empty.", valueName: "folder"),
    completion: .directory)
  var output: BytePath

  @Flag(help: "Also leave out documents that could not be read.")
  var dropProblems = false

  @Flag(
    help: """
      Keep everything, and add columns with the decisions: reprise_status, reprise_reason, \
      reprise_duplicate_of, reprise_similarity, reprise_cluster. Not for texts.
      """)
  var columns = false

  @OptionGroup(title: "Output") var printing: OutputArguments

  func validate() throws {
    if results.bytes.isEmpty { throw ValidationError("The name of the results folder is empty.") }
    if columns && dropProblems {
      throw ValidationError(
        "--columns keeps all documents, so it cannot be used with --drop-problems.")
    }
    if output.bytes.isEmpty { throw ValidationError("--output needs the name of a folder.") }
  }

  func execute() throws -> ExitStatus {
    Log.logger(printing.verbosity).debug("reading \(results), writing \(output)")
    let display = printing.makeProgressDisplay()
    let cancellation = Cancellation()
    Interruption.watchOutput(cancellation)
    var options = CleanOptions(results: results, output: output)
    options.dropsUnreadable = dropProblems
    options.addsColumns = columns
    let report: CleaningReport
    do throws(RepriseError) {
      defer { display?.finish() }
      report = try Clean(options).run(
        progress: { display?.report(ProgressStep($0)) }, cancellation: cancellation)
    } catch {
      throw CommandError.reading(error, by: "clean")
    }
    MessageStream.standardError.warn(report.warnings)
    if printing.json {
      try StandardOutput.write(report.json(output: output))
    } else if !printing.isQuiet {
      try StandardOutput.write(report.text(output: output, columns: columns))
    }
    return report.problems.isEmpty && report.warnings.isEmpty ? .done : .incomplete
  }
}
