internal import ArgumentParser
internal import Reprise

/// The arguments of `reprise check`, and the command itself.
struct CheckCommand: ExecutableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find repeated text in the files of a repository, as a linter does.",
    usage: "reprise check [<path> ...] [--baseline <file>] [options]",
    discussion: """
      Reads Markdown, reStructuredText, AsciiDoc and text files, but not those in
      a .gitignore file, and prints each copy with its file, line and column, and
      the text that it repeats. Exits with status 3 if there is one. A baseline accepts the copies
      of today, so that only new ones are reported. Options that are not given are
      read from .reprise.toml in this folder or one above it. If only files are
      given, as pre-commit does, all configured files are compared, and copies in or
      of these files are reported.

      EXAMPLES
        reprise check docs
        reprise check --baseline .reprise-baseline.jsonl --update-baseline
        reprise check --baseline .reprise-baseline.jsonl --format github
        reprise check docs --sarif reprise.sarif --junit reprise.xml
        reprise check docs --report repeats.html
      """)

  /// The forms of the output.
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text
    case github
    case json
    case rdjsonl
  }

  @Argument(help: "Files and folders to read. (default: this folder)", completion: .file())
  var path: [BytePath] = []

  @Option(
    help: ArgumentHelp("Accept the copies that this file lists.", valueName: "file"),
    completion: .file())
  var baseline: BytePath?

  @Flag(help: "Write the baseline, so that all copies of today are accepted.")
  var updateBaseline = false

  @Flag(help: "Remove from the baseline what it no longer needs, and add nothing.")
  var pruneBaseline = false

  @Flag(help: "Report accepted copies, too.")
  var ignoreBaseline = false

  @Option(
    name: .customLong("against"),
    help: ArgumentHelp(
      "Accept the copies that this branch, tag or commit of git has.", valueName: "ref"))
  var reference: String?

  @Option(
    help: ArgumentHelp(
      "Files and folders that match this glob are skipped; repeatable.", valueName: "glob"))
  var exclude: [String] = []

  @Option(
    name: .customLong("ignore-text"),
    help: ArgumentHelp(
      "A file with text that may repeat, such as a licence header; repeatable.", valueName: "file"),
    completion: .file())
  var ignoredTexts: [BytePath] = []

  @Flag(help: "Fenced code of Markdown may repeat.")
  var ignoreCode = false

  @Option(
    name: .customLong("min-passage"),
    help: ArgumentHelp(
      "Length of the shortest passage to find, in words, at least 16. (default: 30)",
      valueName: "words"))
  var minimumPassage: Int?

  @Option(
    help: ArgumentHelp(
      "Minimum similarity of documents, above 0 and at most 1. (default: 0.8)",
      valueName: "number"))
  var threshold: Double?

  @Option(help: ArgumentHelp("The kinds of repetition to find. (default: all)", valueName: "what"))
  var find: FindScope?

  @Option(
    help: ArgumentHelp(
      """
      text, github for annotations after the text, json, or rdjsonl for reviewdog.
      """, valueName: "format"))
  var format = Format.text

  @Flag(help: "Begin each line of the text with FILE:LINE:COLUMN.")
  var noGroup = false

  @Option(
    help: ArgumentHelp("Write the copies as SARIF 2.1.0.", valueName: "file"), completion: .file())
  var sarif: BytePath?

  @Flag(help: "With --sarif, write accepted copies, too, as suppressed.")
  var sarifAll = false

  @Option(
    help: ArgumentHelp("Write the copies as JUnit XML.", valueName: "file"), completion: .file())
  var junit: BytePath?

  @Option(
    help: ArgumentHelp(
      "Write one HTML file that shows all that repeats, accepted copies too.", valueName: "file"),
    completion: .file(extensions: ["html"]))
  var report: BytePath?

  @Option(
    help: ArgumentHelp("Read this file in place of .reprise.toml.", valueName: "file"),
    completion: .file())
  var config: BytePath?

  @Flag(help: "Do not read .reprise.toml.")
  var noConfig = false

  func validate() throws {
    if [updateBaseline, pruneBaseline, ignoreBaseline].count(where: { $0 }) > 1 {
      throw ValidationError(
        "--update-baseline, --prune-baseline and --ignore-baseline cannot be used together.")
    }
    if reference != nil && (baseline != nil || updateBaseline || pruneBaseline) {
      throw ValidationError("--against and a baseline cannot be used together.")
    }
    if noConfig && config != nil {
      throw ValidationError("--config and --no-config cannot be used together.")
    }
    if sarifAll && sarif == nil { throw ValidationError("--sarif-all needs --sarif.") }
    if report == "" { throw ValidationError("--report needs the name of a file.") }
    if path.contains("") { throw ValidationError("A path is empty.") }
    if path.contains("-") { throw ValidationError("Standard input (-) cannot be checked.") }
  }

  func execute() throws -> ExitStatus {
    let settings = noConfig ? CheckSettings() : try CheckSettings.find(config)
    let baselinePath = reference == nil ? baseline ?? settings.baseline : nil
    let options = try options(settings)
    if updateBaseline || pruneBaseline, baselinePath == nil {
      throw CommandError("--update-baseline and --prune-baseline need --baseline.")
    }
    var accepted = CheckBaseline()
    // A baseline that is to be written need not exist.
    if let baselinePath, !(updateBaseline && !CheckFiles.exists(baselinePath)) {
      do {
        accepted = try CheckBaseline(readingFrom: baselinePath)
      } catch {
        throw CommandError(
          error.description, hint: "reprise check --update-baseline writes a baseline")
      }
    }
    if let reference { accepted = try CommittedFiles(reference).baseline(options) }
    let result = try run(options, accepting: ignoreBaseline ? CheckBaseline() : accepted)
    for problem in result.problems {
      MessageStream.standardError.line("reprise: " + SafeText.message(problem.message))
    }
    guard !result.files.isEmpty else { throw CommandError("nothing was read.") }
    if let baselinePath, updateBaseline || pruneBaseline {
      return try write(baselinePath, accepted, result)
    }
    try print(result, ignoreBaseline ? nil : baselinePath)
    if !result.reports.isEmpty { return .found }
    return result.problems.isEmpty ? .done : .incomplete
  }

  private func options(_ settings: CheckSettings) throws -> CheckOptions {
    let namesOnlyFiles = !path.isEmpty && path.allSatisfy { !CheckFiles.isFolder($0) }
    let configured = settings.paths.isEmpty ? ["."] : settings.paths
    var options = CheckOptions(paths: path.isEmpty || namesOnlyFiles ? configured : path)
    if namesOnlyFiles {
      for file in path where !CheckFiles.exists(file) {
        throw CommandError("\"\(file)\" cannot be opened: there is no such file.")
      }
      options.files = path
    }
    options.exclude = settings.exclude + exclude
    options.ignoredTexts = settings.ignoredTexts + ignoredTexts
    options.ignoresCode = ignoreCode || settings.ignoresCode ?? false
    options.groups = settings.groups
    options.minimumPassage = minimumPassage ?? settings.minimumPassage ?? options.minimumPassage
    options.threshold = threshold ?? settings.threshold ?? options.threshold
    options.find = find ?? settings.find ?? options.find
    options.report = report
    return options
  }

  private func run(
    _ options: CheckOptions, accepting baseline: CheckBaseline
  ) throws -> Check.Result {
    let cancellation = Cancellation()
    Interruption.watch {
      _ = cancellation.cancel()
      return "stopped."
    }
    do {
      return try Check(options).run(accepting: baseline, cancellation: cancellation)
    } catch {
      throw CommandError(error)
    }
  }

  private func print(_ result: Check.Result, _ baseline: BytePath?) throws {
    if let sarif {
      try CheckFiles.write(
        SARIFReport(
          result, hasBaseline: baseline != nil || reference != nil, hasAccepted: sarifAll
        ).text, to: sarif)
    }
    if let junit { try CheckFiles.write(JUnitReport(result).text, to: junit) }
    if format == .json {
      try StandardOutput.write(CheckJSON(result).text)
      return
    }
    if format == .rdjsonl {
      try StandardOutput.write(ReviewdogReport(result).text)
      return
    }
    let text = CheckText(
      result, baseline: baseline, terminal: Terminal(descriptor: 1), isGrouped: !noGroup
    ).text
    guard format == .github else { return try StandardOutput.write(text) }
    try StandardOutput.write(GitHubAnnotations(result).text(after: text))
    try GitHubSummary(result).write()
  }

  private func write(
    _ path: BytePath, _ old: CheckBaseline, _ result: Check.Result
  ) throws -> ExitStatus {
    var new = old
    let unused = Set(result.unused)
    if pruneBaseline {
      new.entries.removeAll { unused.contains($0) }
    } else {
      new = CheckBaseline(accepting: result.findings, reasonsOf: old)
    }
    try CheckFiles.write(new.text, to: path)
    let (before, after) = (Set(old.entries), Set(new.entries))
    let (added, removed) = (after.subtracting(before).count, before.subtracting(after).count)
    try StandardOutput.write(
      "\(SafeText.line(path.text)): \(Numbers.grouped(new.entries.count)) accepted "
        + "(\(added) added, \(removed) removed)\n")
    return .done
  }
}
