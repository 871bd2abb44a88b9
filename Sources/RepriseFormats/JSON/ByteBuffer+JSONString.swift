import CKernels

extension ByteBuffer {
  /// Appends text as a JSON string with quotes.
  ///
  /// Escapes only what RFC 8259 requires: quotes, backslashes and bytes below 0x20. Invalid UTF-8
  /// becomes U+FFFD.
  ///
  /// - Parameter bytes: the text.
  /// - Complexity: O(n) for n bytes.
  package mutating func append(jsonString bytes: UnsafeRawBufferPointer) {
    if bytes.count <= ShortText.maximumByteCount, unsafe appendShort(bytes) { return }
    if unsafe bytes.isASCII || bytes.isUTF8 {
      unsafe appendQuoted(bytes)
    } else {
      append(jsonString: unsafe String(decoding: bytes, as: UTF8.self))
    }
  }

  /// Appends a short text as a JSON string if nothing in it must be escaped or replaced.
  ///
  /// Otherwise appends nothing and returns false.
  @inline(__always)
  private mutating func appendShort(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let count = bytes.count
    var isPlain = false
    unsafe appending(atMost: ShortText.maximumByteCount + 2) { room in
      // In bounds: the text has at most `maximumByteCount` bytes, and there are two quotes.
      let text = unsafe ShortText(copying: bytes, to: room, at: 1)
      isPlain = unsafe !text.needsEscape && (text.isASCII || bytes.isUTF8)
      unsafe room[0] = UInt8(ascii: "\"")
      unsafe room[1 + count] = UInt8(ascii: "\"")
      return isPlain ? count + 2 : 0
    }
    return isPlain
  }

  /// Appends `"key":` for an ASCII key that needs no escapes, after a comma if requested.
  @inline(__always)
  mutating func append(key: StaticString, afterComma: Bool) {
    let length = key.utf8CodeUnitCount
    unsafe appending(atMost: length + 4) { room in
      unsafe room[0] = UInt8(ascii: ",")
      let start = afterComma ? 1 : 0
      unsafe room[start] = UInt8(ascii: "\"")
      unsafe room.baseAddress?.advanced(by: start + 1).copyMemory(
        from: key.utf8Start, byteCount: length)
      unsafe room[start + 1 + length] = UInt8(ascii: "\"")
      unsafe room[start + 2 + length] = UInt8(ascii: ":")
      return start + 3 + length
    }
  }

  /// Appends ASCII that needs no escapes as a JSON string with quotes.
  @inline(__always)
  mutating func append(quoted text: StaticString) {
    let length = text.utf8CodeUnitCount
    unsafe appending(atMost: length + 2) { room in
      unsafe room[0] = UInt8(ascii: "\"")
      unsafe room.baseAddress?.advanced(by: 1).copyMemory(
        from: text.utf8Start, byteCount: length)
      unsafe room[1 + length] = UInt8(ascii: "\"")
      return length + 2
    }
  }

  /// Appends a string as a JSON string with quotes.
  package mutating func append(jsonString string: String) {
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
        // In bounds: the kernel copies at most `rest.count` bytes, the size of `room`.
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

extension UnsafeRawBufferPointer {
  /// True if every byte is below 0x80.
  ///
  /// All loads are in bounds: each eight-byte load ends at or before `count`.
  @inline(__always)
  fileprivate var isASCII: Bool {
    var (bits, offset) = (UInt64(0), 0)
    while offset + 8 <= count {
      bits |= unsafe loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      offset += 8
    }
    if offset < count {
      if offset > 0 {
        // The last eight bytes may overlap those already examined.
        bits |= unsafe loadUnaligned(fromByteOffset: count - 8, as: UInt64.self)
      } else {
        for index in 0..<count { bits |= UInt64(unsafe self[index]) }
      }
    }
    return bits & 0x8080_8080_8080_8080 == 0
  }

  /// True if the bytes are valid UTF-8.
  fileprivate var isUTF8: Bool {
    let bytes = unsafe Span<UInt8>(_unsafeElements: bindMemory(to: UInt8.self))
    return (try? UTF8Span(validating: bytes)) != nil
  }
}
