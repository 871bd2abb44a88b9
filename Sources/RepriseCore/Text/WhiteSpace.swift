/// The characters with the property White_Space, in UTF-8.
enum WhiteSpace {
  /// Whether a range of a text contains white space.
  /// - Complexity: O(range).
  @inline(__always)
  static func isContained(in text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    // In bounds: the range lies within the text. Most ranges are one space.
    guard let first = range.first else { return false }
    return unsafe text[first] == 0x20 || isFound(in: text, range)
  }

  private static func isFound(in text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    // In bounds: the range lies within the text.
    for at in range {
      let byte = unsafe text[at]
      if byte == 0x20 || (byte >= 0x09 && byte <= 0x0D) { return true }
      guard byte >= 0xC2, at + 1 < range.upperBound else { continue }
      let second = unsafe text[at + 1]
      if byte == 0xC2 && (second == 0x85 || second == 0xA0) { return true }
      guard byte >= 0xE1 && byte <= 0xE3, at + 2 < range.upperBound else { continue }
      let third = unsafe text[at + 2]
      switch (byte, second) {
      case (0xE1, 0x9A), (0xE3, 0x80): if third == 0x80 { return true }
      case (0xE2, 0x80):
        if third <= 0x8A || third == 0xA8 || third == 0xA9 || third == 0xAF { return true }
      case (0xE2, 0x81): if third == 0x9F { return true }
      default: break
      }
    }
    return false
  }
}
