/// The top-level fields of a record, one after the other; the record is wholly checked once
/// ``next()`` has returned `nil`.
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

  /// The next field's name and value, or `nil` after the last.
  ///
  /// - Throws: The first rule that the rest of the record breaks.
  mutating func next() throws(JSONSyntaxError) -> (name: JSONValue, value: JSONValue)? {
    guard isOpen else { return nil }
    let name = try cursor.name()
    let value = try cursor.value()
    isOpen = try cursor.advance(inObject: true)
    if !isOpen { try finish() }
    return (name, value)
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
