internal import Reprise

/// Finds what repeats in files and writes a results folder.
struct FileScan: Sendable {
  private let options: ScanOptions

  init(_ options: UnsafePointer<CChar>?) throws(CallError) {
    var fields = try OptionFields(options)
    self.options = try fields.fileScan()
    try fields.finish()
  }

  /// Runs the scan.
  ///
  /// - Returns: the summary as JSON.
  func run(
    _ cancellation: Cancellation, _ report: @escaping @Sendable (RunProgress) -> Void
  ) throws(CallError) -> String {
    do throws(RepriseError) {
      return try Scan(options).run(progress: report, cancellation: cancellation).file.json
    } catch {
      throw CallError(error)
    }
  }
}

/// Writes a cleaned copy of the files of a results folder.
struct FileCleaning: Sendable {
  private let options: CleanOptions

  init(_ options: UnsafePointer<CChar>?) throws(CallError) {
    var fields = try OptionFields(options)
    guard let results = try fields.path("results"), let output = try fields.path("output") else {
      throw .option(
        "The options \"results\" and \"output\" must name the results folder and a new folder.")
    }
    var clean = CleanOptions(results: results, output: output)
    clean.dropsUnreadable = try fields.flag("drop-unreadable") ?? false
    self.options = clean
    try fields.finish()
  }

  /// Cleans the files.
  ///
  /// - Returns: the counts as JSON, with the names that the command prints with `--json`.
  func run(
    _ cancellation: Cancellation, _ report: @escaping @Sendable (RunProgress) -> Void
  ) throws(CallError) -> String {
    let counts: CleaningReport
    do throws(RepriseError) {
      counts = try Clean(options).run(progress: report, cancellation: cancellation)
    } catch {
      throw CallError(error)
    }
    let tree: JSONTree = [
      "output": .string(options.output.text),
      "files_written": .integer(counts.writtenFileCount),
      "files_omitted": .integer(counts.omittedFiles.count),
      "documents": .integer(counts.documentCount),
      "dropped": .integer(counts.droppedCount),
      "dropped_unreadable": .integer(counts.unreadableCount),
      "trimmed": .integer(counts.trimmedCount),
      "bytes_read": .integer(counts.inputByteCount),
      "bytes_written": .integer(counts.outputByteCount),
      "problems": .array(
        counts.problems.map {
          ["class": .string($0.reason.name), "message": .string($0.message)]
        }),
    ]
    return tree.json
  }
}

/// Writes one HTML file that shows a results folder.
struct FileReport: Sendable {
  private let report: Report

  init(_ options: UnsafePointer<CChar>?) throws(CallError) {
    var fields = try OptionFields(options)
    guard let results = try fields.path("results"), let output = try fields.path("output") else {
      throw .option(
        "The options \"results\" and \"output\" must name the results folder and a file.")
    }
    var shown = Report.Options()
    shown.title = try fields.text("title")
    if let value = try fields.integer("max-size") { shown.maximumSize = value }
    if let value = try fields.integer("samples") { shown.sampleCount = value }
    if let value = try fields.choice("group-by", Report.Grouping.self) { shown.grouping = value }
    shown.audit = try fields.path("audit")
    shown.hasTexts = try !(fields.flag("no-text") ?? false)
    report = Report(results: results, output: output, options: shown)
    try fields.finish()
  }

  /// Writes the file.
  ///
  /// - Returns: its path, and what it lists, as JSON.
  func run(_ cancellation: Cancellation) throws(CallError) -> String {
    let outcome: Report.Outcome
    do throws(RepriseError) {
      outcome = try report.run(cancellation: cancellation)
    } catch {
      throw CallError(error)
    }
    let tree: JSONTree = [
      "path": .string(outcome.path.text), "bytes": .integer(outcome.byteCount),
      "samples": .integer(outcome.sampleCount), "listed": .integer(outcome.listedCount),
      "findings": .integer(outcome.findingCount),
    ]
    return tree.json
  }
}
