import CKernels

/// A position in the bytes of one record, with the scalar rules of RFC 8259.
///
/// Every access is preceded by a comparison with the number of bytes, so a cursor never reads
/// outside its record. It is valid only as long as the bytes.
@safe
struct JSONCursor {
  let bytes: UnsafeRawBufferPointer
  let instructionSet: reprise_instruction_set
  var position = 0

  init(_ bytes: UnsafeRawBufferPointer, _ instructionSet: reprise_instruction_set) {
    unsafe self.bytes = unsafe bytes
    self.instructionSet = instructionSet
  }

  var count: Int { unsafe bytes.count }
  var isAtEnd: Bool { position == count }

  /// The byte at the position, or 0 at the end.
  ///
  /// No rule accepts 0 outside strings.
  var current: UInt8 { position < count ? unsafe bytes[position] : 0 }

  /// Whether the byte after the current one is this.
  func isNext(_ byte: UInt8) -> Bool {
    position + 1 < count ? unsafe bytes[position + 1] == byte : false
  }

  mutating func skipWhiteSpace() {
    while position < count {
      let byte = unsafe bytes[position]
      guard byte <= 0x20, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else {
        return
      }
      position += 1
    }
  }

  /// Returns the error of `rule` at the position, or `unexpectedEnd` at the end of the record.
  func failure(_ rule: JSONSyntaxError.Rule) -> JSONSyntaxError {
    if isAtEnd { return JSONSyntaxError(rule: .unexpectedEnd, offset: position, byte: nil) }
    return JSONSyntaxError(rule: rule, offset: position, byte: current)
  }

  /// Reads the string whose opening quote is at the position.
  mutating func string() throws(JSONSyntaxError) -> JSONValue {
    let start = position + 1
    let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
    let end = unsafe reprise_json_string_end(rest.byteBase, rest.count, instructionSet)
    return try closedString(from: start, end)
  }

  /// Reads the string whose opening quote is at the position, and unescapes it if it has escapes.
  ///
  /// - Parameter output: space for as many bytes as remain in the record.
  /// - Returns: the string, and the size of its unescaped text in `output` if it has escapes.
  /// - Throws: the rule that the string breaks.
  mutating func string(
    unescapedInto output: UnsafeMutableRawBufferPointer
  ) throws(JSONSyntaxError) -> (value: JSONValue, text: JSONString.Unescaped?) {
    let start = position + 1
    let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
    precondition(output.count >= rest.count, "the output has room for every byte that is left")
    let target = unsafe output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let found = unsafe reprise_json_unescaped_string(
      rest.byteBase, rest.count, target, instructionSet)
    let value = try closedString(from: start, found.string)
    guard value.hasEscapes else { return (value, nil) }
    return (value, (found.text.count, found.text.lone_surrogates))
  }

  private mutating func closedString(
    from start: Int, _ end: reprise_json_string
  ) throws(JSONSyntaxError) -> JSONValue {
    position = start + end.length
    guard end.status == REPRISE_JSON_STRING_CLOSED else { throw stringFailure(end.status) }
    position += 1
    return JSONValue(
      kind: .string, offset: start, length: end.length, hasEscapes: end.has_escapes != 0)
  }

  private func stringFailure(_ status: reprise_json_string_status) -> JSONSyntaxError {
    switch status {
    case REPRISE_JSON_STRING_CONTROL: failure(.controlCharacter)
    case REPRISE_JSON_STRING_BAD_ESCAPE: failure(.invalidEscape)
    case REPRISE_JSON_STRING_BAD_UNICODE_ESCAPE: failure(.invalidUnicodeEscape)
    default: JSONSyntaxError(rule: .unterminatedString, offset: count, byte: nil)
    }
  }

  /// Reads the number at the position, which must be a digit or a minus sign.
  mutating func number() throws(JSONSyntaxError) -> JSONValue {
    let start = position
    if current == UInt8(ascii: "-") { position += 1 }
    if current == UInt8(ascii: "0") {
      position += 1
      guard !isAtDigit else { throw failure(.invalidNumber) }
    } else {
      try digits()
    }
    if current == UInt8(ascii: ".") {
      position += 1
      try digits()
    }
    if current | 0x20 == UInt8(ascii: "e") {
      position += 1
      if current == UInt8(ascii: "+") || current == UInt8(ascii: "-") { position += 1 }
      try digits()
    }
    return JSONValue(kind: .number, offset: start, length: position - start)
  }

  private var isAtDigit: Bool { current &- UInt8(ascii: "0") < 10 }

  private mutating func digits() throws(JSONSyntaxError) {
    let start = position
    while isAtDigit { position += 1 }
    guard position > start else { throw failure(.invalidNumber) }
  }

  /// Reads the literal at the position, whose first letter matches.
  mutating func literal(
    _ word: StaticString, _ kind: JSONValue.Kind
  ) throws(JSONSyntaxError) -> JSONValue {
    let start = position
    for index in 0..<word.utf8CodeUnitCount {
      guard unsafe word.utf8Start[index] == current else {
        guard !isAtEnd else { throw failure(.unexpectedEnd) }
        position = start
        throw failure(.invalidLiteral)
      }
      position += 1
    }
    return JSONValue(kind: kind, offset: start, length: position - start)
  }
}

extension UnsafeRawBufferPointer {
  /// The first byte in the form that the kernels take; `nil` only for an empty buffer without
  /// memory.
  var byteBase: UnsafePointer<UInt8>? {
    unsafe baseAddress?.assumingMemoryBound(to: UInt8.self)
  }
}
