/// A day of the Gregorian calendar, as ISO 8601 writes it.
struct ParquetDate: CustomStringConvertible {
  private let year: Int64
  private let month: Int64
  private let dayOfMonth: Int64

  private static let secondsOfDay: Int64 = 86_400
  private static let daysOf400Years: Int64 = 146_097
  private static let daysOf100Years: Int64 = 36_524
  private static let daysOf4Years: Int64 = 1_461
  /// The days from 1 March of the year 0 to 1 January 1970.
  private static let epoch: Int64 = 719_468
  /// The Julian day of 1 January 1970.
  private static let julianEpoch: Int64 = 2_440_588

  /// Creates the day that is so many days after 1 January 1970; at most 2^62 in either direction.
  init(day: Int64) {
    // Years are counted from March, so that a leap day is the last day of its year.
    let shifted = day + Self.epoch
    let era = (shifted >= 0 ? shifted : shifted - (Self.daysOf400Years - 1)) / Self.daysOf400Years
    let dayOfEra = shifted - era * Self.daysOf400Years
    let yearOfEra =
      (dayOfEra - dayOfEra / (Self.daysOf4Years - 1) + dayOfEra / Self.daysOf100Years
        - dayOfEra / (Self.daysOf400Years - 1)) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// The date: `2026-03-01`.
  var description: String {
    let sign = year < 0 ? "-" : ""
    return "\(sign)\(Self.padded(Int64(year.magnitude), 4))-\(Self.padded(month, 2))"
      + "-\(Self.padded(dayOfMonth, 2))"
  }

  /// Writes a time that is counted from 1970: `2026-03-01T08:30:00.250000Z`.
  static func text(time: Int64, unitsPerSecond: Int, isUTC: Bool) -> String {
    let units = Int64(unitsPerSecond)
    let (seconds, fraction) = divided(time, by: units)
    let (day, second) = divided(seconds, by: secondsOfDay)
    let digits = fraction == 0 ? "" : "." + padded(fraction, String(units).utf8.count - 1)
    let clock =
      "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
    return "\(ParquetDate(day: day))T\(clock)\(digits)\(isUTC ? "Z" : "")"
  }

  /// Writes a time that is a Julian day and the nanoseconds of the day.
  static func text(julianDay: Int64, nanoseconds: Int64) -> String {
    let (days, ofDay) = divided(nanoseconds, by: secondsOfDay * 1_000_000_000)
    let (seconds, fraction) = divided(ofDay, by: 1_000_000_000)
    let second = (julianDay - julianEpoch + days) * secondsOfDay + seconds
    let text = text(time: second, unitsPerSecond: 1, isUTC: false)
    return fraction == 0 ? text : "\(text).\(padded(fraction, 9))"
  }

  private static func divided(_ value: Int64, by divisor: Int64) -> (Int64, Int64) {
    let (quotient, rest) = value.quotientAndRemainder(dividingBy: divisor)
    return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
  }

  private static func padded(_ value: Int64, _ count: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, count - digits.utf8.count)) + digits
  }
}
