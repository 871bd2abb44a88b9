/// An element of a file name pattern.
enum GlobToken: Hashable, Sendable {
  case literal(UInt32)
  /// Any one character except the slash.
  case any
  /// One character inside (or, if negated, outside) these ranges, except the slash.
  case set([ClosedRange<UInt32>], isNegated: Bool)
  /// Any number of characters except slashes.
  case star
  /// Any number of whole folders, each with its slash.
  case folders
  /// Any number of characters.
  case rest

  static func parse(_ pattern: [UInt32]) throws(GlobFailure) -> [GlobToken] {
    var tokens: [GlobToken] = []
    var index = 0
    while index < pattern.count {
      switch pattern[index] {
      case 0x2A: tokens.append(stars(pattern, &index))
      case 0x3F: tokens.append(.any)
      case 0x5B: tokens.append(try bracket(pattern, &index))
      case 0x5C where index + 1 < pattern.count:
        index += 1
        tokens.append(.literal(pattern[index]))
      case let scalar: tokens.append(.literal(scalar))
      }
      index += 1
    }
    return tokens
  }

  /// Parses stars.
  ///
  /// `**` matches folders only as a whole component of the path. The index is left on the last
  /// character of the token.
  private static func stars(_ pattern: [UInt32], _ index: inout Int) -> GlobToken {
    let start = index
    while index + 1 < pattern.count, pattern[index + 1] == 0x2A { index += 1 }
    let begins = start == 0 || pattern[start - 1] == GlobText.slash
    guard index == start + 1, begins else { return .star }
    if index + 1 == pattern.count { return .rest }
    guard pattern[index + 1] == GlobText.slash else { return .star }
    index += 1
    return .folders
  }

  /// Returns the index of the bracket that closes the one at an index.
  static func bracketEnd(_ pattern: [UInt32], _ start: Int) -> Int? {
    var index = start + 1
    if index < pattern.count, pattern[index] == 0x21 || pattern[index] == 0x5E { index += 1 }
    // A closing bracket in first position is a literal.
    index += 1
    while index < pattern.count, pattern[index] != 0x5D { index += 1 }
    return index < pattern.count ? index : nil
  }

  private static func bracket(
    _ pattern: [UInt32], _ index: inout Int
  ) throws(GlobFailure) -> GlobToken {
    guard let end = bracketEnd(pattern, index) else {
      throw GlobFailure(message: "a bracket is not closed")
    }
    var inside = pattern[(index + 1)..<end]
    index = end
    let isNegated = inside.first == 0x21 || inside.first == 0x5E
    if isNegated { inside.removeFirst() }
    var ranges: [ClosedRange<UInt32>] = []
    while let low = inside.popFirst() {
      guard inside.first == 0x2D, inside.count > 1 else {
        ranges.append(low...low)
        continue
      }
      inside.removeFirst()
      let high = inside.removeFirst()
      guard low <= high else { throw GlobFailure(message: "a range in brackets is empty") }
      ranges.append(low...high)
    }
    return .set(ranges, isNegated: isNegated)
  }
}
