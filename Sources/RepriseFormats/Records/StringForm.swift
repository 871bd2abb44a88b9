/// How the text of a string is written in a record.
enum StringForm {
  /// A JSON string with escapes.
  case json
  /// The field of a table, with doubled quotes.
  case cell

  /// Makes the text of a string that has escapes.
  ///
  /// - Parameters:
  ///   - raw: the bytes of the string in its record, without quotes around it.
  ///   - output: space for at least as many bytes.
  /// - Returns: the size of the text, and its number of lone surrogate escapes.
  func unescape(
    _ raw: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> JSONString.Unescaped {
    switch self {
    case .json: unsafe JSONString.unescape(raw, into: output)
    case .cell: (unsafe CellText.unescape(raw, into: output), 0)
    }
  }

  /// Converts an offset in the text of a string to an offset in its bytes.
  func rawOffset(ofTextOffset offset: Int, in string: JSONValue, _ raw: UnsafeRawBufferPointer)
    -> Int
  {
    guard string.hasEscapes else { return offset }
    return switch self {
    case .json: unsafe JSONString.rawOffset(ofTextOffset: offset, in: raw)
    case .cell: unsafe CellText.rawOffset(ofTextOffset: offset, in: raw)
    }
  }

  /// Returns the text of a string, with U+FFFD for invalid UTF-8.
  func text(of string: JSONValue, in record: UnsafeRawBufferPointer) -> String {
    // In bounds: the value was found in the record.
    let raw = unsafe UnsafeRawBufferPointer(rebasing: record[string.range])
    guard string.hasEscapes else { return unsafe String(decoding: raw, as: UTF8.self) }
    return unsafe withUnsafeTemporaryAllocation(byteCount: raw.count, alignment: 1) { buffer in
      let count = unsafe unescape(raw, into: buffer).byteCount
      return unsafe String(decoding: buffer[..<count], as: UTF8.self)
    }
  }
}
