/// Extracts a document's text and other fields from a record, into reused buffers.
///
/// Not thread-safe.
@safe
package struct DocumentReader: ~Copyable {
  /// The reason why a record does not contain a document.
  package struct Failure: Error {
    /// The class of the problem.
    package var reason: CorpusError.Reason
    /// A whole sentence.
    package var message: String
    /// The byte offset in the record of the error, if there is one.
    package var byte: Int?
  }

  private let fields: RecordFields
  private var strings = TextStrings()
  private var values: [JSONValue?] = []
  private var cells = TableCells()
  /// How the strings of the last record are written.
  private(set) var form = StringForm.json
  // All ranges are in bounds: `values` has ranges that the scanner found in `record`, and the
  // scratch buffers are enlarged to the size of the input before they are written.
  private var record = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  private var scratch = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var idScratch = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)

  /// The text of the last record; valid until the next one is read, and as long as the record's
  /// bytes.
  package private(set) var text = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  /// The number of lone surrogate escapes in the text, which became U+FFFD.
  package private(set) var loneSurrogateCount = 0

  /// Creates a reader for the given fields.
  package init(_ fields: DocumentFields) { self.fields = RecordFields(fields) }

  deinit {
    unsafe scratch.deallocate()
    unsafe idScratch.deallocate()
  }

  /// Reads a record.
  ///
  /// Its bytes must not change while the text is used.
  /// - Parameters:
  ///   - bytes: the record, for JSON Lines and tables without its line end, or the text of a row.
  ///   - layout: the format of the record.
  ///   - isFirst: true for the first record of a file, which may begin with a byte order mark.
  /// - Throws: the reason why the record does not contain a document.
  package mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ layout: RecordLayout, isFirst: Bool
  ) throws(Failure) {
    let hasMark = unsafe isFirst && layout == .jsonLines && bytes.starts(with: [0xEF, 0xBB, 0xBF])
    unsafe record = UnsafeRawBufferPointer(rebasing: bytes[(hasMark ? 3 : 0)...])
    loneSurrogateCount = 0
    switch layout {
    case .text, .rows:
      values.removeAll(keepingCapacity: true)
      unsafe text = record
    case .jsonLines, .jsonArray: try readJSON()
    case .table(let header): try readRow(header)
    }
  }

  private mutating func readRow(_ header: TableHeader) throws(Failure) {
    form = .cell
    unsafe try cells.find(fields.names, in: record, header, into: &values)
    try makeText(unescaped: nil)
  }

  private mutating func readJSON() throws(Failure) {
    let unescaped: JSONString.Unescaped?
    do throws(JSONSyntaxError) {
      unescaped = try scanRecord()
    } catch {
      let reason: CorpusError.Reason =
        switch error.rule {
        case .emptyRecord: .blankRecord
        case .notAnObject: .notAnObject
        default: .malformedRecord
        }
      throw Failure(reason: reason, message: error.description, byte: error.offset)
    }
    form = .json
    try makeText(unescaped: unescaped)
  }

  /// Makes the text of the values.
  ///
  /// - Parameter unescaped: the text of a single field, if it is in the buffer already.
  /// - Throws: why there is no text.
  private mutating func makeText(unescaped: JSONString.Unescaped?) throws(Failure) {
    guard fields.hasPlainText else { return try joinStrings() }
    guard let value = values[0] else { throw missingText() }
    guard value.kind == .string else { throw notString(fields.text[0].name, value) }
    let raw = unsafe UnsafeRawBufferPointer(rebasing: record[value.range])
    guard value.hasEscapes else {
      unsafe text = raw
      return
    }
    let found: JSONString.Unescaped
    if let unescaped {
      found = unescaped
    } else {
      reserve(raw.count)
      unsafe found = form.unescape(raw, into: scratch)
    }
    unsafe text = UnsafeRawBufferPointer(rebasing: scratch[..<found.byteCount])
    loneSurrogateCount = found.loneSurrogates
  }

  /// Makes the text of the strings of several fields, or of a path.
  private mutating func joinStrings() throws(Failure) {
    let byteCount: Int
    do throws(TextStrings.Missing) {
      byteCount = try unsafe strings.find(fields.text, in: values, of: record)
    } catch {
      switch error {
      case .everything: throw missingText()
      case .string(let field, let value): throw notString(field, value)
      }
    }
    reserve(byteCount)
    let joined = unsafe strings.write(from: record, form, into: scratch)
    unsafe text = UnsafeRawBufferPointer(rebasing: scratch[..<joined.byteCount])
    loneSurrogateCount = joined.loneSurrogates
  }

  /// The strings of the last record that make up its text, with their ranges in it.
  ///
  /// Offsets of values count from the end of a byte order mark.
  var textParts: [TextStrings.Part] {
    guard fields.hasPlainText else { return strings.parts }
    guard let value = values[0] else { return [] }
    return unsafe [TextStrings.Part(value: value, range: 0..<text.count)]
  }

  private func notString(_ field: String, _ value: JSONValue) -> Failure {
    let hint = value.kind == .array ? " \"\(field)[]\" names its elements." : ""
    return Failure(
      reason: .textNotString,
      message: "Field \"\(field)\" is \(value.kind.article), not a string.\(hint)",
      byte: value.offset)
  }

  /// Unescapes a text of one field during the scan.
  ///
  /// A record too long for the retained buffer is unescaped afterwards, when it is known whether
  /// that is necessary.
  private mutating func scanRecord() throws(JSONSyntaxError) -> JSONString.Unescaped? {
    guard fields.hasPlainText, unsafe record.count <= Self.retainedByteCount else {
      unsafe try fields.scanner.scan(record, into: &values)
      return nil
    }
    unsafe reserve(record.count)
    return unsafe try fields.scanner.scan(record, into: &values, unescapingFirstInto: scratch)
  }

  private func missingText() -> Failure {
    let wanted = fields.text.map { "\"\($0.name)\"" }.joined(separator: ", ")
    let missing = fields.text.count == 1 ? "no field \(wanted)" : "none of the fields \(wanted)"
    let names = (try? unsafe JSONFieldScanner.fieldNames(of: record, limit: 20)) ?? []
    let seen = names.map { "\"\($0)\"" }.joined(separator: ", ")
    let others = names.isEmpty ? "It has no fields." : "Its first fields are \(seen)."
    return Failure(
      reason: .missingText, message: "The record has \(missing). \(others)", byte: nil)
  }

  /// Returns the record's id: the bytes of a string, the digits of a number, and no bytes for other
  /// values.
  ///
  /// It is valid until the next call, and as long as the record's bytes.
  package mutating func id() -> UnsafeRawBufferPointer {
    guard !values.isEmpty, let value = unsafe fields.id.value(in: values, of: record),
      value.kind == .string || value.kind == .number
    else { return unsafe UnsafeRawBufferPointer(start: nil, count: 0) }
    let raw = unsafe UnsafeRawBufferPointer(rebasing: record[value.range])
    guard value.hasEscapes else { return unsafe raw }
    if unsafe idScratch.count < raw.count {
      unsafe idScratch.deallocate()
      unsafe idScratch = .allocate(byteCount: raw.count, alignment: 64)
    }
    let count = unsafe form.unescape(raw, into: idScratch).byteCount
    return unsafe UnsafeRawBufferPointer(rebasing: idScratch[..<count])
  }

  /// The values of the fields for the keep order: the text of a string, the digits of a number, or
  /// a word for another kind, which is neither a date nor a number; nil for a missing field.
  package var orderTexts: [String?] {
    fields.order.map { field in
      guard !values.isEmpty, let value = unsafe field.value(in: values, of: record) else {
        return nil
      }
      let isText = value.kind == .string || value.kind == .number
      return unsafe isText ? form.text(of: value, in: record) : value.kind.article
    }
  }

  private static let retainedByteCount = 1 << 22

  private mutating func reserve(_ byteCount: Int) {
    let isTooLarge =
      unsafe scratch.count > Self.retainedByteCount && byteCount < Self.retainedByteCount / 4
    guard unsafe scratch.count < byteCount || isTooLarge else { return }
    unsafe scratch.deallocate()
    unsafe scratch = .allocate(byteCount: max(byteCount, 1 << 16), alignment: 64)
  }
}
