/// A day of the proleptic Gregorian calendar, counted from 1970-01-01.
struct CalendarDay: Equatable {
  /// The days since 1970-01-01.
  let number: Int

  /// The seconds since 1970-01-01 at which the day begins.
  var seconds: Double { Double(number) * 86_400 }

  /// The weekday, 0 for Monday.
  var weekday: Int { ((number + 3) % 7 + 7) % 7 }

  private init(number: Int) { self.number = number }

  /// Returns nil for a day that does not exist.
  init?(_ year: Int, _ month: Int, _ day: Int) {
    guard (1...12).contains(month), (1...Self.count(year, month)).contains(day) else { return nil }
    number = Self.number(year, month, day)
  }

  /// Creates a day of a year, counted from 1; nil if the year has fewer days.
  init?(_ year: Int, ordinal: Int) {
    guard (1...(Self.isLeap(year) ? 366 : 365)).contains(ordinal) else { return nil }
    number = Self.number(year, 1, 1) + ordinal - 1
  }

  /// Creates a day of an ISO week, 1 for Monday; nil if the year has fewer weeks.
  ///
  /// The first week is that of January 4.
  init?(_ year: Int, week: Int, day: Int) {
    func monday(_ year: Int) -> Int {
      let fourth = CalendarDay(number: Self.number(year, 1, 4))
      return fourth.number - fourth.weekday
    }
    let weeks = (monday(year + 1) - monday(year)) / 7
    guard (1...weeks).contains(week), (1...7).contains(day) else { return nil }
    number = monday(year) + 7 * (week - 1) + day - 1
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  private static func count(_ year: Int, _ month: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  // Years begin in March, so that the leap day is their last day. Years are not negative.
  private static func number(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let year = month <= 2 ? year - 1 : year
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let century = year >= 0 ? year / 100 : -1
    let leapDays = (year >= 0 ? year / 4 : -1) - century + (year >= 0 ? year / 400 : -1)
    return 365 * year + leapDays + dayOfYear - 719_468
  }
}
