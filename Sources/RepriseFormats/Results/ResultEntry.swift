/// A text for a results file, as a string or as bytes.
@safe
package enum ResultText {
  /// A string.
  case string(String)
  /// Bytes that should be UTF-8; invalid sequences are written as U+FFFD.
  ///
  /// They must not change or be freed while the value is used.
  case bytes(UnsafeRawBufferPointer)

  func write(to writer: inout JSONWriter) {
    switch self {
    case .string(let string): writer.string(string)
    case .bytes(let bytes): unsafe writer.string(bytes)
    }
  }

  /// The text as a string.
  package var string: String {
    switch self {
    case .string(let string): string
    case .bytes(let bytes): unsafe String(decoding: bytes, as: UTF8.self)
    }
  }
}

/// A value with a JSON form in a results file.
package protocol ResultEntry: ~Copyable {
  /// Writes the value as one JSON object, without a line end.
  func write(to writer: inout JSONWriter)
}

extension JSONWriter {
  @inline(__always)
  mutating func string(_ value: String?, for key: StaticString) {
    self.key(key)
    string(value)
  }

  @inline(__always)
  mutating func integer(_ value: Int?, for key: StaticString) {
    self.key(key)
    integer(value)
  }

  @inline(__always)
  mutating func double(_ value: Double?, for key: StaticString) {
    self.key(key)
    double(value)
  }

  @inline(__always)
  mutating func text(_ value: ResultText?, for key: StaticString) {
    self.key(key)
    if let value { value.write(to: &self) } else { null() }
  }
}
