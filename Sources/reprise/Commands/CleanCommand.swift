internal import ArgumentParser
internal import Logging
internal import Reprise

/// What was typed after `reprise clean`.
struct CleanCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clean",
    abstract: "Write the corpus without what a scan found to be repeated.",
    usage: "reprise clean <results> --output <folder> [options]",
    discussion: """
      Writes every file that was scanned again, without the documents that the
      manifest drops: same names, same formats, same compression, and all other
      bytes as they were; what could not be read stays, unless --drop-problems
      is given. It refuses to run if a file changed since the scan.

      EXAMPLES
        reprise scan crawl/                     find the duplicates
        reprise clean reprise-results --output cleaned
                                                write crawl/ without them
      """)

  @Argument(help: "The folder that reprise scan wrote.", completion: .directory)
  var results: FilePath

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where the cleaned files go.", valueName: "folder"),
    completion: .directory)
  var output: FilePath

  @Flag(help: "Leave out documents that could not be read, too.")
  var dropProblems = false

  @OptionGroup(title: "What is printed") var printing: OutputOptions

  func validate() throws {
    if results.bytes.isEmpty { throw ValidationError("The results folder's name is empty.") }
    if output.bytes.isEmpty { throw ValidationError("--output needs the name of a folder.") }
  }

  func execute() throws -> ExitStatus {
    Log.logger(printing.verbosity).debug("cleaning by \(results) into \(output)")
    let display = printing.makeProgressDisplay()
    let report: CleaningReport
    do throws(RepriseError) {
      defer { display?.finish() }
      report = try Clean.run(
        results: results, output: output, droppingUnreadable: dropProblems
      ) { byteCount in
        display?.report(
          ProgressStep(phase: "cleaning", completed: byteCount, total: nil, unit: .bytes))
      }
    } catch {
      throw failure(error)
    }
    if printing.json {
      try StandardOutput.write(report.json(output: output))
    } else if !printing.isQuiet {
      try StandardOutput.write(report.text(output: output))
    }
    return report.problems.isEmpty ? .done : .incomplete
  }

  private func failure(_ error: RepriseError) -> Failure {
    guard case .corpus(let reason) = error.reason, reason.reason == .cannotOpen,
      reason.path?.lastComponent == "summary.json"
    else { return Failure(error) }
    return Failure(
      error.description, hint: "reprise clean takes the folder that reprise scan has written")
  }
}
