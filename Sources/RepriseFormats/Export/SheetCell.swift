/// A value of a spreadsheet.
enum SheetCell: Equatable {
  case none
  case text(String)
  case integer(Int)
  case number(Double)

  /// The value of a field of the results.
  init(_ value: JSONTree?) {
    switch value {
    case .string(let text): self = .text(text)
    case .integer(let number): self = .integer(number)
    case .double(let number): self = .number(number)
    case .bool(let value): self = .text(value ? "yes" : "no")
    case .none, .null, .array, .object: self = .none
    }
  }

  /// Appends the value as RFC 4180 and spreadsheets want it: text in quotes, numbers without.
  func write(to buffer: inout ByteBuffer, _ rules: SheetRules) {
    switch self {
    case .none: break
    case .integer(let number): buffer.append(decimal: number)
    case .number(let number):
      let text = "\(number)"
      buffer.append(rules.hasDecimalComma ? text.replacing(".", with: ",") : text)
    case .text(let text):
      buffer.append(UInt8(ascii: "\""))
      if rules.guardsFormulas, text.unicodeScalars.first.map(Self.beginsFormula) ?? false {
        buffer.append(UInt8(ascii: "'"))
      }
      buffer.append(Self.escaped(text))
      buffer.append(UInt8(ascii: "\""))
    }
  }

  /// Whether a spreadsheet computes text that begins with a scalar, or with white space and a scalar
  /// (OWASP, *CSV Injection*).
  private static func beginsFormula(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "=", "+", "-", "@", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": true
    default: false
    }
  }

  /// The text with doubled quotes, and plain lines.
  private static func escaped(_ text: String) -> String {
    // By scalars: a quote with a combining mark is one character.
    var result = String.UnicodeScalarView()
    for scalar in withPlainLines(text).unicodeScalars {
      if scalar == "\"" { result.append(scalar) }
      result.append(scalar)
    }
    return String(result)
  }

  /// The text with LF for every line end, and U+FFFD for other controls.
  static func withPlainLines(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      defer { isAfterReturn = scalar == "\r" }
      switch scalar {
      case "\n" where isAfterReturn: break
      case "\r", "\n": result.append("\n")
      case "\t": result.append(scalar)
      case _ where scalar.properties.generalCategory == .control: result.append("\u{FFFD}")
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
