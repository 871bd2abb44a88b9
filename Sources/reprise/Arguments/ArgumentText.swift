internal import ArgumentParser

/// Converts arguments to text without losing bytes, because the argument parser accepts only text.
///
/// Each byte that is not part of a UTF-8 character becomes a private character: U+10FE00 plus the
/// byte. Such characters in the argument itself are also converted byte by byte, so that every
/// sequence of bytes has a unique text.
enum ArgumentText {
  private static let base: UInt32 = 0x10FE00
  private static let escapes: ClosedRange<Unicode.Scalar> = "\u{10FE80}"..."\u{10FEFF}"

  /// Returns the text of an argument.
  static func text(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.makeIterator()
    var start = 0
    func escape(_ count: Int) {
      for byte in bytes[start..<start + count] {
        // Bytes below 0x80 are always characters.
        if let escape = Unicode.Scalar(base + UInt32(byte)) { text.append(escape) }
      }
    }
    while true {
      switch parser.parseScalar(from: &input) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        if escapes.contains(scalar) { escape(encoded.count) } else { text.append(scalar) }
        start += encoded.count
      case .error(let length):
        escape(length)
        start += length
      case .emptyInput: return String(text)
      }
    }
  }

  /// Returns the bytes of the argument with a given text.
  static func bytes(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      if escapes.contains(scalar) {
        bytes.append(UInt8(scalar.value - base))
      } else {
        bytes.append(contentsOf: Array(String(scalar).utf8))
      }
    }
    return bytes
  }

  /// Returns the argument for options whose value is plain text.
  ///
  /// - Throws: an error if it is not UTF-8.
  static func plain(_ text: String) throws -> String {
    guard let plain = String(validating: bytes(text), as: UTF8.self) else {
      throw ValidationError("it must be UTF-8.")
    }
    return plain
  }

  /// Returns a text that quotes arguments for display, with invalid UTF-8 as `\xE9`.
  static func shown(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if escapes.contains(scalar) {
        result += "\\x" + String(scalar.value - base, radix: 16, uppercase: true)
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
