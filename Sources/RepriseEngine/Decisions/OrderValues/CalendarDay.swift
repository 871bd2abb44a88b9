/// A day of the proleptic Gregorian calendar.
struct CalendarDay {
  /// The days since 1970-01-01.
  let number: Int

  /// The seconds from 1970 to the start of the day, in UTC.
  var seconds: Double { Double(number) * 86_400 }

  /// Creates a day; nil if the month does not have it.
  init?(_ year: Int, _ month: Int, _ day: Int) {
    guard (1...12).contains(month), (1...Self.dayCount(year, month)).contains(day) else {
      return nil
    }
    number = Self.days(year, month, day)
  }

  /// Creates a day by its number in the year, from 1; nil if the year does not have it.
  init?(_ year: Int, ordinal: Int) {
    let start = Self.days(year, 1, 1)
    guard (1...Self.days(year + 1, 1, 1) - start).contains(ordinal) else { return nil }
    number = start + ordinal - 1
  }

  /// Creates a day by its week (ISO 8601: week 1 has January 4) and weekday, 1 for Monday; nil if
  /// the year does not have it.
  init?(_ year: Int, week: Int, weekday: Int) {
    let (first, next) = (Self.firstMonday(year), Self.firstMonday(year + 1))
    guard (1...(next - first) / 7).contains(week), (1...7).contains(weekday) else { return nil }
    number = first + 7 * (week - 1) + weekday - 1
  }

  /// The Monday of week 1.
  private static func firstMonday(_ year: Int) -> Int {
    let fourth = days(year, 1, 4)
    // 1970-01-01 was a Thursday, 3 days after a Monday.
    let afterMonday = ((fourth + 3) % 7 + 7) % 7
    return fourth - afterMonday
  }

  /// The number of days of a month.
  private static func dayCount(_ year: Int, _ month: Int) -> Int {
    let isLeapYear = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    switch month {
    case 2: return isLeapYear ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  /// Years begin in March here, so that the leap day is their last day.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    return 365 * year + year / 4 - year / 100 + year / 400 + dayOfYear - 719_468
  }
}
