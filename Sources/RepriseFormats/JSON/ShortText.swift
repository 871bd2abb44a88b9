/// Examines a text while copying it, eight bytes at a time.
///
/// Most strings of the results are so short that calling the code for long strings would take
/// longer.
///
/// Loads and stores are in bounds: the last word begins eight bytes before the end of the text, and
/// the caller provides `start + count` bytes.
struct ShortText {
  static let maximumByteCount = 128

  private static let ones: UInt64 = 0x0101_0101_0101_0101
  private static let highBits: UInt64 = 0x8080_8080_8080_8080

  private var seen: UInt64 = 0
  /// High bits mark words with bytes that must be escaped.
  private var escapes: UInt64 = 0

  var isASCII: Bool { seen & Self.highBits == 0 }
  var needsEscape: Bool { escapes & Self.highBits != 0 }

  @inline(__always)
  init(
    copying bytes: UnsafeRawBufferPointer, to room: UnsafeMutableRawBufferPointer, at start: Int
  ) {
    let count = bytes.count
    guard count >= 8 else {
      for index in 0..<count {
        let byte = unsafe bytes[index]
        unsafe room[start + index] = byte
        // Pads the word with spaces, which have no effect.
        look(UInt64(byte) | 0x2020_2020_2020_2000)
      }
      return
    }
    var place = 0
    while place < count {
      // The last eight bytes may overlap those already examined.
      place = min(place, count - 8)
      let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      unsafe room.storeBytes(of: word, toByteOffset: start + place, as: UInt64.self)
      look(word)
      place += 8
    }
  }

  @inline(__always)
  private mutating func look(_ word: UInt64) {
    seen |= word
    let (quote, backslash) = (word ^ (0x22 * Self.ones), word ^ (0x5C * Self.ones))
    escapes |= (word &- 0x20 * Self.ones) & ~word
    escapes |= (quote &- Self.ones) & ~quote
    escapes |= (backslash &- Self.ones) & ~backslash
  }
}
