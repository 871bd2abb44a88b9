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
    case .newest: number(text) ?? seconds(ofDate: text)
    }
  }

  private static func number(_ text: String) -> Double? {
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// Parses an ISO 8601 date in the extended form and returns the seconds since 1970.
  ///
  /// The form is `2026-03-21`, then optionally `T12:30`, `T12:30:05` or `T12:30:05.25` (a space can
  /// replace the T), then optionally `Z` or an offset such as `+01:00`. The default is UTC.
  ///
  /// The day must exist in its month. The other numbers are limited as in RFC 3339: hours to 23,
  /// minutes to 59, seconds to 60 for a leap second, offsets to 23:59. An invalid date has no
  /// value, rather than the value of a nearby day.
  static func seconds(ofDate text: String) -> Double? {
    var scanner = DigitScanner(text)
    guard
      let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2),
      scanner.skip("-"), let day = scanner.number(2), (1...12).contains(month),
      (1...dayCount(year, month)).contains(day)
    else { return nil }
    var seconds = Double(days(year, month, day)) * 86_400
    if scanner.skip("T") || scanner.skip("t") || scanner.skip(" ") {
      guard let time = time(&scanner) else { return nil }
      seconds += time
    }
    return scanner.isAtEnd ? seconds : nil
  }

  private static func time(_ scanner: inout DigitScanner) -> Double? {
    guard let hour = scanner.number(2, through: 23), scanner.skip(":"),
      let minute = scanner.number(2, through: 59)
    else { return nil }
    var seconds = Double(hour * 3600 + minute * 60)
    if scanner.skip(":") {
      guard let second = scanner.number(2, through: 60) else { return nil }
      seconds += Double(second)
      if scanner.skip(".") || scanner.skip(",") {
        guard let fraction = scanner.fraction() else { return nil }
        seconds += fraction
      }
    }
    if scanner.skip("Z") || scanner.skip("z") { return seconds }
    let sign = scanner.skip("+") ? 1.0 : scanner.skip("-") ? -1.0 : 0
    guard sign != 0 else { return seconds }
    guard let hours = scanner.number(2, through: 23) else { return nil }
    var minutes = 0
    if scanner.skip(":") || !scanner.isAtEnd {
      guard let number = scanner.number(2, through: 59) else { return nil }
      minutes = number
    }
    return seconds - sign * Double(hours * 3600 + minutes * 60)
  }

  /// Returns the number of days of a month in the proleptic Gregorian calendar.
  private static func dayCount(_ year: Int, _ month: Int) -> Int {
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    switch month {
    case 2: return isLeapYear ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  /// Returns the days since 1970-01-01 in the proleptic Gregorian calendar.
  ///
  /// Years begin in March, so that the leap day is their last day.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }
}

private struct DigitScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard let first = rest.first, UInt32(first) == character.value else { return false }
    rest.removeFirst()
    return true
  }

  /// Reads a number with exactly `digits` digits; nil if it is above `limit`.
  mutating func number(_ digits: Int, through limit: Int = .max) -> Int? {
    var value = 0
    for _ in 0..<digits {
      guard let digit = digit() else { return nil }
      value = 10 * value + digit
    }
    return value <= limit ? value : nil
  }

  mutating func fraction() -> Double? {
    guard var value = digit().map({ Double($0) / 10 }) else { return nil }
    var unit = 0.01
    while let digit = digit() {
      value += Double(digit) * unit
      unit /= 10
    }
    return value
  }

  private mutating func digit() -> Int? {
    guard let first = rest.first, first >= 0x30 && first <= 0x39 else { return nil }
    rest.removeFirst()
    return Int(first) - 0x30
  }
}
