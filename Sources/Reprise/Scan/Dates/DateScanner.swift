/// Reads the parts of a date from its text.
struct DateScanner {
  private var rest: Substring.UTF8View

  init(_ text: some StringProtocol) { rest = Substring(text).utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  /// True at a digit.
  var isAtDigit: Bool { rest.first.map(Self.isDigit) ?? false }

  /// Skips one of some ASCII characters, and returns it.
  mutating func skip(_ characters: String) -> Character? {
    guard let first = rest.first, characters.utf8.contains(first) else { return nil }
    rest.removeFirst()
    return Character(Unicode.Scalar(first))
  }

  /// Skips spaces; returns false if there are none.
  @discardableResult
  mutating func skipSpaces() -> Bool {
    let count = rest.prefix { $0 == 0x20 }.count
    rest.removeFirst(count)
    return count > 0
  }

  /// Reads all digits that follow; nil if their number is not among the counts.
  mutating func digits(_ counts: Int...) -> (value: Int, count: Int)? {
    let run = rest.prefix(while: Self.isDigit)
    guard counts.contains(run.count) else { return nil }
    rest.removeFirst(run.count)
    return (run.reduce(0) { 10 * $0 + Int($1) - 0x30 }, run.count)
  }

  /// Reads exactly two digits; nil if their value is above a limit.
  mutating func pair(through limit: Int) -> Int? {
    guard let (value, _) = digits(2), value <= limit else { return nil }
    return value
  }

  /// Reads the digits after the point of a fraction.
  mutating func fraction() -> Double? {
    let run = rest.prefix(while: Self.isDigit)
    guard !run.isEmpty else { return nil }
    rest.removeFirst(run.count)
    var (value, unit) = (0.0, 0.1)
    for digit in run {
      value += Double(digit - 0x30) * unit
      unit /= 10
    }
    return value
  }

  /// Reads all ASCII letters that follow, in lower case.
  mutating func word() -> String {
    let run = rest.prefix { (0x61...0x7A).contains($0 | 0x20) }
    rest.removeFirst(run.count)
    return String(Substring(run)).lowercased()
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
