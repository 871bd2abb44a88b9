/// An element of a pattern in a `.gitignore` file.
enum IgnoreToken: Equatable, Sendable {
  case literal(UInt8)
  /// Any one byte except the slash.
  case any
  /// One of these bytes, never the slash.
  case set(ByteSet)
  /// Any number of bytes except slashes.
  case star
  /// Any number of whole folders, each with its slash.
  case folders
  /// Any number of bytes.
  case rest

  private static let slash = BytePath.separator
  private static let backslash = UInt8(ascii: "\\")

  /// Parses a pattern; returns nil if nothing can match it: it ends in a backslash or has an invalid
  /// bracket.
  static func parse(_ pattern: [UInt8]) -> [IgnoreToken]? {
    var tokens: [IgnoreToken] = []
    var index = 0
    while index < pattern.count {
      switch pattern[index] {
      case UInt8(ascii: "*"):
        tokens.append(stars(pattern, &index))
        continue
      case UInt8(ascii: "?"): tokens.append(.any)
      case UInt8(ascii: "["):
        guard let set = ByteSet(bracket: pattern, &index) else { return nil }
        tokens.append(.set(set))
        continue
      case backslash:
        guard index + 1 < pattern.count else { return nil }
        index += 1
        tokens.append(.literal(pattern[index]))
      case let byte: tokens.append(.literal(byte))
      }
      index += 1
    }
    return tokens
  }

  /// Parses stars: two or more match folders if they fill a component.
  private static func stars(_ pattern: [UInt8], _ index: inout Int) -> IgnoreToken {
    let start = index
    while index < pattern.count, pattern[index] == UInt8(ascii: "*") { index += 1 }
    guard index > start + 1, start == 0 || pattern[start - 1] == slash else { return .star }
    if index == pattern.count { return .rest }
    if pattern[index] == slash {
      index += 1
      return .folders
    }
    let isEscapedSlash = pattern[index...].starts(with: [backslash, slash])
    return isEscapedSlash ? .rest : .star
  }
}

/// A set of bytes, written in brackets.
struct ByteSet: Equatable, Sendable {
  private var words: [UInt64] = [0, 0, 0, 0]

  /// Parses a bracket: ranges, classes, escaped bytes, and a sign for all other bytes.
  ///
  /// The slash is never in the set. The result is nil if the bracket does not end, or names an unknown
  /// class.
  ///
  /// - Parameters:
  ///   - pattern: the pattern.
  ///   - index: the place of the bracket; afterwards, the place after its end.
  init?(bracket pattern: [UInt8], _ index: inout Int) {
    var place = index + 1
    func byte(_ place: Int) -> UInt8? { place < pattern.count ? pattern[place] : nil }
    let isNegated = byte(place) == UInt8(ascii: "!") || byte(place) == UInt8(ascii: "^")
    if isNegated { place += 1 }
    // The first byte is a literal, even if it is a closing bracket. No range begins after a range.
    var last: UInt8?
    repeat {
      guard var next = byte(place) else { return nil }
      if next == UInt8(ascii: "-"), let low = last, let high = byte(place + 1),
        high != UInt8(ascii: "]")
      {
        place += 1
        next = high
        if next == UInt8(ascii: "\\") {
          place += 1
          guard let escaped = byte(place) else { return nil }
          next = escaped
        }
        if low <= next { for byte in low...next { insert(byte) } }
        last = nil
      } else if next == UInt8(ascii: "["), byte(place + 1) == UInt8(ascii: ":"),
        let end = pattern[(place + 2)...].firstIndex(of: UInt8(ascii: "]"))
      {
        if end > place + 2, pattern[end - 1] == UInt8(ascii: ":") {
          let name = String(decoding: pattern[(place + 2)..<(end - 1)], as: UTF8.self)
          guard let isMember = Self.classes[name] else { return nil }
          for byte in UInt8(0)..<0x80 where isMember(byte) { insert(byte) }
          place = end
          last = nil
        } else {
          insert(next)
          last = next
        }
      } else {
        if next == UInt8(ascii: "\\") {
          place += 1
          guard let escaped = byte(place) else { return nil }
          next = escaped
        }
        insert(next)
        last = next
      }
      place += 1
    } while byte(place) != UInt8(ascii: "]")
    if isNegated { words = words.map { ~$0 } }
    words[Int(BytePath.separator >> 6)] &= ~(1 << UInt64(BytePath.separator & 63))
    index = place + 1
  }

  func contains(_ byte: UInt8) -> Bool { words[Int(byte >> 6)] >> UInt64(byte & 63) & 1 == 1 }

  private mutating func insert(_ byte: UInt8) {
    words[Int(byte >> 6)] |= 1 << UInt64(byte & 63)
  }

  private static let classes: [String: @Sendable (UInt8) -> Bool] = [
    "alnum": { isLetter($0) || isDigit($0) }, "alpha": isLetter,
    "blank": { $0 == 0x20 || $0 == 0x09 }, "cntrl": { $0 < 0x20 || $0 == 0x7F },
    "digit": isDigit, "graph": { $0 > 0x20 && $0 < 0x7F },
    "lower": { (0x61...0x7A).contains($0) }, "print": { $0 >= 0x20 && $0 < 0x7F },
    "punct": { $0 > 0x20 && $0 < 0x7F && !isLetter($0) && !isDigit($0) },
    "space": { $0 == 0x20 || (0x09...0x0D).contains($0) },
    "upper": { (0x41...0x5A).contains($0) },
    "xdigit": { isDigit($0) || (0x41...0x46).contains($0 & 0xDF) },
  ]

  @Sendable private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5A).contains(byte & 0xDF)
  }

  @Sendable private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
}
