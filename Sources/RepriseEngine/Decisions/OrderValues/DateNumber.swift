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
    guard text.allSatisfy(isPartOfNumber), text.first != UInt8(ascii: "+"),
      let value = Double(String(decoding: text, as: UTF8.self)), abs(value) < 1e10
    else { return nil }
    // A smaller number can be a year or a day, so it is not taken for seconds.
    return abs(value) >= 1e8 || value < 0 ? value : nil
  }

  private static func isPartOfNumber(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "e"),
      UInt8(ascii: "E"):
      true
    default: false
    }
  }
}
