internal import Glibc

/// What shows that the content of a text file is no text, or is in another encoding than it was read
/// in.
enum BinaryContent: CustomStringConvertible {
  /// So many bytes are zero.
  case zeros(Int, of: Int)
  /// So many sequences are no characters.
  case invalidSequences(Int, of: Int)

  /// Text has hardly any zero: one byte in ten is as in UTF-16 or in a program.
  private static let zeroShare = 10
  /// What is read in a wrong encoding has an invalid sequence every second byte or so, if it is not
  /// mostly ASCII; random bytes have two in five.
  private static let invalidShare = 4

  /// Looks at a text; nil if it is one.
  init?(_ text: UnsafeRawBufferPointer, invalidSequenceCount: Int) {
    if invalidSequenceCount * Self.invalidShare > text.count {
      self = .invalidSequences(invalidSequenceCount, of: text.count)
      return
    }
    // Nearly every text is passed over by this search, at the speed of memory.
    guard let start = text.baseAddress, unsafe memchr(start, 0, text.count) != nil else {
      return nil
    }
    var count = 0
    for place in 0..<text.count where unsafe text[place] == 0 { count += 1 }
    guard count * Self.zeroShare > text.count else { return nil }
    self = .zeros(count, of: text.count)
  }

  /// The sentence of the problem.
  var description: String {
    let found =
      switch self {
      case .zeros(let count, let all): "\(count) of \(all) bytes are zero"
      case .invalidSequences(let count, let all):
        "\(count) byte sequences in \(all) bytes are no characters"
      }
    return "It is no text, or in another encoding, which must be named: \(found)."
  }
}
