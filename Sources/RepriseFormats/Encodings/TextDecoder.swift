/// Converts text to UTF-8, in pieces of any size.
///
/// Each malformed byte or code unit becomes one byte FF, which never occurs in UTF-8. Readers of
/// the output then replace and count it like any other invalid byte.
protocol TextDecoder: AnyObject {
  /// Converts whole characters from the start of the input, as many as are available and fit.
  ///
  /// The remaining bytes are the start of a character, or did not fit. Four bytes are enough space
  /// for one character.
  /// - Parameters:
  ///   - input: bytes from the start of a character.
  ///   - isLast: true if nothing follows the input.
  ///   - output: the space for the result.
  /// - Returns: the numbers of bytes consumed and produced.
  func decode(
    _ input: UnsafeRawBufferPointer, isLast: Bool, into output: UnsafeMutableRawBufferPointer
  ) -> (consumed: Int, produced: Int)
}

/// The byte that replaces malformed text.
let malformedTextMark: UInt8 = 0xFF
