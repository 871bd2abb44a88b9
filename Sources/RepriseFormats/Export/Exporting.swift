/// Writes the results of a scan as files for a spreadsheet, one of each kind.
///
/// Memory does not grow with the results. Do not use it to read results with a program: JSON Lines
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
  /// - Returns: the names of the files with their numbers of rows.
  /// - Throws: `invalidResults`, `cannotOpen`, `cannotRead` or `cannotWrite`; `stopped`.
  /// - Complexity: O(bytes) of the results.
  package func run(
    _ cancellation: Cancellation
  ) throws(CorpusError) -> [(name: String, rowCount: Int)] {
    _ = try Summary(readingFrom: results)
    let control = CleaningControl(cancellation)
    let staged = try control.begin { () throws(CorpusError) in
      try StagedFolder(for: output, .corpus)
    }
    do throws(CorpusError) {
      var written: [(name: String, rowCount: Int)] = []
      for sheet in Sheet.allCases {
        written += try write(sheet, into: staged.path, cancellation)
      }
      try staged.synchronizeFiles()
      _ = try staged.commit()
      return written
    } catch {
      staged.discard()
      throw error
    }
  }

  private func write(
    _ sheet: Sheet, into folder: BytePath, _ cancellation: Cancellation
  ) throws(CorpusError) -> [(name: String, rowCount: Int)] {
    let path = results.appending(sheet.results.path)
    let lines = try LineReader(path)
    var files: [(name: String, rowCount: Int)] = []
    var file = try SheetFile(sheet, number: 1, in: folder, rules)
    while let line = unsafe try lines.next() {
      let entry: JSONTree
      do throws(JSONSyntaxError) {
        entry = unsafe try JSONTree(parsing: line)
      } catch {
        throw .invalidResults(path, error.sentence, line: UInt64(lines.lineCount))
      }
      for row in sheet.rows(of: entry, onlyFindings: rules.onlyFindings) {
        if file.rowCount == rowLimit {
          files.append(try file.finish())
          file = try SheetFile(sheet, number: files.count + 1, in: folder, rules)
        }
        try file.append(row)
      }
      try cancellation.check()
    }
    files.append(try file.finish())
    return files
  }
}

/// One file of a spreadsheet.
private struct SheetFile: ~Copyable {
  private(set) var rowCount = 0
  private let name: String
  private let stream: EncodedStream
  private let rules: SheetRules
  private var buffer = ByteBuffer()

  init(
    _ sheet: Sheet, number: Int, in folder: BytePath, _ rules: SheetRules
  ) throws(CorpusError) {
    name = sheet.name + (number == 1 ? "" : "-\(number)") + ".csv"
    self.rules = rules
    stream = try EncodedStream(creating: folder.appending(BytePath(name)), compression: .none)
    if rules.hasByteOrderMark { buffer.append("\u{FEFF}") }
    write(sheet.columns.map { .text($0) })
  }

  private mutating func write(_ row: [SheetCell]) {
    for (index, cell) in row.enumerated() {
      if index > 0 { buffer.append(rules.separator) }
      cell.write(to: &buffer, rules)
    }
    buffer.append(UInt8(ascii: "\r"))
    buffer.append(UInt8(ascii: "\n"))
  }

  mutating func append(_ row: [SheetCell]) throws(CorpusError) {
    write(row)
    rowCount += 1
    if buffer.count > 1 << 18 { try flush() }
  }

  private mutating func flush() throws(CorpusError) {
    try unsafe buffer.withUnsafeBytes { bytes throws(CorpusError) in
      unsafe try stream.write(bytes)
    }
    buffer.removeAll()
  }

  mutating func finish() throws(CorpusError) -> (name: String, rowCount: Int) {
    try flush()
    try stream.finish()
    return (name, rowCount)
  }
}
