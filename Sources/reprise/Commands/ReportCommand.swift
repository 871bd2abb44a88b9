internal import ArgumentParser
internal import Reprise

/// The arguments of `reprise report`, and the command itself.
struct ReportCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write one HTML file that shows what a scan found.",
    usage: "reprise report <results> [--output <file>] [options]",
    discussion: """
      The file has numbers, charts, samples of what repeats with both texts side by
      side, and lists to search. It loads nothing and sends nothing, so it can be
      opened from disk, attached or archived. Samples are chosen by a hash, so equal
      results give the same file. The files of the scan are read again; with
      --no-text they are not, and no text of a document is included.

      EXAMPLES
        reprise scan seeds
        reprise report reprise-results
        reprise report reprise-results --output numbers.html --no-text
        reprise report reprise-results --group-by folder
        reprise report reprise-results --open
      """)

  @Argument(help: "Results folder written by reprise scan.", completion: .directory)
  var results: BytePath

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The file to write; an older report is replaced. (default: the folder's name with .html)",
      valueName: "file"),
    completion: .file(extensions: ["html"]))
  var output: BytePath?

  @Option(help: ArgumentHelp("The name of the corpus in the report.", valueName: "text"))
  var title: String?

  @Option(
    name: .customLong("max-size"),
    help: ArgumentHelp(
      "The largest size of the file, at least 200K; lists are shortened. (default: 5M)",
      valueName: "bytes"),
    transform: ByteCountArgument.parse)
  var maximumSize = Report.Options().maximumSize

  @Option(
    help: ArgumentHelp(
      "The number of near-duplicates to sample at random, at most 200.", valueName: "count"))
  var samples = Report.Options().sampleCount

  @Option(
    help: ArgumentHelp(
      "Include the measurements of this file, written by reprise audit --json.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var audit: BytePath?

  @Option(name: .customLong("group-by"), help: GroupingArgument.optionHelp)
  var grouping = GroupingArgument()

  @Flag(name: .customLong("no-text"), help: "Include ids and numbers, but no text of documents.")
  var hasNoText = false

  @Flag(
    help: "Read files that have changed since the scan, too; the report then says which.")
  var allowChanged = false

  @Flag(help: "Open the file in a browser.")
  var open = false

  func validate() throws {
    if results.bytes.isEmpty { throw ValidationError("The name of the results folder is empty.") }
    if let output, output.bytes.isEmpty {
      throw ValidationError("--output needs the name of a file.")
    }
    if maximumSize < Report.minimumSize { throw ValidationError("--max-size is at least 200K.") }
    if !(0...200).contains(samples) { throw ValidationError("--samples is from 0 to 200.") }
  }

  func execute() throws -> ExitStatus {
    var options = Report.Options()
    (options.title, options.maximumSize) = (title, maximumSize)
    (options.sampleCount, options.hasTexts) = (samples, !hasNoText)
    (options.audit, options.grouping) = (audit, grouping.grouping)
    (options.documentGrouping, options.allowsChanges) = (grouping.documents, allowChanged)
    let cancellation = Cancellation()
    Interruption.watchOutput(cancellation)
    let outcome: Report.Outcome
    do throws(RepriseError) {
      outcome = try Report(results: results, output: output ?? defaultOutput, options: options)
        .run(cancellation: cancellation)
    } catch {
      throw CommandError.reading(error, by: "report")
    }
    try StandardOutput.write(sentence(outcome))
    if open { BrowserWindow.open(outcome.path) }
    return .done
  }

  /// A file next to the results folder.
  private var defaultOutput: BytePath {
    var name = results.bytes
    while name.count > 1, name.last == UInt8(ascii: "/") { name.removeLast() }
    return BytePath(name + Array(".html".utf8))
  }

  private func sentence(_ outcome: Report.Outcome) -> String {
    let findings =
      outcome.listedCount == outcome.findingCount
      ? "all \(Numbers.count(outcome.findingCount, "finding"))"
      : "\(Numbers.grouped(outcome.listedCount)) of \(Numbers.count(outcome.findingCount, "finding"))"
    return "\(SafeText.line(outcome.path.text)), \(Numbers.bytes(outcome.byteCount)): "
      + "\(Numbers.count(outcome.sampleCount, "sample")), \(findings).\(open ? "" : " Open it in a browser.")\n"
  }
}
