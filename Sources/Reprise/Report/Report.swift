internal import CReportPage
internal import RepriseEngine
public import RepriseFormats

/// Writes one HTML file that shows the results of a scan: numbers, charts, samples of what repeats with
/// both texts, and lists to search.
///
/// The file loads nothing. Its size is limited, and so is the memory to make it. Equal results and files
/// give equal bytes. Do not use it to read results with a program; ``Results`` is for that.
public struct Report: Sendable {
  /// The parts of a corpus that are compared with one another.
  public enum Grouping: String, CaseIterable, Sendable {
    /// Each file.
    case file
    /// The files of each folder.
    case folder
  }

  /// What a report contains.
  public struct Options: Sendable {
    /// The name of the corpus; nil for that of the folder or file that was scanned.
    public var title: String?
    /// The largest size of the file in bytes, at least ``Report/minimumSize``.
    public var maximumSize = 5_000_000
    /// The number of near-duplicates that are sampled at random, from 0 to 200.
    public var sampleCount = 24
    /// Whether files or folders are told apart in the section on which repeats which.
    public var grouping = Grouping.file
    /// What tells documents apart, if it is not their file or folder.
    package var documentGrouping: DocumentGrouping?
    /// Whether files that have changed since the scan are read, too; the page then says which.
    package var allowsChanges = false
    /// A file of `reprise audit --json` to include; nil for none.
    public var audit: BytePath?
    /// False to leave out all text of documents, but for ids and file names.
    public var hasTexts = true

    /// Creates the usual options.
    public init() {}
  }

  /// The file that was written.
  public struct Outcome: Hashable, Sendable {
    /// The path of the file.
    public let path: BytePath
    /// The size of the file.
    public let byteCount: Int
    /// The number of samples.
    public let sampleCount: Int
    /// The number of documents in the list of findings.
    public let listedCount: Int
    /// The number of documents that are dropped, trimmed or unreadable.
    public let findingCount: Int
  }

  /// The smallest limit on the size of a report.
  public static let minimumSize = 200_000

  private let results: BytePath
  private let output: BytePath
  private let options: Options
  private let names: [String: String]

  /// Creates a run.
  ///
  /// - Parameters:
  ///   - results: the results folder.
  ///   - output: the file to write. A report that is there is replaced; another file is an error.
  ///   - options: what the report contains.
  public init(results: BytePath, output: BytePath, options: Options = Options()) {
    self.init(results: results, output: output, options: options, names: [:])
  }

  /// Creates a run that shows other names than those of the results.
  ///
  /// - Parameters:
  ///   - results: the results folder.
  ///   - output: the file to write.
  ///   - options: what the report contains.
  ///   - names: the names that are shown, by the files in the results.
  package init(
    results: BytePath, output: BytePath, options: Options, names: [String: String]
  ) {
    (self.results, self.output, self.options) = (results, output, options)
    self.names = names
  }

  /// Writes the file, whole or not at all.
  ///
  /// - Parameter cancellation: lets another thread stop the run.
  /// - Returns: the file, and what it lists.
  /// - Throws: an error for options out of range, for results that are not those of a scan, and, with
  ///   texts, for files of the scan that cannot be read or have changed.
  /// - Complexity: O(bytes) of the results and of the files up to the last sample.
  public func run(cancellation: Cancellation = Cancellation()) throws(RepriseError) -> Outcome {
    guard options.maximumSize >= Self.minimumSize else {
      throw .invalidParameter(
        "the largest size of a report must be at least \(Self.minimumSize) bytes, "
          + "not \(options.maximumSize)")
    }
    guard (0...200).contains(options.sampleCount) else {
      throw .invalidParameter(
        "the number of samples must be from 0 to 200, not \(options.sampleCount)")
    }
    do throws(CorpusError) {
      return try write(cancellation)
    } catch {
      throw RepriseError(error, cancellation)
    }
  }

  private func write(_ cancellation: Cancellation) throws(CorpusError) -> Outcome {
    let summary = try Summary(readingFrom: results)
    let page = try OutputPage(
      output, outside: results, signature: Array(ReportTemplate.html.utf8.prefix(40)))
    let changes = InputChanges(areAllowed: options.allowsChanges)
    let texts = ScannedTexts(summary, changes)
    let groups = try options.documentGrouping.map { grouping throws(CorpusError) in
      try DocumentGroups(grouping, results, texts, cancellation)
    }
    let collection = try ReportCollection(
      results, summary, samples: options.sampleCount, names: names, groups: groups, cancellation)
    let audit = try options.audit.map { path throws(CorpusError) in
      try ReportAudit(readingFrom: path, of: summary)
    }
    let samples =
      options.hasTexts
      ? try ReportSamples(
        collection, results, texts, summary, audit, maximumSize: options.maximumSize
      ).list : []
    var data = ReportData(collection, samples, summary, hasTexts: options.hasTexts)
    let template = ReportPage(summary, collection, audit, options, changed: changes.paths)
    var bytes = Array(try template.text(data).utf8)
    while bytes.count > options.maximumSize, data.halve() {
      try cancellation.check()
      bytes = Array(try template.text(data).utf8)
    }
    try page.write(bytes, cancellation)
    return Outcome(
      path: page.path, byteCount: bytes.count, sampleCount: data.samples.count,
      listedCount: data.findings.count, findingCount: collection.findings.total)
  }
}

/// The files of the page.
enum ReportTemplate {
  static let html = unsafe file(report_page_html)
  static let style = unsafe file(report_page_style)
  static let script = unsafe file(report_page_script)
  /// The hashes of style sheet and script.
  static let hashes = unsafe file(report_page_hashes).split(separator: "\n").map(String.init)

  private static func file(
    _ get: (UnsafeMutablePointer<Int>) -> UnsafePointer<UInt8>?
  ) -> String {
    var count = 0
    let start = unsafe get(&count)
    // In bounds: the file's bytes and their number come from one array.
    return unsafe String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }
}
