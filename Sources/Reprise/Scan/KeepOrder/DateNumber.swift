/// Reads dates that are one number, by the number of its digits.
enum DateNumber {
  /// Returns the seconds since 1970; nil for a text that is not a number, or a number of a size that
  /// no rule names.
  ///
  /// 4 digits are a year, 6 a month, 8 a day, 14 a day with its time; 9 and 10 digits are seconds, 11
  /// to 13 milliseconds, 15 and 16 microseconds, 18 and 19 nanoseconds. Numbers with a sign or an
  /// exponent are seconds, if they have at most 10 digits before the point.
  static func seconds(_ text: ArraySlice<UInt8>) -> Double? {
    var scanner = DigitScanner(text)
    guard let whole = scanner.digits(), scanner.isAtEnd else { return decimal(text) }
    let value = Double(whole.value)
    switch whole.count {
    case 4: return CalendarDay(whole.value, 1, 1)?.seconds
    case 6 where (1000...2999).contains(whole.value / 100):
      return CalendarDay(whole.value / 100, whole.value % 100, 1)?.seconds
    case 8:
      return CalendarDay(whole.value / 10_000, whole.value / 100 % 100, whole.value % 100)?.seconds
    case 9, 10: return value
    case 11...13: return value / 1e3
    case 14: return dayAndTime(whole.value)
    case 15, 16: return value / 1e6
    case 18, 19: return value / 1e9
    default: return nil
    }
  }

  /// `20240305100000`.
  private static func dayAndTime(_ value: Int) -> Double? {
    let (day, time) = value.quotientAndRemainder(dividingBy: 1_000_000)
    let (hour, minute, second) = (time / 10_000, time / 100 % 100, time % 100)
    guard let day = CalendarDay(day / 10_000, day / 100 % 100, day % 100), hour <= 23,
      minute <= 59, second <= 60
    else { return nil }
    return day.seconds + Double(3600 * hour + 60 * minute + second)
  }

  /// A number with a sign, a point or an exponent, in the form of JSON.
  private static func decimal(_ text: ArraySlice<UInt8>) -> Double? {
    let allowed = Set("0123456789+-.eE".utf8)
    guard text.allSatisfy(allowed.contains), text.first != UInt8(ascii: "+"),
      let value = Double(String(decoding: text, as: UTF8.self)), abs(value) < 1e10
    else { return nil }
    // Few digits before the point are no seconds of a date that anyone writes.
    return abs(value) >= 1e8 || value < 0 ? value : nil
  }
}

/// Reads digits and signs of a text from its start.
struct DigitScanner {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) { rest = text }

  var isAtEnd: Bool { rest.isEmpty }

  func isNext(_ character: Unicode.Scalar) -> Bool {
    rest.first.map { UInt32($0) == character.value } ?? false
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard isNext(character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func skip(word: StaticString) -> Bool {
    let word = Array(word.description.utf8)
    guard rest.starts(with: word) else { return false }
    rest.removeFirst(word.count)
    return true
  }

  /// Reads up to 19 digits; nil if there are none, or more.
  mutating func digits() -> (value: Int, count: Int)? {
    var (value, count) = (0, 0)
    while let digit = digit() {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(digit)
      guard !overflow, !carry else { return nil }
      (value, count) = (sum, count + 1)
    }
    return count > 0 ? (value, count) : nil
  }

  /// Reads a number with exactly `count` digits.
  mutating func number(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = 10 * value + digit
    }
    return value
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
