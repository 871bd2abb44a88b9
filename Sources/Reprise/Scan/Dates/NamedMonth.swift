/// Dates whose month is an English name: those of mail, HTTP, RSS and `ctime`, and written ones.
enum NamedMonth {
  /// `Tue, 05 Mar 2024 10:00:00 GMT`, `5 March 2024`, `5-Mar-2024`, `Tue Mar 5 10:00:00 +0000 2024`,
  /// `March 5, 2024 10:00` or `March 2024`.
  ///
  /// - Returns: the seconds since 1970-01-01 UTC; nil for other forms, a day that does not exist, or
  ///   one that is another weekday.
  static func seconds(_ text: String) -> Double? {
    var parts = text.split { $0 == " " || $0 == "," }
    if parts.count > 1, parts[parts.count - 1].hasPrefix("("), text.hasSuffix(")") {
      parts.removeLast()
    }
    let weekday = parts.first.flatMap { name($0, among: weekdays) }
    if weekday != nil { parts.removeFirst() }
    let dashed = parts.first?.split(separator: "-", omittingEmptySubsequences: false) ?? []
    if dashed.count == 3 { parts.replaceSubrange(0..<1, with: dashed) }
    guard parts.count >= 2 else { return nil }
    if weekday == nil, parts.count == 2, let month = month(parts[0]), let year = year(parts[1]) {
      return CalendarDay(year, month, 1)?.seconds
    }
    guard parts.count >= 3, let (date, time) = dayFirst(parts) ?? monthFirst(parts), let date,
      weekday == nil || weekday == date.weekday
    else { return nil }
    guard !time.isEmpty else { return date.seconds }
    var scanner = DateScanner(time.joined(separator: " "))
    return scanner.time().map { date.seconds + $0 }
  }

  private static func dayFirst(
    _ parts: [Substring]
  ) -> (CalendarDay?, time: ArraySlice<Substring>)? {
    guard let day = day(parts[0]), let month = month(parts[1]), let year = year(parts[2]) else {
      return nil
    }
    return (CalendarDay(year, month, day), parts[3...])
  }

  private static func monthFirst(
    _ parts: [Substring]
  ) -> (CalendarDay?, time: ArraySlice<Substring>)? {
    guard let month = month(parts[0]), let day = day(parts[1]) else { return nil }
    if let year = year(parts[2]) { return (CalendarDay(year, month, day), parts[3...]) }
    guard parts[2].contains(":"), let year = year(parts[parts.count - 1]) else { return nil }
    return (CalendarDay(year, month, day), parts[2..<parts.count - 1])
  }

  private static func day(_ part: Substring) -> Int? {
    var scanner = DateScanner(part)
    guard let (day, _) = scanner.digits(1, 2) else { return nil }
    let suffix = scanner.word()
    return scanner.isAtEnd && ["", "st", "nd", "rd", "th"].contains(suffix) ? day : nil
  }

  private static func year(_ part: Substring) -> Int? {
    var scanner = DateScanner(part)
    let year = scanner.digits(4)?.value
    return scanner.isAtEnd ? year : nil
  }

  private static func month(_ part: Substring) -> Int? {
    part.lowercased() == "sept" ? 9 : name(part, among: months).map { $0 + 1 }
  }

  /// Returns the place of a name that is whole, or has its first three letters.
  private static func name(_ part: Substring, among names: [String]) -> Int? {
    let word = (part.last == "." ? part.dropLast() : part).lowercased()
    return names.firstIndex { $0 == word || (word.count == 3 && $0.hasPrefix(word)) }
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
}
