internal import CKernels

/// Finds the words that a hyphen at the end of a line divides.
///
/// `docs/scheme.md` says what a division is, and that it counts as one U+00AD, which no token has.
/// Do not use it without ``Folding/hyphens``.
enum DividedWords {
  /// U+00AD, the soft hyphen.
  static let mark: UInt32 = 0xAD

  /// The first division in `text[start ..< end]`: a hyphen, a line end, and the spaces around it.
  ///
  /// `start` is the start of the text or the end of the division before.
  /// - Returns: the division; nil if there is none.
  /// - Complexity: O(bytes) up to the end of the division.
  static func division(
    in text: UnsafePointer<UInt8>, from start: Int, to end: Int
  ) -> Range<Int>? {
    var division = reprise_division()
    // In bounds: the kernel reads only `text[start ..< end]`.
    guard unsafe reprise_next_division(text, start, end, &division) != 0 else { return nil }
    return division.start..<division.end
  }
}
