/// Text that a results file holds, in whatever form it is at hand.
public protocol ResultText {
  /// Writes the text as one JSON string.
  func write(to writer: inout JSONWriter)
}

extension String: ResultText {
  /// Writes the string.
  public func write(to writer: inout JSONWriter) { writer.string(self) }
}

/// A value with a JSON form in a results file.
public protocol ResultRecord {
  /// Writes the value as one JSON object, without a line end.
  func write(to writer: inout JSONWriter)
}

extension JSONWriter {
  mutating func string(_ value: String?, for key: StaticString) {
    self.key(key)
    string(value)
  }

  mutating func integer(_ value: Int?, for key: StaticString) {
    self.key(key)
    integer(value)
  }

  mutating func double(_ value: Double?, for key: StaticString) {
    self.key(key)
    double(value)
  }

  mutating func text(_ value: (some ResultText)?, for key: StaticString) {
    self.key(key)
    if let value { value.write(to: &self) } else { null() }
  }
}
