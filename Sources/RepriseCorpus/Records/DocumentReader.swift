/// Takes a document's text and its other fields out of a record; the buffers are used again for the
/// next.
@safe
public struct DocumentReader: ~Copyable {
  /// Why a record gave no document.
  public struct Failure: Error {
    /// The class of the problem.
    public var reason: CorpusError.Reason
    /// A whole sentence.
    public var message: String
    /// The byte within the record, if one broke the rule.
    public var byte: Int?
  }

  private let scanner: JSONFieldScanner
  private let textField: String
  private var values: [JSONValue?] = []
  private var record = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  private var scratch = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
  private var idScratch: [UInt8] = []

  /// The text of the record read last; valid until the next, and while the record is.
  public private(set) var text = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
  /// Surrogate escapes without their other half in the text, each of which became U+FFFD.
  public private(set) var loneSurrogateCount = 0

  /// Creates a reader of the given top-level fields.
  public init(textField: String, idField: String, orderField: String?) {
    self.textField = textField
    scanner = JSONFieldScanner(fields: [textField, idField] + (orderField.map { [$0] } ?? []))
  }

  deinit { unsafe scratch.deallocate() }

  /// Reads a record; its bytes must stay as they are while the text is used.
  /// - Parameters:
  ///   - bytes: the record, of JSON Lines without its line feed.
  ///   - format: how the record holds its document.
  ///   - isFirst: true if it is the first of its file: before JSON a byte order mark may stand
  ///     there.
  /// - Throws: why the record holds no document.
  public mutating func read(
    _ bytes: UnsafeRawBufferPointer, _ format: RecordFormat, isFirst: Bool
  ) throws(Failure) {
    let hasMark = unsafe isFirst && format == .jsonLines && bytes.starts(with: [0xEF, 0xBB, 0xBF])
    unsafe record = UnsafeRawBufferPointer(rebasing: bytes[(hasMark ? 3 : 0)...])
    loneSurrogateCount = 0
    switch format {
    case .text: unsafe text = record
    case .jsonLines: try readJSON()
    }
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
    guard let value = values[0] else { throw missingText() }
    guard value.kind == .string else {
      throw Failure(
        reason: .textNotString,
        message: "Field \"\(textField)\" is \(value.kind.article), not a string.",
        byte: value.offset)
    }
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
      unsafe found = JSONString.unescape(raw, into: scratch)
    }
    unsafe text = UnsafeRawBufferPointer(rebasing: scratch[..<found.byteCount])
    loneSurrogateCount = found.loneSurrogates
  }

  /// Unescapes the text as it is scanned; of a record so long that room for all of it is not kept,
  /// afterwards, when it is known whether that is needed.
  private mutating func scanRecord() throws(JSONSyntaxError) -> JSONString.Unescaped? {
    guard unsafe record.count <= Self.retainedByteCount else {
      unsafe try scanner.scan(record, into: &values)
      return nil
    }
    unsafe reserve(record.count)
    return unsafe try scanner.scan(record, into: &values, unescapingFirstInto: scratch)
  }

  private func missingText() -> Failure {
    let names = (try? unsafe JSONFieldScanner.fieldNames(of: record, limit: 20)) ?? []
    let seen = names.map { "\"\($0)\"" }.joined(separator: ", ")
    let fields = names.isEmpty ? "It has no fields." : "Its first fields are \(seen)."
    return Failure(
      reason: .missingText, message: "The record has no field \"\(textField)\". \(fields)",
      byte: nil)
  }

  /// Calls `body` with the record's id: the bytes of a string, the digits of a number, nothing for
  /// anything else.
  public mutating func withID<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    guard values.count > 1, let value = values[1], value.kind == .string || value.kind == .number
    else { return unsafe body(UnsafeRawBufferPointer(start: nil, count: 0)) }
    let raw = unsafe UnsafeRawBufferPointer(rebasing: record[value.range])
    guard value.hasEscapes else { return unsafe body(raw) }
    if idScratch.count < raw.count { idScratch = Array(repeating: 0, count: raw.count) }
    return unsafe idScratch.withUnsafeMutableBytes { room in
      let (count, _) = unsafe JSONString.unescape(raw, into: room)
      return unsafe body(UnsafeRawBufferPointer(rebasing: room[..<count]))
    }
  }

  /// The text of the order field: a string, or a number's digits.
  public var orderText: String? {
    guard values.count > 2, let value = values[2], value.kind == .string || value.kind == .number
    else { return nil }
    return unsafe JSONString.text(of: value, in: record)
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
