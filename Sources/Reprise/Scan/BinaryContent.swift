internal import RepriseSystem

/// Counts of NUL bytes and invalid sequences.
///
/// Many of them show that a file is not text, or not in the encoding in which it was read.
struct BinaryContent: CustomStringConvertible {
  private let zeroCount: Int
  private let invalidSequenceCount: Int
  private let byteCount: Int

  /// A text may have one NUL byte or invalid sequence per this number of bytes, but not more.
  ///
  /// UTF-16 text has half of its bytes zero, and programs have more. Random and compressed bytes,
  /// and text in most other encodings, have two invalid sequences per five bytes. Latin-1 has one
  /// per ten and is accepted as text.
  private static let share = 4

  /// Counts the bytes of a text; nil if it is acceptable text.
  init?(_ text: UnsafeRawBufferPointer, invalidSequenceCount: Int) {
    // In bounds: `memchr` searches exactly `text.count` bytes, and the loop stays below it.
    var zeros = 0
    // Nearly every text has no zero byte, and this search finds that at memory speed.
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
    let counts =
      "This is not text, or not in the expected encoding: \(zeroCount) NUL bytes and "
      + "\(invalidSequenceCount) invalid sequences in \(byteCount) bytes."
    // Text has no zero bytes, except in UTF-16 and UTF-32.
    return zeroCount > 0
      ? counts : counts + " If it is text, name its encoding with --encoding (auto finds many)."
  }
}
