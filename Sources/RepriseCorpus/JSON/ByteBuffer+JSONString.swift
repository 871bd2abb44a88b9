import CKernels

extension ByteBuffer {
  /// Appends text as a JSON string, with its quotes.
  ///
  /// Only what RFC 8259 requires is escaped: quote, backslash and the bytes below 0x20. What is not
  /// UTF-8 becomes U+FFFD.
  ///
  /// - Parameter bytes: The text.
  /// - Complexity: Linear in the number of bytes.
  public mutating func append(jsonString bytes: UnsafeRawBufferPointer) {
    append(jsonString: unsafe String(decoding: bytes, as: UTF8.self))
  }

  /// Appends a string as a JSON string, with its quotes.
  public mutating func append(jsonString string: String) {
    var string = string
    string.withUTF8 { unsafe appendQuoted(UnsafeRawBufferPointer($0)) }
  }

  private mutating func appendQuoted(_ bytes: UnsafeRawBufferPointer) {
    let instructionSet = reprise_best_instruction_set()
    reserve(bytes.count + 2)
    append(UInt8(ascii: "\""))
    var rest = unsafe bytes
    while rest.count > 0 {
      var run = 0
      unsafe appending(atMost: rest.count) { room in
        let target = unsafe room.baseAddress?.assumingMemoryBound(to: UInt8.self)
        run = unsafe reprise_json_copy_plain(rest.byteBase, rest.count, target, instructionSet)
        return run
      }
      guard run < rest.count else { break }
      appendEscape(unsafe rest[run])
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[(run + 1)...])
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func appendEscape(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    default:
      let digits = String(byte, radix: 16)
      append(digits.utf8.count == 1 ? "\\u000" : "\\u00")
      append(digits)
    }
  }
}
