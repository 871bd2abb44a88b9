/// Formats numbers for people.
package enum Numbers {
  /// Returns an integer with a comma before every three digits: `1,234,567`.
  package static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var result = number < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0 && (digits.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result
  }

  /// Returns a count with its noun: `1 document`, `1,234 documents`.
  package static func count(_ number: Int, _ noun: String) -> String {
    "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }

  /// Returns a number of bytes in the largest unit in which it is at least 1: `1.2 MB`.
  package static func bytes(_ count: Int) -> String {
    guard count.magnitude >= 1000 else { return self.count(count, "byte") }
    return scaled(Double(count), units: ["KB", "MB", "GB", "TB", "PB", "EB"])
  }

  /// Returns a number of bytes per second: `123 MB/s`.
  package static func rate(_ bytesPerSecond: Double) -> String {
    guard bytesPerSecond.isFinite && bytesPerSecond >= 1000 else { return "< 1 KB/s" }
    return scaled(bytesPerSecond, units: ["KB", "MB", "GB", "TB", "PB", "EB"]) + "/s"
  }

  /// Returns a share with one decimal, which is never rounded to 0 % or 100 % unless it is exact.
  package static func percent(_ part: Int, of whole: Int) -> String {
    guard whole > 0 else { return "0.0 %" }
    if part == whole { return "100.0 %" }
    let share = 100 * Double(part) / Double(whole)
    if part > 0 && share < 0.1 { return "< 0.1 %" }
    if part < whole && share > 99.9 { return "> 99.9 %" }
    return fixed(share, decimals: 1) + " %"
  }

  /// Returns a duration: `0.4 s`, `12 s`, `3 min 05 s`, `2 h 10 min`.
  package static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite && seconds < 1e9 else { return "?" }
    if seconds < 9.95 { return fixed(max(0, seconds), decimals: 1) + " s" }
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(twoDigits(whole % 60)) s" }
    return "\(whole / 3600) h \(twoDigits(whole / 60 % 60)) min"
  }

  /// Returns a similarity from 0 to 1 with four decimals, rounded down so that it is never
  /// overstated.
  package static func similarity(_ value: Double) -> String {
    fixed((value * 10_000 + 1e-6).rounded(.down) / 10_000, decimals: 4)
  }

  /// Returns a number with a fixed number of decimals; ties are rounded away from zero.
  package static func fixed(_ value: Double, decimals: Int) -> String {
    var power = 1
    for _ in 0..<decimals { power *= 10 }
    let scaled = (value * Double(power)).rounded()
    guard scaled.magnitude < 1e15 else { return "\(value)" }
    let digits = Int(scaled.magnitude)
    let sign = scaled < 0 ? "-" : ""
    guard decimals > 0 else { return sign + String(digits) }
    let fraction = String(digits % power)
    let zeros = String(repeating: "0", count: decimals - fraction.utf8.count)
    return "\(sign)\(digits / power).\(zeros)\(fraction)"
  }

  private static func scaled(_ value: Double, units: [String]) -> String {
    var rest = value / 1000
    var unit = 0
    // 999.5 would be formatted as 1000.
    while rest.magnitude >= 999.5 && unit + 1 < units.count {
      rest /= 1000
      unit += 1
    }
    return "\(fixed(rest, decimals: rest.magnitude < 99.95 ? 1 : 0)) \(units[unit])"
  }

  private static func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
  }
}
