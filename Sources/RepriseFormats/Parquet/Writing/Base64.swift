/// Base64 by RFC 4648, with padding.
enum Base64 {
  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let values: [UInt8: UInt32] = Dictionary(
    uniqueKeysWithValues: digits.enumerated().map { ($1, UInt32($0)) })

  /// Returns the bytes of a text; nil if it is not base64.
  static func decode(_ text: [UInt8]) -> [UInt8]? {
    var bytes: [UInt8] = []
    var (word, bitCount): (UInt32, UInt32) = (0, 0)
    for digit in text {
      if digit == UInt8(ascii: "=") { break }
      guard let value = values[digit] else { return nil }
      word = word << 6 | value
      bitCount += 6
      if bitCount >= 8 {
        bitCount -= 8
        bytes.append(UInt8(truncatingIfNeeded: word >> bitCount))
      }
    }
    return bytes
  }

  /// Returns the text of bytes.
  static func encode(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let part = bytes[start..<min(start + 3, bytes.count)]
      let word = part.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (3 - part.count))
      for index in 0..<4 {
        let digit = digits[Int(word >> UInt32(18 - 6 * index) & 63)]
        text.append(index <= part.count ? digit : UInt8(ascii: "="))
      }
    }
    return text
  }
}
