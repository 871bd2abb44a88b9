extension DateScanner {
  /// Reads a time up to the end of the text: `10`, `10:00`, `10:00:00.25`, `1000` or `100000`, then
  /// optionally a zone; without one it is UTC.
  ///
  /// - Returns: the seconds from the beginning of the day; nil if the form or a number is wrong.
  mutating func time() -> Double? {
    guard let (whole, hasSeconds) = clock() else { return nil }
    var seconds = whole
    if hasSeconds, skip(".,") != nil {
      guard let fraction = fraction() else { return nil }
      seconds += fraction
    }
    skipSpaces()
    guard !isAtEnd else { return seconds }
    guard let zone = zone(), isAtEnd else { return nil }
    return seconds - Double(zone)
  }

  private mutating func clock() -> (seconds: Double, hasSeconds: Bool)? {
    guard let (first, count) = digits(1, 2, 4, 6) else { return nil }
    var (hour, minute, second) = (first, 0, 0)
    var hasSeconds = count == 6
    switch count {
    case 4: (hour, minute) = (first / 100, first % 100)
    case 6: (hour, minute, second) = (first / 10_000, first / 100 % 100, first % 100)
    default:
      if skip(":") != nil {
        guard let number = pair(through: 59) else { return nil }
        minute = number
        if skip(":") != nil {
          guard let number = pair(through: 60) else { return nil }
          second = number
          hasSeconds = true
        }
      } else if count == 1 {
        return nil
      }
    }
    guard hour <= 23, minute <= 59, second <= 60 else { return nil }
    return (Double(hour * 3600 + minute * 60 + second), hasSeconds)
  }

  /// Reads `Z`, `UTC`, `GMT`, `UT` or an offset, and returns its seconds.
  private mutating func zone() -> Int? {
    guard let sign = skip("+-") else {
      return ["z", "utc", "gmt", "ut"].contains(word()) ? 0 : nil
    }
    guard let (first, count) = digits(2, 4) else { return nil }
    let hours = count == 2 ? first : first / 100
    var minutes = count == 2 ? 0 : first % 100
    if count == 2, skip(":") != nil {
      guard let number = pair(through: 59) else { return nil }
      minutes = number
    }
    guard hours <= 23, minutes <= 59 else { return nil }
    return (hours * 60 + minutes) * (sign == "-" ? -60 : 60)
  }
}
