/// Reads dates in the forms that `docs/input.md` lists.
///
/// A text that can be read in two ways, or that names a day that does not exist, has no value.
enum DateText {
  /// Returns the seconds since 1970; nil for a text that is not a date.
  static func seconds(_ text: String) -> Double? {
    let bytes = Array(text.utf8)
    guard let start = bytes.firstIndex(where: { !isSpace($0) }),
      let end = bytes.lastIndex(where: { !isSpace($0) })
    else { return nil }
    let trimmed = bytes[start...end]
    return DateNumber.seconds(trimmed) ?? numeric(trimmed) ?? DateWords.seconds(trimmed)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Reads a date of numbers, with or without a time after it.
  private static func numeric(_ text: ArraySlice<UInt8>) -> Double? {
    var scanner = DigitScanner(text)
    guard let day = day(&scanner) else { return nil }
    if scanner.isAtEnd { return day.seconds }
    guard scanner.skip("T") || scanner.skip("t") || scanner.skip(" "),
      let time = ClockTime.seconds(&scanner), scanner.isAtEnd
    else { return nil }
    return day.seconds + time
  }

  private static func day(_ scanner: inout DigitScanner) -> CalendarDay? {
    guard let first = scanner.digits() else { return nil }
    switch first.count {
    case 4: return yearFirst(first.value, &scanner)
    case 8: return CalendarDay(first.value / 10_000, first.value / 100 % 100, first.value % 100)
    case 1, 2: return yearLast(first.value, &scanner)
    default: return nil
    }
  }

  /// `2024-03-05`, `2024/03/05`, `2024-03`, `2024-065`, `2024-W10-2`, `2024W102`.
  private static func yearFirst(_ year: Int, _ scanner: inout DigitScanner) -> CalendarDay? {
    if scanner.skip("W") { return week(year, isBasic: true, &scanner) }
    let separator: Unicode.Scalar = scanner.isNext("/") ? "/" : "-"
    guard scanner.skip(separator) else { return nil }
    if scanner.skip("W") { return week(year, isBasic: false, &scanner) }
    guard let second = scanner.digits() else { return nil }
    if second.count == 3 { return CalendarDay(year, ordinal: second.value) }
    guard second.count <= 2 else { return nil }
    if scanner.isAtEnd { return CalendarDay(year, second.value, 1) }
    guard scanner.skip(separator), let day = scanner.digits(), day.count <= 2 else { return nil }
    return CalendarDay(year, second.value, day.value)
  }

  private static func week(
    _ year: Int, isBasic: Bool, _ scanner: inout DigitScanner
  ) -> CalendarDay? {
    guard let week = scanner.number(2), isBasic || scanner.skip("-"),
      let weekday = scanner.number(1)
    else { return nil }
    return CalendarDay(year, week: week, weekday: weekday)
  }

  /// `05.03.2024`, the day first; `25/03/2024` and `03/25/2024`, where only one order is possible.
  private static func yearLast(_ first: Int, _ scanner: inout DigitScanner) -> CalendarDay? {
    let separator: Unicode.Scalar = scanner.isNext(".") ? "." : "/"
    guard scanner.skip(separator), let second = scanner.digits(), second.count <= 2,
      scanner.skip(separator), let year = scanner.digits(), year.count == 4
    else { return nil }
    let dayFirst = CalendarDay(year.value, second.value, first)
    if separator == "." { return dayFirst }
    let monthFirst = CalendarDay(year.value, first, second.value)
    guard let dayFirst, let monthFirst else { return dayFirst ?? monthFirst }
    return dayFirst.number == monthFirst.number ? dayFirst : nil
  }
}

/// A time of day with a zone.
enum ClockTime {
  /// Reads `10`, `10:00`, `10:00:30`, `100030` or `10:00:30.25`, then optionally `Z`, `UTC`, `GMT` or an
  /// offset such as `+01:00`, with or without a space before it; the default is UTC.
  ///
  /// - Returns: the seconds since midnight UTC of the same date.
  static func seconds(_ scanner: inout DigitScanner) -> Double? {
    guard let first = scanner.digits() else { return nil }
    var (hour, minute, second, fraction) = (first.value, 0, 0, 0.0)
    switch first.count {
    case 1 where !scanner.isNext(":"): return nil
    case 1, 2:
      if scanner.skip(":") {
        guard let value = scanner.number(2) else { return nil }
        minute = value
        if scanner.skip(":") {
          guard let value = scanner.number(2) else { return nil }
          second = value
        }
      }
    case 4: (hour, minute) = (hour / 100, hour % 100)
    case 6: (hour, minute, second) = (hour / 10_000, hour / 100 % 100, hour % 100)
    default: return nil
    }
    if scanner.skip(".") || scanner.skip(",") {
      guard let value = scanner.fraction() else { return nil }
      fraction = value
    }
    // As in RFC 3339; 60 is a leap second.
    guard hour <= 23, minute <= 59, second <= 60 else { return nil }
    if !scanner.isAtEnd { _ = scanner.skip(" ") }
    guard let offset = offset(&scanner) else { return nil }
    return Double(3600 * hour + 60 * minute + second) + fraction - Double(offset)
  }

  /// Reads a zone and returns its seconds east of UTC; 0 if there is none.
  static func offset(_ scanner: inout DigitScanner) -> Int? {
    if scanner.isAtEnd || scanner.skip("Z") || scanner.skip("z") { return 0 }
    if scanner.skip(word: "UTC") || scanner.skip(word: "GMT") { return 0 }
    let sign = scanner.skip("+") ? 1 : scanner.skip("-") ? -1 : 0
    guard sign != 0, let hours = scanner.number(2), hours <= 23 else { return nil }
    var minutes = 0
    if scanner.skip(":") || !scanner.isAtEnd {
      guard let number = scanner.number(2), number <= 59 else { return nil }
      minutes = number
    }
    return sign * 60 * (60 * hours + minutes)
  }
}
