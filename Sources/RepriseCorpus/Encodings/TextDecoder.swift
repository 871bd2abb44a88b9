/// Converts text to UTF-8, in pieces of any size.
///
/// What is no character of the encoding becomes one byte FF each, which no UTF-8 holds: whoever reads
/// the text replaces and counts it, as it does with bytes that are wrong in UTF-8 itself.
protocol TextDecoder: AnyObject {
  /// Converts whole characters from the start of the input, as many as there are and as fit.
  ///
  /// What is left is either the start of a character, or has no room: four bytes are room for one.
  /// - Parameters:
  ///   - input: bytes from the start of a character.
  ///   - isLast: whether nothing follows the input.
  ///   - output: room for the result.
  /// - Returns: the bytes taken and the bytes given.
  func decode(
    _ input: UnsafeRawBufferPointer, isLast: Bool, into output: UnsafeMutableRawBufferPointer
  ) -> (consumed: Int, produced: Int)
}

/// The byte that stands for what is no character.
let malformedTextMark: UInt8 = 0xFF
