internal import ArgumentParser

/// Parses a number of bytes: digits, optionally followed by K, M, G or T for powers of 1,024, with B or
/// iB after them.
enum ByteCountArgument {
  /// Returns the number of bytes.
  /// - Throws: `ValidationError` if `argument` is not a number of bytes.
  static func parse(_ argument: String) throws -> Int {
    let units: [Character: Int] = ["K": 10, "M": 20, "G": 30, "T": 40]
    var digits = argument[...]
    for suffix in ["IB", "B"] where digits.uppercased().hasSuffix(suffix) {
      digits = digits.dropLast(suffix.count)
      break
    }
    let shift = digits.last.flatMap { units[Character($0.uppercased())] }
    if shift != nil { digits = digits.dropLast() }
    guard let number = Double(digits), number > 0, digits.allSatisfy({ $0.isNumber || $0 == "." }),
      number * Double(1 << (shift ?? 0)) < Double(Int.max)
    else {
      throw ValidationError("it must be a number of bytes such as 2G, 512M or 1500000000.")
    }
    return Int(number * Double(1 << (shift ?? 0)))
  }
}
