/// Computes values of the keep order.
///
/// A document with a greater value comes first.
enum OrderValue {
  /// The value of a document without a usable field; it comes last.
  static let missing = -Double.infinity

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
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }
}
