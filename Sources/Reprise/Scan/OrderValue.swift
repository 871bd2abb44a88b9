/// Computes values of the keep order.
///
/// A document with a greater value comes first.
enum OrderValue {
  /// The value of a document without a usable field; it comes last.
  static let missing = -Double.infinity

  /// Returns the problem of a document without the field.
  static func absence(of field: String) -> String { problem(of: field, nil) }

  /// Returns the problem of a document whose field has no usable value.
  static func problem(of field: String, _ value: String?) -> String {
    let found = value.map { "is \"\($0.prefix(40))\"" } ?? "is missing"
    return "Field \"\(field)\" \(found), so the document is last in keep order."
  }

  /// Returns the value of a field for a policy; nil if the field does not have the form that the
  /// policy needs.
  static func value(of text: String, for policy: KeepPolicy) -> Double? {
    switch policy {
    case .first, .longest: nil
    case .highest: number(text)
    case .newest: DateText.seconds(text)
    }
  }

  private static func number(_ text: String) -> Double? {
    // Also the hexadecimal form is a number for the standard library.
    guard !text.utf8.contains(where: { $0 | 0x20 == 0x78 }), let value = Double(text),
      value.isFinite
    else { return nil }
    return value
  }
}
