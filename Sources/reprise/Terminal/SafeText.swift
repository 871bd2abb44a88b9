/// Makes text of unknown origin safe for a terminal.
///
/// It removes or escapes everything that could move the cursor, start an escape sequence or reverse
/// the reading direction.
enum SafeText {
  /// Returns the text on one line, with white space reduced to single spaces and without
  /// nonprinting characters.
  static func line(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var pendingSpace = false
    var marks = 0
    for scalar in text.unicodeScalars {
      if isSpace(scalar) {
        pendingSpace = !result.isEmpty
      } else if isPrintable(scalar) {
        // A character may have a few combining marks, but a large stack would cover the lines
        // around it.
        marks = isMark(scalar) ? marks + 1 : 0
        guard marks <= 8 else { continue }
        if pendingSpace { result.append(" ") }
        pendingSpace = false
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// Returns a message of one or more lines, with nonprinting characters as their code points.
  static func message(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || (isPrintable(scalar) && !isLineSeparator(scalar)) {
        result.unicodeScalars.append(scalar)
      } else {
        result += "\\u{\(String(scalar.value, radix: 16))}"
      }
    }
    return result
  }

  /// Returns JSON text in which all characters that are unsafe for a terminal are escaped.
  ///
  /// The values stay the same, because JSON allows no such characters outside strings.
  static func json(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if scalar == "\n" || (isPrintable(scalar) && !isLineSeparator(scalar)) {
        result.unicodeScalars.append(scalar)
      } else {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        }
      }
    }
    return result
  }

  private static func isSpace(_ scalar: Unicode.Scalar) -> Bool {
    scalar.properties.isWhitespace
  }

  private static func isLineSeparator(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value == 0x2028 || scalar.value == 0x2029
  }

  private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark: true
    default: false
    }
  }

  /// Returns false for controls, bidirectional and other format characters, private characters and
  /// noncharacters.
  ///
  /// The joiners are allowed, because Indic and Persian words and emoji need them.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .surrogate, .privateUse: false
    case .format: scalar.value == 0x200C || scalar.value == 0x200D
    case .unassigned: !scalar.properties.isNoncharacterCodePoint
    default: true
    }
  }
}
