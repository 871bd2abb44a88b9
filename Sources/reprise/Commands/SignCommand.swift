internal import ArgumentParser
internal import Reprise

/// What was typed after `reprise sign`.
struct SignCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "Write the signatures of a part of a corpus, for a scan of all parts.",
    usage: "reprise sign <path> ... --output <file> [options]",
    discussion: """
      Reads text files and JSON Lines as reprise scan does and writes one file
      with what a scan needs of them. Parts that were signed on several machines
      are scanned together, with the same options: any split gives the results
      of one run. The scan needs the same files under the same paths.

      EXAMPLES
        reprise sign crawl/a.jsonl.zst --output a.signatures
        reprise sign crawl/b.jsonl.zst --output b.signatures
        reprise scan --signatures a.signatures b.signatures
      """)

  @Argument(help: "Files and folders to read.", completion: .file())
  var path: [FilePath]

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: FilePath

  @OptionGroup(title: "What is read") var input: InputOptions
  @OptionGroup(title: "What is a duplicate") var matching: MatchingOptions
  @OptionGroup(title: "How it runs") var running: RunningOptions
  @OptionGroup(title: "What is printed") var printing: OutputOptions

  func validate() throws {
    if output.bytes.isEmpty { throw ValidationError("--output needs the name of a file.") }
    if path.contains("") { throw ValidationError("A path is empty.") }
  }

  func execute() throws -> ExitStatus {
    var configuration = ScanConfiguration(paths: path)
    configuration.take(input)
    configuration.take(matching)
    configuration.take(running)
    configuration.output = output
    configuration.log(to: Log.logger(printing.verbosity))
    let display = printing.makeProgressDisplay()
    Interruption.watch { .resumable }
    let report: Sign.Report
    do throws(RepriseError) {
      defer { display?.finish() }
      report = try Sign(configuration).run(output: output) { display?.report(ProgressStep($0)) }
    } catch {
      throw Failure(error, goesOn: true)
    }
    if printing.json {
      try StandardOutput.write(report.json(output: output))
    } else if !printing.isQuiet {
      try StandardOutput.write(report.text(output: output))
    }
    return report.problemCount == 0 ? .done : .incomplete
  }
}
