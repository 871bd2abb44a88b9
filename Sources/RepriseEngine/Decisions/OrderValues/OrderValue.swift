/// Computes values of the keep order.
///
/// A document has one or two numbers for each key. The first number that differs decides, and the
/// document with the greater one comes first.
package enum OrderValue {
  /// The first number of a document without a usable field; it comes last.
  package static let missing = -Double.infinity

  /// Returns the number of numbers that a document has for all keys.
  package static func count(_ policy: KeepPolicy) -> Int {
    policy.keys.reduce(0) { $0 + count($1) }
  }

  /// Returns the number of numbers for one key.
  package static func count(_ key: KeepPolicy.Key) -> Int {
    switch key {
    case .longest, .newest: 1
    case .highest: 2
    }
  }

  /// Appends the numbers of a document without a usable field.
  package static func appendMissing(_ key: KeepPolicy.Key, to values: inout [Double]) {
    values.append(missing)
    values += repeatElement(0, count: count(key) - 1)
  }

  /// Appends the numbers of a field.
  ///
  /// - Returns: false, with nothing appended, if the field does not have the form that the key needs.
  package static func append(
    _ text: String, _ key: KeepPolicy.Key, to values: inout [Double]
  ) -> Bool {
    switch key {
    case .longest: return false
    case .newest:
      guard let seconds = DateText.seconds(text) else { return false }
      values.append(seconds)
    case .highest:
      guard let (number, rest) = number(text) else { return false }
      values += [number, rest]
    }
    return true
  }

  /// Returns the nearest double, and what an integer has more than it.
  ///
  /// Both together are exact for integers of up to 31 digits.
  private static func number(_ text: String) -> (Double, rest: Double)? {
    // Also the hexadecimal form is a number for the standard library.
    guard !text.utf8.contains(where: { $0 | 0x20 == 0x78 }), let value = Double(text),
      value.isFinite
    else { return nil }
    guard abs(value) >= 0x1p53, let whole = Int128(text), let nearest = Int128(exactly: value)
    else {
      return (value, 0)
    }
    let (rest, overflow) = whole.subtractingReportingOverflow(nearest)
    return (value, overflow ? 0 : Double(rest))
  }

  /// Returns the problem of a document without the field.
  package static func absence(of field: String) -> String { problem(of: field, nil) }

  /// Returns the problem of a document whose field has no usable value.
  package static func problem(of field: String, _ value: String?) -> String {
    let found = value.map { "is \"\($0.prefix(40))\"" } ?? "is missing"
    return "Field \"\(field)\" \(found), so the document is last in keep order."
  }
}
