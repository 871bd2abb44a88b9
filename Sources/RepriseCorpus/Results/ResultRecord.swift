/// A value with a JSON form in a results file.
public protocol ResultRecord {
  /// Writes the value as one JSON object, without a line end.
  func write(to writer: inout JSONWriter)
}

extension JSONWriter {
  mutating func string(_ value: String?, for name: String) {
    self.name(name)
    string(value)
  }

  mutating func integer(_ value: Int?, for name: String) {
    self.name(name)
    integer(value)
  }

  mutating func double(_ value: Double?, for name: String) {
    self.name(name)
    double(value)
  }
}
