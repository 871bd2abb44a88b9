internal import Glibc

/// What shows that the content of a text file is no text, or is in another encoding than it was read
/// in: bytes that are zero, and sequences that are no characters.
struct BinaryContent: CustomStringConvertible {
  private let zeroCount: Int
  private let invalidSequenceCount: Int
  private let byteCount: Int

  /// At most one byte in so many may be zero or begin an invalid sequence.
  ///
  /// UTF-16 has half of its bytes zero, programs more; random and compressed bytes have two invalid
  /// sequences in five bytes, and so has text in most other encodings. Latin-1 has one in ten, and
  /// stays text.
  private static let share = 4

  /// Looks at a text; nil if it is one.
  init?(_ text: UnsafeRawBufferPointer, invalidSequenceCount: Int) {
    var zeros = 0
    // Nearly every text is passed over by this search, at the speed of memory.
    if let start = text.baseAddress, unsafe memchr(start, 0, text.count) != nil {
      for place in 0..<text.count where unsafe text[place] == 0 { zeros += 1 }
    }
    guard (zeros + invalidSequenceCount) * Self.share > text.count else { return nil }
    self.invalidSequenceCount = invalidSequenceCount
    zeroCount = zeros
    byteCount = text.count
  }

  /// The sentence of the problem.
  var description: String {
    "This is not text, or not in the expected encoding: \(zeroCount) NUL bytes and "
      + "\(invalidSequenceCount) invalid sequences in \(byteCount) bytes."
  }
}
