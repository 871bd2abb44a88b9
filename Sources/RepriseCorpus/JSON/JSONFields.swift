/// The top-level fields of a record, one after the other; the record is wholly checked once
/// ``nextName()`` has returned `nil`.
struct JSONFields {
  private(set) var cursor: JSONCursor
  private var isOpen = false

  /// Starts at the first field.
  ///
  /// - Throws: If the record is empty, breaks a rule before its first field, or is one value of
  ///   another kind than object.
  init(_ cursor: JSONCursor) throws(JSONSyntaxError) {
    self.cursor = cursor
    self.cursor.skipWhiteSpace()
    guard self.cursor.current == UInt8(ascii: "{") else { throw refusal() }
    isOpen = self.cursor.open(inObject: true)
    if !isOpen { try finish() }
  }

  /// The next field's name, or `nil` after the last; its value must be taken before the next.
  ///
  /// - Throws: The first rule that is broken up to the value.
  mutating func nextName() throws(JSONSyntaxError) -> JSONValue? {
    isOpen ? try cursor.name() : nil
  }

  /// The value of the field whose name was taken.
  ///
  /// - Throws: The first rule that the value, or what follows it, breaks.
  mutating func value() throws(JSONSyntaxError) -> JSONValue {
    let value = try cursor.value()
    try advance()
    return value
  }

  /// The same; of a string with escapes, what it stands for as well.
  ///
  /// - Parameter output: Room for as many bytes as the record has.
  /// - Returns: The value, and what was written to `output`, if anything.
  /// - Throws: The first rule that the value, or what follows it, breaks.
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

  /// Why a record that does not start with a brace is refused.
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
