package import RepriseEngine

/// Writes the results of a scan as files for a spreadsheet, one of each kind.
///
/// Memory does not grow with the results, but for 8 bytes a cluster. Do not use it to read results with a program: JSON Lines
/// have every key, and no rule for spreadsheets changes them.
package struct Exporting {
  private let results: BytePath
  private let output: OutputPlace
  private let rules: SheetRules

  /// The number of rows of one file, without the heading: one row more is the most that Excel reads.
  private let rowLimit: Int

  /// The usual number of rows of one file.
  package static let rowLimit = 1_048_575

  /// Checks the output.
  ///
  /// - Parameters:
  ///   - results: the results folder.
  ///   - output: the folder for the files: new or empty.
  ///   - rules: how values are written.
  ///   - rowLimit: the number of rows of one file.
  /// - Throws: `invalidOutput`, `cannotOpen` or `cannotRead`.
  package init(
    _ results: BytePath, to output: BytePath, _ rules: SheetRules,
    rowLimit: Int = Exporting.rowLimit
  ) throws(CorpusError) {
    (self.results, self.rules, self.rowLimit) = (results, rules, rowLimit)
    self.output = try OutputPlace.newFolder(output)
  }

  /// Writes the files, all or none.
  ///
  /// - Returns: the spreadsheets, and failures after they were published.
  /// - Throws: `invalidResults`, `cannotOpen`, `cannotRead` or `cannotWrite`; `stopped`.
  /// - Complexity: O(bytes) of the results.
  package func run(
    _ cancellation: Cancellation
  ) throws(CorpusError) -> (sheets: [Written], warnings: [CorpusError]) {
    let summary = try Summary(readingFrom: results)
    let control = CleaningControl(cancellation)
    let staged = try control.begin { () throws(CorpusError) in
      try StagedFolder(for: output, .corpus)
    }
    do throws(CorpusError) {
      let writer: any SheetWriter =
        rules.isWorkbook
        ? try WorkbookWriter(in: staged.path) : CSVWriter(in: staged.path, rules)
      var written: [Written] = []
      for sheet in Sheet.allCases {
        let pages = try SheetPages(sheet, writer, rowLimit: rowLimit, isWorkbook: rules.isWorkbook)
        switch sheet {
        case .sources:
          for input in summary.inputs { try pages.append(Sheet.source(input)) }
        case .clusters: try writeClusters(to: pages, cancellation)
        case .documents, .pairs, .passages: try write(sheet, to: pages, cancellation)
        }
        written += try pages.finish()
      }
      try writer.finish()
      try staged.synchronizeFiles()
      return (written, staged.leftovers + (try staged.commit()))
    } catch {
      staged.discard()
      throw error
    }
  }

  private func write(
    _ sheet: Sheet, to pages: SheetPages, _ cancellation: Cancellation
  ) throws(CorpusError) {
    let path = results.appending(sheet.results.path)
    let lines = try LineReader(path)
    while let line = unsafe try lines.next() {
      let entry: JSONTree
      do throws(JSONSyntaxError) {
        entry = unsafe try JSONTree(parsing: line)
      } catch {
        throw .invalidResults(path, error.sentence, line: UInt64(lines.lineCount))
      }
      for row in sheet.rows(of: entry, onlyFindings: rules.onlyFindings) { try pages.append(row) }
      try cancellation.check()
    }
  }

  private func writeClusters(
    to pages: SheetPages, _ cancellation: Cancellation
  ) throws(CorpusError) {
    // A row has the number of members, which is known at the end of the cluster.
    var counts: [Int] = []
    let counting = try ClusterReader(resultsFolder: results)
    while let cluster = try counting.next(members: 0, { _, _, _ in }) {
      counts.append(cluster.memberCount)
      try cancellation.check()
    }
    let reader = try ClusterReader(resultsFolder: results)
    var index = 0
    while let cluster = try reader.next({ number, place, member throws(CorpusError) in
      if place & 1023 == 0 { try cancellation.check() }
      let count = index < counts.count ? counts[index] : 0
      try pages.append(Sheet.member(member, of: number, memberCount: count))
    }) {
      guard index < counts.count, cluster.memberCount == counts[index] else {
        throw .invalidResults(
          results, "clusters.jsonl changed while it was read", line: UInt64(index + 1))
      }
      index += 1
    }
  }

  /// A spreadsheet that was written.
  package struct Written: Equatable {
    /// The file in the output folder.
    package var file: String
    /// The name of the spreadsheet.
    package var sheet: String
    /// The number of rows, without the heading.
    package var rowCount: Int
  }
}

/// The spreadsheets of one kind: one after another, where one cannot have all rows.
private final class SheetPages {
  private let sheet: Sheet
  private let writer: any SheetWriter
  private let rowLimit: Int
  private let isWorkbook: Bool
  private var written: [Exporting.Written] = []

  /// Begins the first one.
  init(
    _ sheet: Sheet, _ writer: any SheetWriter, rowLimit: Int, isWorkbook: Bool
  ) throws(CorpusError) {
    (self.sheet, self.writer, self.rowLimit, self.isWorkbook) = (
      sheet, writer, rowLimit, isWorkbook
    )
    try begin()
  }

  private func begin() throws(CorpusError) {
    let number = written.count + 1
    let name = sheet.name + (number == 1 ? "" : "-\(number)")
    try writer.begin(name, sheet.columns)
    let file = isWorkbook ? WorkbookWriter.fileName : CSVWriter.fileName(name)
    written.append(Exporting.Written(file: file, sheet: name, rowCount: 0))
  }

  func append(_ row: [SheetCell]) throws(CorpusError) {
    if written[written.count - 1].rowCount == rowLimit {
      try writer.end()
      try begin()
    }
    try writer.append(row)
    written[written.count - 1].rowCount += 1
  }

  func finish() throws(CorpusError) -> [Exporting.Written] {
    try writer.end()
    return written
  }
}
