internal import ArgumentParser
internal import Reprise

/// The arguments of `reprise sign`, and the command itself.
struct SignCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sign",
    abstract: "Write the signature file of one shard of a corpus.",
    usage: "reprise sign <path> ... --output <file> [options]",
    discussion: """
      Reads text files and records as reprise scan does, and writes one file with
      what a scan needs to know about them. Sign the shards of a corpus on several
      machines, then scan their signature files together with the same options: the
      results are those of one run over the whole corpus. The scan still needs the
      same files at the same paths.

      EXAMPLES
        reprise sign crawl/a.jsonl.zst --output a.signatures
        reprise sign crawl/b.jsonl.zst --output b.signatures
        reprise scan --signatures a.signatures b.signatures
        reprise sign crawl --shard 3/100 --output signatures/003
      """)

  @Argument(help: "Files and folders to read.", completion: .file())
  var path: [BytePath] = []

  @Option(name: .shortAndLong, help: ArgumentHelp("Signature file to write.", valueName: "file"))
  var output: BytePath

  @Option(
    help: ArgumentHelp(
      "Sign part I of N of the files and of large files, from 1, divided by bytes.",
      discussion: "All parts together, scanned in their order, are the corpus.", valueName: "i/n"),
    transform: ShardArgument.parse)
  var shard: InputShard?

  @OptionGroup(title: "Presets") var presets: PresetArguments
  @OptionGroup(title: "Input") var input: InputArguments
  @OptionGroup(title: "Matching") var matching: MatchingArguments
  @OptionGroup(title: "Running") var running: RunningArguments
  @OptionGroup(title: "Output") var printing: OutputArguments

  func validate() throws {
    if output.bytes.isEmpty { throw ValidationError("--output needs the name of a file.") }
    if path.isEmpty && input.filesFrom.isEmpty {
      throw ValidationError("Missing expected argument '<path> ...'")
    }
    if path.contains("") { throw ValidationError("A path is empty.") }
  }

  func execute() throws -> ExitStatus {
    var options = SignOptions(ScanOptions(paths: path, preset: presets.preset), file: output)
    options.shard = shard
    options.input.take(input)
    options.matching = matching.options
    options.resources.take(running)
    Log.logger(printing.verbosity).log(
      options.input, options.matching, options.resources, writing: output)
    let display = printing.makeProgressDisplay()
    let sign = Sign(options)
    let cancellation = Cancellation()
    Interruption.watch { Interruption.message(cancellation.cancel()) }
    let report: Sign.Report
    do throws(RepriseError) {
      defer { display?.finish() }
      report = try sign.run(
        progress: { display?.report(ProgressStep($0)) }, cancellation: cancellation)
    } catch {
      throw CommandError(error, goesOn: cancellation.cancel() == .resumable)
    }
    MessageStream.standardError.warn(report.warnings)
    if printing.json {
      try StandardOutput.write(report.json(output: output))
    } else if !printing.isQuiet {
      try StandardOutput.write(report.text(output: output))
    }
    return report.problemCount == 0 && report.warnings.isEmpty ? .done : .incomplete
  }
}
