/// Reads digits and signs of a text from its start.
struct DigitScanner {
  private var rest: ArraySlice<UInt8>

  init(_ text: ArraySlice<UInt8>) { rest = text }

  var isAtEnd: Bool { rest.isEmpty }

  func isNext(_ character: Unicode.Scalar) -> Bool {
    rest.first.map { UInt32($0) == character.value } ?? false
  }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard isNext(character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func skip(word: StaticString) -> Bool {
    let word = Array(word.description.utf8)
    guard rest.starts(with: word) else { return false }
    rest.removeFirst(word.count)
    return true
  }

  /// Reads up to 19 digits; nil if there are none, or more.
  mutating func digits() -> (value: Int, count: Int)? {
    var (value, count) = (0, 0)
    while let digit = digit() {
      let (product, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = product.addingReportingOverflow(digit)
      guard !overflow, !carry else { return nil }
      (value, count) = (sum, count + 1)
    }
    return count > 0 ? (value, count) : nil
  }

  /// Reads a number with exactly `count` digits.
  mutating func number(_ count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = digit() else { return nil }
      value = 10 * value + digit
    }
    return value
  }

  mutating func fraction() -> Double? {
    guard var value = digit().map({ Double($0) / 10 }) else { return nil }
    var unit = 0.01
    while let digit = digit() {
      value += Double(digit) * unit
      unit /= 10
    }
    return value
  }

  private mutating func digit() -> Int? {
    guard let first = rest.first, first >= 0x30 && first <= 0x39 else { return nil }
    rest.removeFirst()
    return Int(first) - 0x30
  }
}
