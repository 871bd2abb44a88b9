/// Counts of what bytes are as UTF-8.
struct UTF8Content {
  /// The number of characters of two or more bytes.
  private(set) var characterCount = 0
  /// The number of bytes that are no part of a character.
  private(set) var invalidCount = 0
  /// The number of control characters that a text does not have; a zero byte counts as all bytes.
  private(set) var controlCount = 0

  /// Counts.
  ///
  /// - Parameters:
  ///   - bytes: the bytes, from the start of a character.
  ///   - isWhole: false if the bytes may end within a character.
  /// - Complexity: O(bytes).
  init(_ bytes: UnsafeRawBufferPointer, isWhole: Bool) {
    var place = 0
    // In bounds: every read is of a place below the count.
    while place < bytes.count {
      let byte = unsafe bytes[place]
      if byte < 0x80 {
        if byte < 0x20 || byte == 0x7F { count(control: byte, of: bytes.count) }
        place += 1
        if place + 8 <= bytes.count { unsafe skipPlain(bytes, &place) }
        continue
      }
      let length = unsafe Self.characterLength(bytes, at: place)
      if let length {
        characterCount += 1
        place += length
      } else {
        if !isWhole, place + 4 > bytes.count, unsafe Self.isBegun(bytes, at: place) { return }
        invalidCount += 1
        place += 1
      }
    }
  }

  private mutating func count(control byte: UInt8, of byteCount: Int) {
    // White space, backspace and escape occur in texts.
    if (0x08...0x0D).contains(byte) || byte == 0x1B { return }
    controlCount += byte == 0 ? byteCount + 1 : 1
  }

  /// Skips printable ASCII, eight bytes at a time.
  private func skipPlain(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) {
    let high: UInt64 = 0x8080_8080_8080_8080
    let low: UInt64 = 0x0101_0101_0101_0101
    // In bounds: by the condition.
    while place + 8 <= bytes.count {
      let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
      // Below 0x20, or 0x7F and above.
      let isOther = ((word &- low &* 0x20) & ~word | word | (word &+ low)) & high
      if isOther != 0 { return }
      place += 8
    }
  }

  /// The length of the character at a place; nil if there is none.
  private static func characterLength(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Int? {
    let length = unsafe expectedLength(bytes, at: place)
    guard length > 0, place + length <= bytes.count else { return nil }
    return unsafe areTrailing(bytes, place + 1..<place + length) ? length : nil
  }

  /// Whether the bytes at the end begin a character.
  private static func isBegun(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
    let length = unsafe expectedLength(bytes, at: place)
    guard length > 0, place + length > bytes.count else { return false }
    return unsafe areTrailing(bytes, place + 1..<bytes.count)
  }

  private static func areTrailing(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    unsafe bytes[range].allSatisfy { $0 & 0xC0 == 0x80 }
  }

  /// The length that the first two bytes of a character say; 0 if they begin none.
  private static func expectedLength(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Int {
    let first = unsafe bytes[place]
    let second: UInt8? = unsafe place + 1 < bytes.count ? bytes[place + 1] : nil
    func isSecond(_ range: ClosedRange<UInt8>) -> Bool { second.map(range.contains) ?? true }
    switch first {
    case 0xC2...0xDF: return 2
    case 0xE0: return isSecond(0xA0...0xBF) ? 3 : 0
    case 0xED: return isSecond(0x80...0x9F) ? 3 : 0
    case 0xE1...0xEF: return 3
    case 0xF0: return isSecond(0x90...0xBF) ? 4 : 0
    case 0xF1...0xF3: return 4
    case 0xF4: return isSecond(0x80...0x8F) ? 4 : 0
    default: return 0
    }
  }
}
