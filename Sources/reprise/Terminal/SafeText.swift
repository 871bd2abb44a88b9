/// Makes text of unknown origin fit for a terminal: what could move the cursor, start an escape
/// sequence or turn the reading direction around never reaches it.
enum SafeText {
  /// The text on one line: white space is one space, and what does not print is left out.
  static func line(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var pendingSpace = false
    var marks = 0
    for scalar in text.unicodeScalars {
      if isSpace(scalar) {
        pendingSpace = !result.isEmpty
      } else if isPrintable(scalar) {
        // A character may carry a few marks; a tower of them would cover the lines around it.
        marks = isMark(scalar) ? marks + 1 : 0
        guard marks <= 8 else { continue }
        if pendingSpace { result.append(" ") }
        pendingSpace = false
        result.append(scalar)
      }
    }
    return String(result)
  }

  /// A message of one or several lines: what does not print is shown as its number.
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

  /// JSON text in which every character that is unfit for a terminal is escaped; the values stay
  /// what they are, because outside strings JSON has no such character.
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

  /// False for controls, bidirectional and other format characters, and what has no meaning.
  ///
  /// The joiners stay: Indic and Persian words and emoji need them.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .surrogate, .privateUse: false
    case .format: scalar.value == 0x200C || scalar.value == 0x200D
    case .unassigned: !scalar.properties.isNoncharacterCodePoint
    default: true
    }
  }
}
