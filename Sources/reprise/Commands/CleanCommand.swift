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
      bytes as they were. It refuses to run if a file changed since the scan.

      EXAMPLES
        reprise scan crawl/                     find the duplicates
        reprise clean reprise-results --output cleaned
                                                write crawl/ without them
      """)

  @Argument(help: "The folder that reprise scan wrote.", completion: .directory)
  var results: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where the cleaned files go.", valueName: "folder"),
    completion: .directory)
  var output: String

  @OptionGroup(title: "What is printed") var printing: OutputOptions

  func validate() throws {
    if results.isEmpty { throw ValidationError("The results folder's name is empty.") }
    if output.isEmpty { throw ValidationError("--output needs the name of a folder.") }
  }

  func execute() throws -> ExitStatus {
    Log.logger(isVerbose: printing.isVerbose).debug("cleaning by \(results) into \(output)")
    let display = printing.makeProgressDisplay()
    let summary: CleanSummary
    do throws(RepriseError) {
      defer { display?.finish() }
      summary = try Clean.run(results: results, output: output) { display?.report($0) }
    } catch {
      throw Failure(error)
    }
    if printing.json {
      try StandardOutput.write(CleanReport.json(summary, output: output))
    } else if !printing.isQuiet {
      try StandardOutput.write(CleanReport.text(summary, output: output))
    }
    return .done
  }
}
