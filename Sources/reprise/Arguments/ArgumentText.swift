internal import ArgumentParser

/// Arguments as text, because the argument parser takes nothing else, without losing a byte.
///
/// A byte that is no part of a UTF-8 character is written as one private character, U+10FE00 and the
/// byte. Such characters in the argument itself are written byte by byte as well, so that every
/// sequence of bytes has a text of its own.
enum ArgumentText {
  private static let base: UInt32 = 0x10FE00
  private static let escapes: ClosedRange<Unicode.Scalar> = "\u{10FE80}"..."\u{10FEFF}"

  /// The text of an argument.
  static func text(_ bytes: [UInt8]) -> String {
    var text = String.UnicodeScalarView()
    var parser = Unicode.UTF8.ForwardParser()
    var input = bytes.makeIterator()
    var start = 0
    func escape(_ count: Int) {
      for byte in bytes[start..<start + count] {
        // Bytes below 0x80 are characters themselves.
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

  /// The bytes of the argument that has this text.
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

  /// The argument for options whose value is text.
  ///
  /// - Throws: that it is not UTF-8.
  static func plain(_ text: String) throws -> String {
    guard let plain = String(validating: bytes(text), as: UTF8.self) else {
      throw ValidationError("it must be UTF-8.")
    }
    return plain
  }

  /// Text in which arguments are quoted, for people: bytes that are not UTF-8 as `\xE9`.
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
