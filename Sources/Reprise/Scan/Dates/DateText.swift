/// Reads dates in the forms that data sets have; `docs/input.md` has the rules.
///
/// A text that has two meanings, such as 05.03.2024, has no value, and neither has a day that does
/// not exist.
enum DateText {
  /// Returns the seconds since 1970-01-01 UTC; nil if the text is not a date of a known form.
  static func seconds(_ text: String) -> Double? {
    let text = trimmed(text)
    if let number = DateNumber(text) { return number.seconds }
    guard text.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
    let first = text.utf8.prefix { (0x30...0x39).contains($0) }.count
    switch first {
    case 4: return yearFirst(text)
    case 8: return basic(text)
    case 1, 2: return dayFirst(text) ?? NamedMonth.seconds(text)
    case 0: return NamedMonth.seconds(text)
    default: return nil
    }
  }

  private static func trimmed(_ text: String) -> String {
    func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
    var bytes = Substring(text).utf8.drop(while: isSpace)
    while let last = bytes.last, isSpace(last) { bytes.removeLast() }
    return String(Substring(bytes))
  }

  /// `2024-03-05`, `2024/3/5`, `2024.03.05`, `2024-03`, `2024-065`, `2024-W10-2` or `2024W102`, and a
  /// time after a whole day.
  private static func yearFirst(_ text: String) -> Double? {
    var scanner = DateScanner(text)
    guard let (year, _) = scanner.digits(4) else { return nil }
    let separator = scanner.skip("-/.")
    if scanner.skip("Ww") != nil { return week(year, isBasic: separator == nil, &scanner) }
    guard let separator, let (number, count) = scanner.digits(1, 2, 3) else { return nil }
    if count == 3 {
      guard separator == "-", let day = CalendarDay(year, ordinal: number) else { return nil }
      return seconds(of: day, &scanner)
    }
    guard !scanner.isAtEnd else {
      return separator == "." ? nil : CalendarDay(year, number, 1)?.seconds
    }
    guard scanner.skip(String(separator)) != nil, let (day, _) = scanner.digits(1, 2),
      let day = CalendarDay(year, number, day)
    else { return nil }
    return seconds(of: day, &scanner)
  }

  private static func week(_ year: Int, isBasic: Bool, _ scanner: inout DateScanner) -> Double? {
    guard let (number, count) = scanner.digits(2, 3) else { return nil }
    guard count == 2 else {
      guard isBasic, let day = CalendarDay(year, week: number / 10, day: number % 10) else {
        return nil
      }
      return seconds(of: day, &scanner)
    }
    guard !scanner.isAtEnd else { return CalendarDay(year, week: number, day: 1)?.seconds }
    guard !isBasic, scanner.skip("-") != nil, let (day, _) = scanner.digits(1),
      let day = CalendarDay(year, week: number, day: day)
    else { return nil }
    return seconds(of: day, &scanner)
  }

  /// `20240305T100000Z`.
  private static func basic(_ text: String) -> Double? {
    var scanner = DateScanner(text)
    guard let (number, _) = scanner.digits(8),
      let day = CalendarDay(number / 10_000, number / 100 % 100, number % 100)
    else { return nil }
    return seconds(of: day, &scanner)
  }

  /// `25.03.2024` or `03/25/2024`: only if one of the two is above 12, or both are equal.
  private static func dayFirst(_ text: String) -> Double? {
    var scanner = DateScanner(text)
    guard let (first, _) = scanner.digits(1, 2), let separator = scanner.skip("./-"),
      let (second, _) = scanner.digits(1, 2), scanner.skip(String(separator)) != nil,
      let (year, _) = scanner.digits(4), first > 12 || second > 12 || first == second,
      let day = CalendarDay(year, min(first, second), max(first, second))
    else { return nil }
    return seconds(of: day, &scanner)
  }

  /// Adds the time that may follow a day.
  private static func seconds(of day: CalendarDay, _ scanner: inout DateScanner) -> Double? {
    guard !scanner.isAtEnd else { return day.seconds }
    guard scanner.skip("Tt") != nil || scanner.skipSpaces() else { return nil }
    return scanner.time().map { day.seconds + $0 }
  }
}
