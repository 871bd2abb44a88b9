internal import Reprise

/// Reads `key = value` lines, a subset of TOML 1.0.
struct SettingsParser {
  /// A value.
  enum Value: Equatable {
    case string(String)
    case number(Double)
    case strings([String])
  }

  /// A line and a column, from 1.
  typealias Place = (line: Int, column: Int)

  private let text: [Unicode.Scalar]
  private let path: BytePath
  private var index = 0
  private var place: Place = (1, 1)

  init(_ text: String, path: BytePath) {
    self.path = path
    self.text = Array(text.unicodeScalars.drop { $0 == "\u{FEFF}" })
  }

  /// Returns the next setting; nil at the end.
  ///
  /// - Throws: an error with line and column.
  mutating func next() throws -> (key: String, value: Value, place: Place, valuePlace: Place)? {
    skipSpace(withLines: true)
    guard let first = current else { return nil }
    if first == "[" { throw failure("tables are not read here", at: place) }
    let keyPlace = place
    var key = ""
    if first == "\"" || first == "'" { key = try string() }
    while let scalar = current, isBare(scalar) {
      key.unicodeScalars.append(scalar)
      advance()
    }
    guard !key.isEmpty else { throw failure("a key is expected", at: place) }
    skipSpace(withLines: false)
    guard current == "=" else { throw failure("'=' is expected after '\(key)'", at: place) }
    advance()
    skipSpace(withLines: false)
    let valuePlace = place
    let value = try value()
    skipSpace(withLines: false)
    guard current == nil || current == "\n" else {
      throw failure("the end of the line is expected", at: place)
    }
    return (key, value, keyPlace, valuePlace)
  }

  /// Returns an error that names the file and the place.
  func failure(_ detail: String, at place: Place) -> CommandError {
    CommandError("\"\(path)\", line \(place.line), column \(place.column): \(detail).")
  }

  private var current: Unicode.Scalar? { index < text.count ? text[index] : nil }

  private mutating func advance() {
    place = text[index] == "\n" ? (place.line + 1, 1) : (place.line, place.column + 1)
    index += 1
  }

  private func isBare(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
    default: false
    }
  }

  /// Skips blanks and a comment, and with `withLines` line ends.
  private mutating func skipSpace(withLines: Bool) {
    while let scalar = current {
      switch scalar {
      case " ", "\t", "\r": advance()
      case "\n" where withLines: advance()
      case "#":
        while let other = current, other != "\n" {
          _ = other
          advance()
        }
      default: return
      }
    }
  }

  private mutating func value() throws -> Value {
    switch current {
    case "\"", "'": return .string(try string())
    case "[": return .strings(try strings())
    default: return .number(try number())
    }
  }

  private mutating func number() throws -> Double {
    let start = place
    var digits = ""
    while let scalar = current, isBare(scalar) || scalar == "." || scalar == "+" {
      digits.unicodeScalars.append(scalar)
      advance()
    }
    let plain = digits.filter { $0 != "_" }
    guard plain.first?.isNumber == true, plain.last?.isNumber == true, !plain.hasPrefix("0x"),
      let number = Double(plain)
    else { throw failure("a string, a number or an array of strings is expected", at: start) }
    return number
  }

  private mutating func strings() throws -> [String] {
    advance()
    var elements: [String] = []
    while true {
      skipSpace(withLines: true)
      if current == "]" { break }
      guard current == "\"" || current == "'" else {
        throw failure("a string or ']' is expected", at: place)
      }
      elements.append(try string())
      skipSpace(withLines: true)
      if current == "]" { break }
      guard current == "," else { throw failure("',' or ']' is expected", at: place) }
      advance()
    }
    advance()
    return elements
  }

  private mutating func string() throws -> String {
    let (quote, start) = (current, place)
    advance()
    var result = String.UnicodeScalarView()
    while let scalar = current, scalar != quote {
      if scalar.value < 0x20 && scalar != "\t" {
        throw failure("a string must end on its line", at: start)
      }
      if scalar == "\\" && quote == "\"" {
        result.append(try escape())
      } else {
        result.append(scalar)
        advance()
      }
    }
    guard current == quote else { throw failure("a string must end on its line", at: start) }
    advance()
    return String(result)
  }

  private mutating func escape() throws -> Unicode.Scalar {
    let start = place
    advance()
    let letter = current
    if letter != nil { advance() }
    switch letter {
    case "\"": return "\""
    case "\\": return "\\"
    case "t": return "\t"
    case "n": return "\n"
    case "u", "U":
      var digits = ""
      for _ in 0..<(letter == "u" ? 4 : 8) {
        guard let scalar = current, Character(scalar).isHexDigit else { break }
        digits.unicodeScalars.append(scalar)
        advance()
      }
      if digits.count == (letter == "u" ? 4 : 8),
        let scalar = UInt32(digits, radix: 16).flatMap(Unicode.Scalar.init)
      {
        return scalar
      }
    default: break
    }
    throw failure("an unknown escape", at: start)
  }
}
