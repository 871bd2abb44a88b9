extension String {
  /// The width of the text in terminal columns.
  var columnCount: Int { reduce(0) { $0 + $1.columnCount } }

  /// Returns the text, shortened with `...` to at most `columns` columns without splitting a
  /// character.
  func fitted(to columns: Int) -> String {
    guard columnCount > columns else { return self }
    let ellipsis = String(repeating: ".", count: Swift.max(0, Swift.min(3, columns)))
    var result = ""
    var used = ellipsis.count
    for character in self {
      used += character.columnCount
      guard used <= columns else { break }
      result.append(character)
    }
    while result.last == " " { result.removeLast() }
    return result + ellipsis
  }

  /// Returns the text padded on the left to `columns` columns.
  func aligned(right columns: Int) -> String {
    String(repeating: " ", count: Swift.max(0, columns - columnCount)) + self
  }

  /// Returns the text padded on the right to `columns` columns.
  func aligned(left columns: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, columns - columnCount))
  }
}

extension Character {
  /// The width of the character in terminal columns.
  var columnCount: Int {
    var columns = 0
    var letters = 0
    for scalar in unicodeScalars {
      columns = Swift.max(columns, scalar.isWide ? 2 : scalar.hasWidth ? 1 : 0)
      if scalar.isSpacingLetter { letters += 1 }
    }
    // Terminals give each letter of a cluster its columns: Thai sara am, Indic conjuncts and vowels.
    return columns + Swift.max(0, letters - 1)
  }
}

extension Unicode.Scalar {
  /// A letter without case, or a vowel next to it, that is not the second or third part of a Hangul
  /// syllable.
  fileprivate var isSpacingLetter: Bool {
    let isPartOfHangul = (0x1160...0x11FF).contains(value) || (0xD7B0...0xD7FF).contains(value)
    let isHangulTone = value == 0x302E || value == 0x302F
    switch properties.generalCategory {
    case .otherLetter: return value > 0x2FF && !isPartOfHangul
    case .spacingMark: return !isHangulTone
    default: return false
    }
  }

  fileprivate var hasWidth: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: false
    default: true
    }
  }

  // The blocks of wide characters in EastAsianWidth.txt, joined across unassigned gaps.
  fileprivate var isWide: Bool {
    switch value {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xA000...0xA4CF, 0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18DFF, 0x1AFF0...0x1B2FF, 0x1F300...0x1F64F,
      0x1F680...0x1F6FF, 0x1F900...0x1FAFF, 0x20000...0x3FFFD:
      true
    default: false
    }
  }
}
