/// Converts UTF-16.
final class UTF16Decoder: TextDecoder {
  private let isBigEndian: Bool

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  func decode(
    _ input: UnsafeRawBufferPointer, isLast: Bool, into output: UnsafeMutableRawBufferPointer
  ) -> (consumed: Int, produced: Int) {
    var writer = unsafe ScalarWriter(output)
    var at = 0
    while at < input.count {
      guard let first = unsafe unit(input, at) else {
        if isLast, writer.appendMalformed() { at = input.count }
        break
      }
      var (width, scalar) = (2, Unicode.Scalar(first))
      if first & 0xFC00 == 0xD800 {
        let second = unsafe unit(input, at + 2)
        if second == nil && !isLast { break }
        if let second, second & 0xFC00 == 0xDC00 {
          width = 4
          scalar = Unicode.Scalar(
            0x10000 + (UInt32(first & 0x3FF) << 10 | UInt32(second & 0x3FF)))
        }
      }
      guard writer.append(scalar) else { break }
      at += width
    }
    return (at, writer.count)
  }

  private func unit(_ input: UnsafeRawBufferPointer, _ place: Int) -> UInt16? {
    guard place + 2 <= input.count else { return nil }
    let raw = unsafe input.loadUnaligned(fromByteOffset: place, as: UInt16.self)
    return isBigEndian ? UInt16(bigEndian: raw) : UInt16(littleEndian: raw)
  }
}

/// Converts UTF-32.
final class UTF32Decoder: TextDecoder {
  private let isBigEndian: Bool

  init(isBigEndian: Bool) { self.isBigEndian = isBigEndian }

  func decode(
    _ input: UnsafeRawBufferPointer, isLast: Bool, into output: UnsafeMutableRawBufferPointer
  ) -> (consumed: Int, produced: Int) {
    var writer = unsafe ScalarWriter(output)
    var at = 0
    while at + 4 <= input.count {
      let raw = unsafe input.loadUnaligned(fromByteOffset: at, as: UInt32.self)
      let value = isBigEndian ? UInt32(bigEndian: raw) : UInt32(littleEndian: raw)
      guard writer.append(Unicode.Scalar(value)) else { return (at, writer.count) }
      at += 4
    }
    if isLast, at < input.count, writer.appendMalformed() { at = input.count }
    return (at, writer.count)
  }
}

/// Writes UTF-8 as long as it fits.
///
/// Each write is preceded by a comparison with the size of the output.
@safe private struct ScalarWriter {
  private let output: UnsafeMutableRawBufferPointer
  private(set) var count = 0

  init(_ output: UnsafeMutableRawBufferPointer) { unsafe self.output = output }

  /// Appends a scalar, or the mark of malformed text if it is nil; returns false if it does not
  /// fit.
  mutating func append(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return appendMalformed() }
    if scalar.value < 0x80 {
      guard unsafe count < output.count else { return false }
      unsafe output[count] = UInt8(scalar.value)
      count += 1
      return true
    }
    let bytes = UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter
    guard unsafe count + bytes.count <= output.count else { return false }
    for byte in bytes {
      unsafe output[count] = byte
      count += 1
    }
    return true
  }

  /// Appends the mark of malformed text; returns false if it does not fit.
  mutating func appendMalformed() -> Bool {
    guard unsafe count < output.count else { return false }
    unsafe output[count] = malformedTextMark
    count += 1
    return true
  }
}
