/// HTML or SVG in which every interpolated text is escaped.
struct Markup: ExpressibleByStringInterpolation {
  private(set) var text = ""

  init(stringLiteral value: String) { text = value }
  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Joins parts.
  init(_ parts: [Markup]) { text = parts.map(\.text).joined() }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }
    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ markup: Markup) { text += markup.text }
    /// Text that may stand in an attribute too: what does not show is U+FFFD.
    mutating func appendInterpolation(_ value: String) {
      for scalar in value.unicodeScalars {
        switch scalar {
        case "&": text += "&amp;"
        case "<": text += "&lt;"
        case ">": text += "&gt;"
        case "\"": text += "&quot;"
        case "'": text += "&#39;"
        case _ where scalar.isHidden: text += "\u{FFFD}"
        default: text.unicodeScalars.append(scalar)
        }
      }
    }
    /// Text of the corpus, in its own direction.
    mutating func appendInterpolation(shown value: String) {
      appendLiteral("<bdi>")
      appendInterpolation(value.limited(to: 110))
      appendLiteral("</bdi>")
    }
    /// A coordinate.
    mutating func appendInterpolation(_ value: Double) {
      text += Numbers.fixed(value, decimals: 1)
    }
    mutating func appendInterpolation(_ value: Int) { text += String(value) }
  }
}

extension Unicode.Scalar {
  /// Whether the character does not show, or changes how others are shown.
  fileprivate var isHidden: Bool {
    switch value {
    case 0x0...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x180E, 0x200B, 0x200E...0x200F, 0x2028...0x202E,
      0x2060...0x206F, 0xFEFF, 0xFFF9...0xFFFB, 0xE000...0xF8FF, 0xE0000...0xE0FFF:
      true
    default: false
    }
  }
}

extension String {
  /// At most this many characters, with an ellipsis for what is left out.
  func limited(to count: Int) -> String {
    // A character can have any number of marks.
    let scalars = unicodeScalars.prefix(count)
    return scalars.endIndex == unicodeScalars.endIndex ? self : String(scalars) + "…"
  }
}
