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
    var before: Unicode.Scalar?
    for scalar in unicodeScalars {
      // The selector of the emoji form makes a narrow character wide.
      if scalar.value == 0xFE0F, before?.properties.isEmoji == true { columns = 2 }
      before = scalar
      columns = Swift.max(columns, !scalar.hasWidth ? 0 : scalar.isWide ? 2 : 1)
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

  fileprivate var isWide: Bool {
    guard value >= 0x1100 else { return false }
    var (low, high) = (0, WideCharacters.ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if WideCharacters.ranges[middle].upperBound < value {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < WideCharacters.ranges.count && WideCharacters.ranges[low].contains(value)
  }
}

/// The characters that take two columns: W and F in EastAsianWidth.txt of Unicode 15.0, joined across unassigned
/// gaps.
private enum WideCharacters {
  static let ranges: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x2329...0x232A, 0x23E9...0x23EC, 0x23F0...0x23F0,
    0x23F3...0x23F3, 0x25FD...0x25FE, 0x2614...0x2615, 0x2648...0x2653, 0x267F...0x267F,
    0x2693...0x2693, 0x26A1...0x26A1, 0x26AA...0x26AB, 0x26BD...0x26BE, 0x26C4...0x26C5,
    0x26CE...0x26CE, 0x26D4...0x26D4, 0x26EA...0x26EA, 0x26F2...0x26F3, 0x26F5...0x26F5,
    0x26FA...0x26FA, 0x26FD...0x26FD, 0x2705...0x2705, 0x270A...0x270B, 0x2728...0x2728,
    0x274C...0x274C, 0x274E...0x274E, 0x2753...0x2755, 0x2757...0x2757, 0x2795...0x2797,
    0x27B0...0x27B0, 0x27BF...0x27BF, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2B55...0x2B55,
    0x2E80...0x303E, 0x3041...0x3247, 0x3250...0x4DBF, 0x4E00...0xA4C6, 0xA960...0xA97C,
    0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6B, 0xFF01...0xFF60,
    0xFFE0...0xFFE6, 0x16FE0...0x1B2FB, 0x1F004...0x1F004, 0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E,
    0x1F191...0x1F19A, 0x1F200...0x1F320, 0x1F32D...0x1F335, 0x1F337...0x1F37C, 0x1F37E...0x1F393,
    0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3, 0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E,
    0x1F440...0x1F440, 0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F54E, 0x1F550...0x1F567,
    0x1F57A...0x1F57A, 0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F, 0x1F680...0x1F6C5,
    0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6DF, 0x1F6EB...0x1F6EC, 0x1F6F4...0x1F6FC,
    0x1F7E0...0x1F7F0, 0x1F90C...0x1F93A, 0x1F93C...0x1F945, 0x1F947...0x1F9FF, 0x1FA70...0x1FAF8,
    0x20000...0x3FFFD,
  ]
}
