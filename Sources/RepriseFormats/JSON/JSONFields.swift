/// Reads the top-level fields of a record one after another.
///
/// After ``nextName()`` has returned `nil`, the whole record has been validated.
struct JSONFields {
  private(set) var cursor: JSONCursor
  private var isOpen = false

  /// Moves to the first field.
  ///
  /// - Throws: an error if the record is empty, breaks a rule before its first field, or is a value
  ///   other than an object.
  init(_ cursor: JSONCursor) throws(JSONSyntaxError) {
    self.cursor = cursor
    self.cursor.skipWhiteSpace()
    guard self.cursor.current == UInt8(ascii: "{") else { throw refusal() }
    isOpen = self.cursor.open(inObject: true)
    if !isOpen { try finish() }
  }

  /// Returns the next field's name, or `nil` after the last one.
  ///
  /// Its value must be read before the next name.
  ///
  /// - Throws: the first rule that is broken before the value.
  mutating func nextName() throws(JSONSyntaxError) -> JSONValue? {
    isOpen ? try cursor.name() : nil
  }

  /// Reads the value of the field whose name was read.
  ///
  /// - Throws: the first rule that is broken by the value or the bytes after it.
  mutating func value() throws(JSONSyntaxError) -> JSONValue {
    let value = try cursor.value()
    try advance()
    return value
  }

  /// Reads the value of the field whose name was read, and unescapes a string with escapes.
  ///
  /// - Parameter output: space for as many bytes as the record has.
  /// - Returns: the value, and the size of the text in `output` if it was unescaped.
  /// - Throws: the first rule that is broken by the value or the bytes after it.
  mutating func value(
    unescapedInto output: UnsafeMutableRawBufferPointer
  ) throws(JSONSyntaxError) -> (value: JSONValue, text: JSONString.Unescaped?) {
    guard cursor.current == UInt8(ascii: "\"") else { return (try value(), nil) }
    let found = unsafe try cursor.string(unescapedInto: output)
    try advance()
    return found
  }

  private mutating func advance() throws(JSONSyntaxError) {
    isOpen = try cursor.advance(inObject: true)
    if !isOpen { try finish() }
  }

  private mutating func finish() throws(JSONSyntaxError) {
    cursor.skipWhiteSpace()
    guard cursor.isAtEnd else { throw cursor.failure(.trailingBytes) }
  }

  /// Returns the error of a record that does not start with a brace.
  private mutating func refusal() -> JSONSyntaxError {
    let start = cursor.position
    guard !cursor.isAtEnd else {
      return JSONSyntaxError(rule: .emptyRecord, offset: start, byte: nil)
    }
    if unsafe cursor.bytes.dropFirst(start).starts(with: [0xEF, 0xBB, 0xBF]) {
      return cursor.failure(.byteOrderMark)
    }
    do throws(JSONSyntaxError) {
      let kind = try cursor.value().kind
      try finish()
      cursor.position = start
      return cursor.failure(.notAnObject(kind))
    } catch {
      return error
    }
  }
}
