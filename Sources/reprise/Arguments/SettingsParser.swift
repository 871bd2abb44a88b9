internal import Reprise

/// Reads `key = value` lines, a subset of TOML 1.0.
struct SettingsParser {
  /// A value.
  enum Value: Equatable {
    case string(String)
    case number(Double)
    case bool(Bool)
    case strings([String])
  }

  /// A line and a column, from 1.
  typealias Place = (line: Int, column: Int)

  private let text: [Unicode.Scalar]
  private let path: BytePath
  private var index = 0
  private(set) var place: Place = (1, 1)

  init(_ text: String, path: BytePath) {
    self.path = path
    self.text = Array(text.unicodeScalars.drop { $0 == "\u{FEFF}" })
  }

  /// A key with its value, or the name of an array of tables, `[[NAME]]`, in which the next keys are.
  struct Setting {
    var key: String
    var value = Value.bool(true)
    var place: Place
    var valuePlace: Place
    var isTable = false
  }

  /// Returns the next setting; nil at the end.
  ///
  /// - Throws: an error with line and column.
  mutating func next() throws -> Setting? {
    skipSpace(withLines: true)
    guard let first = current else { return nil }
    let keyPlace = place
    if first == "[" { return try table() }
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
    return Setting(key: key, value: value, place: keyPlace, valuePlace: valuePlace)
  }

  private mutating func table() throws -> Setting {
    let start = place
    var line = ""
    while let scalar = current, scalar != "\n", scalar != "#" {
      line.unicodeScalars.append(scalar)
      advance()
    }
    while line.last?.isWhitespace == true { line.removeLast() }
    guard line.hasPrefix("[["), line.hasSuffix("]]"), line.count > 4 else {
      throw failure("tables are not read here, but for [[group]]", at: start)
    }
    let name = line.dropFirst(2).dropLast(2).filter { $0 != " " }
    return Setting(key: String(name), place: start, valuePlace: start, isTable: true)
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
    case "t", "f": return .bool(try flag())
    default: return .number(try number())
    }
  }

  private mutating func flag() throws -> Bool {
    let start = place
    var word = ""
    while let scalar = current, isBare(scalar) {
      word.unicodeScalars.append(scalar)
      advance()
    }
    guard word == "true" || word == "false" else {
      throw failure(
        "a string, a number, true or false, or an array of strings is expected", at: start)
    }
    return word == "true"
  }

  private mutating func number() throws -> Double {
    let start = place
    var digits = ""
    while let scalar = current, isBare(scalar) || scalar == "." || scalar == "+" {
      digits.unicodeScalars.append(scalar)
      advance()
    }
    let unsigned = digits.hasPrefix("+") ? digits.dropFirst() : digits[...]
    let plain = unsigned.filter { $0 != "_" }
    guard plain.first?.isNumber == true, plain.last?.isNumber == true, !plain.hasPrefix("0x"),
      let number = Double(plain)
    else {
      throw failure(
        "a string, a number, true or false, or an array of strings is expected", at: start)
    }
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
