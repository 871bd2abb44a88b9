/// A date as a number, whose digits before the point say what it counts.
///
/// Four, six and eight digits are a year, a month and a day from 1500 to 2199, and 14 a day with a
/// time. Nine and ten digits are seconds since 1970, 12 and 13 milliseconds, 15 and 16
/// microseconds, and 18 and 19 nanoseconds, so times from 1973 to 2286. Twelve digits that are also a
/// day with hour and minute have two meanings. Other numbers are not dates.
struct DateNumber {
  /// The seconds since 1970-01-01 UTC; nil if the number is not a date.
  let seconds: Double?

  /// Parses a JSON number; nil for other text.
  init?(_ text: String) {
    let isNumber = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || $0 == 0x2D || $0 == 0x2B || $0 == 0x2E || $0 | 0x20 == 0x65
    }
    guard isNumber, !text.hasPrefix("+"), let value = Double(text), value.isFinite else {
      return nil
    }
    if text.utf8.contains(where: { $0 | 0x20 == 0x65 }) {
      guard let whole = Int(exactly: value) else {
        seconds = nil
        return
      }
      seconds = Self.seconds(String(whole), Double(whole))
    } else {
      seconds = Self.seconds(text, value)
    }
  }

  private static func seconds(_ text: String, _ value: Double) -> Double? {
    let isNegative = text.hasPrefix("-")
    let digits = text.utf8.drop { $0 == 0x2D }.prefix { $0 != 0x2E }
    let isWhole = text.utf8.drop { $0 != 0x2E }.dropFirst().allSatisfy { $0 == 0x30 }
    switch digits.count {
    case 9, 10: return value
    case 12 where day(digits.prefix(8)) == nil || clock(digits.dropFirst(8)) == nil:
      return value / 1e3
    case 13: return value / 1e3
    case 15, 16: return value / 1e6
    case 18, 19: return value / 1e9
    case 4, 6, 8:
      guard !isNegative, isWhole else { return nil }
      return day(Array(digits) + Array("0101".utf8.suffix(8 - digits.count)))
    case 14:
      guard !isNegative, isWhole, let day = day(digits.prefix(8)) else { return nil }
      return clock(digits.dropFirst(8)).map { day + $0 }
    default: return nil
    }
  }

  /// Returns the seconds at which a day of eight digits begins.
  private static func day(_ digits: some Collection<UInt8>) -> Double? {
    let number = digits.reduce(0) { 10 * $0 + Int($1) - 0x30 }
    guard (1500...2199).contains(number / 10_000) else { return nil }
    return CalendarDay(number / 10_000, number / 100 % 100, number % 100)?.seconds
  }

  private static func clock(_ digits: some Collection<UInt8>) -> Double? {
    var scanner = DateScanner(String(decoding: Array(digits), as: UTF8.self))
    return scanner.time()
  }
}
