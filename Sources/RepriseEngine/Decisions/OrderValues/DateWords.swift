/// Reads dates with the name of a month in English: those of mail, HTTP, feeds, `ctime` and prose.
///
/// A month, a day, a year of four digits, a time and a zone may come in any order, with a weekday before
/// them.
struct DateWords {
  private var month: Int?
  private var day: Int?
  private var year: Int?
  private var time: Double?
  private var offset: Int?
  private var isAfternoon: Bool?

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
  private static let weekdays = [
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
  ]
  /// The zones of RFC 2822, in hours.
  private static let zones = [
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7,
    "mdt": -6, "pst": -8, "pdt": -7,
  ]

  /// Returns the seconds since 1970; nil for a text that is not such a date.
  static func seconds(_ text: ArraySlice<UInt8>) -> Double? {
    var words = DateWords()
    let parts = text.split { $0 == UInt8(ascii: ",") || $0 <= 0x20 }
    guard parts.count <= 8 else { return nil }
    for (index, part) in parts.enumerated() where !words.take(part, isFirst: index == 0) {
      return nil
    }
    return words.seconds
  }

  private var seconds: Double? {
    guard let month, let day, let year, let date = CalendarDay(year, month, day) else { return nil }
    guard offset == nil || time != nil, isAfternoon == nil || time != nil else { return nil }
    var time = time ?? 0
    if let isAfternoon {
      // Twelve is the first hour of both halves of the day.
      guard time >= 3600, time < 13 * 3600 else { return nil }
      if time >= 12 * 3600 { time -= 12 * 3600 }
      if isAfternoon { time += 12 * 3600 }
    }
    return date.seconds + time - Double(offset ?? 0)
  }

  /// Takes a word; false if it is none of a date, or the second of its kind.
  private mutating func take(_ part: ArraySlice<UInt8>, isFirst: Bool) -> Bool {
    let word = String(decoding: part, as: UTF8.self).lowercased()
    if let found = Self.index(of: word, in: Self.months) { return Self.set(&month, found + 1) }
    if isFirst, Self.index(of: word, in: Self.weekdays) != nil { return true }
    if let hours = Self.zones[word] { return Self.set(&offset, 3600 * hours) }
    if word == "am" || word == "pm" { return Self.set(&isAfternoon, word == "pm") }
    var scanner = DigitScanner(part)
    if part.contains(UInt8(ascii: ":")), part.first != UInt8(ascii: "+"),
      part.first != UInt8(ascii: "-")
    {
      guard let found = ClockTime.seconds(&scanner), scanner.isAtEnd else { return false }
      return Self.set(&time, found)
    }
    if scanner.isNext("+") || scanner.isNext("-") {
      guard let found = ClockTime.offset(&scanner), scanner.isAtEnd else { return false }
      return Self.set(&offset, found)
    }
    guard let number = scanner.digits() else { return false }
    let isOrdinal = ["st", "nd", "rd", "th"].contains(String(word.dropFirst(number.count)))
    guard scanner.isAtEnd || isOrdinal else { return false }
    if number.count <= 2 { return Self.set(&day, number.value) }
    return number.count == 4 && !isOrdinal && Self.set(&year, number.value)
  }

  private static func set<Value>(_ place: inout Value?, _ value: Value) -> Bool {
    guard place == nil else { return false }
    place = value
    return true
  }

  /// The place of a name, or of its first three letters, in a list.
  private static func index(of word: String, in names: [String]) -> Int? {
    let word = word.hasSuffix(".") ? String(word.dropLast()) : word
    return names.firstIndex {
      $0 == word || $0.prefix(3) == word || (word == "sept" && $0 == "september")
    }
  }
}
