/// Writes the rows of spreadsheets, one spreadsheet after another.
protocol SheetWriter: AnyObject {
  /// Begins a spreadsheet with a heading.
  func begin(_ name: String, _ columns: [String]) throws(CorpusError)
  /// Appends a row.
  func append(_ row: [SheetCell]) throws(CorpusError)
  /// Ends the spreadsheet.
  func end() throws(CorpusError)
  /// Ends the output, after the last spreadsheet.
  func finish() throws(CorpusError)
}

/// Writes each spreadsheet as a file of comma-separated values (RFC 4180).
final class CSVWriter: SheetWriter {
  private let folder: BytePath
  private let rules: SheetRules
  private var stream: EncodedStream?
  private var buffer = ByteBuffer()

  init(in folder: BytePath, _ rules: SheetRules) { (self.folder, self.rules) = (folder, rules) }

  static func fileName(_ sheet: String) -> String { sheet + ".csv" }

  func begin(_ name: String, _ columns: [String]) throws(CorpusError) {
    stream = try EncodedStream(
      creating: folder.appending(BytePath(Self.fileName(name))), compression: .none)
    if rules.hasByteOrderMark { buffer.append("\u{FEFF}") }
    try append(columns.map { .text($0) })
  }

  func append(_ row: [SheetCell]) throws(CorpusError) {
    for (index, cell) in row.enumerated() {
      if index > 0 { buffer.append(rules.separator) }
      cell.write(to: &buffer, rules)
    }
    buffer.append("\r\n")
    if buffer.count > 1 << 18 { try flush() }
  }

  private func flush() throws(CorpusError) {
    guard let stream else { return }
    try unsafe buffer.withUnsafeBytes { bytes throws(CorpusError) in
      unsafe try stream.write(bytes)
    }
    buffer.removeAll()
  }

  func end() throws(CorpusError) {
    try flush()
    try stream?.finish()
    stream = nil
  }

  func finish() {}
}
