import CKernels

/// Unescapes the bytes between the quotes of a JSON string.
///
/// Every function requires a string that ``JSONFieldScanner`` accepted. Bytes of 0x80 or above are
/// copied unchanged, even if they are not valid UTF-8.
package enum JSONString {
  /// The number of bytes of the text, and the number of lone surrogate escapes that became U+FFFD.
  package typealias Unescaped = (byteCount: Int, loneSurrogates: Int)

  /// Replaces the escapes of a string.
  ///
  /// - Parameters:
  ///   - raw: the bytes between the quotes.
  ///   - output: space for at least as many bytes as `raw` has, not overlapping it. Bytes after the
  ///     result may be overwritten.
  /// - Returns: the number of bytes written, and the number of lone surrogate escapes that became
  ///   U+FFFD.
  /// - Complexity: O(n) for n bytes.
  @discardableResult
  package static func unescape(
    _ raw: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> Unescaped {
    unsafe unescape(raw, into: output, reprise_best_instruction_set())
  }

  static func unescape(
    _ raw: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer,
    _ instructionSet: reprise_instruction_set
  ) -> Unescaped {
    // In bounds: the kernel writes at most as many bytes as it reads.
    precondition(output.count >= raw.count, "the output has room for every byte of the input")
    guard raw.count > 0 else { return (0, 0) }
    let target = unsafe output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    let result = unsafe reprise_json_unescape(raw.byteBase, raw.count, target, instructionSet)
    return (result.count, result.lone_surrogates)
  }

  /// Returns the text of a string value, with U+FFFD for invalid UTF-8.
  ///
  /// - Parameters:
  ///   - value: a value of the kind string.
  ///   - record: the bytes of the record in which it was found.
  /// - Returns: the unescaped text.
  package static func text(of value: JSONValue, in record: UnsafeRawBufferPointer) -> String {
    let raw = unsafe UnsafeRawBufferPointer(rebasing: record[value.range])
    guard value.hasEscapes else { return unsafe String(decoding: raw, as: UTF8.self) }
    return unsafe withUnsafeTemporaryAllocation(byteCount: raw.count, alignment: 1) { buffer in
      let (count, _) = unsafe unescape(raw, into: buffer)
      return unsafe String(decoding: buffer[..<count], as: UTF8.self)
    }
  }

  /// Converts an offset in the unescaped text to an offset in the string's raw bytes.
  ///
  /// - Parameters:
  ///   - textOffset: an offset in the unescaped bytes, at most their number.
  ///   - raw: the bytes between the quotes.
  /// - Returns: the offset in `raw`; for a byte inside the text of one escape, the offset of the
  ///   escape.
  /// - Complexity: O(result).
  package static func rawOffset(
    ofTextOffset textOffset: Int, in raw: UnsafeRawBufferPointer
  ) -> Int {
    let instructionSet = reprise_best_instruction_set()
    var rawOffset = 0
    var remaining = textOffset
    // In bounds: each step advances by bytes that were examined, so `rawOffset <= raw.count`.
    while remaining > 0 && rawOffset < raw.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: raw[rawOffset...])
      let run = unsafe reprise_json_plain_length(rest.byteBase, rest.count, instructionSet)
      if remaining <= run { return rawOffset + remaining }
      let (taken, written) = unsafe escape(at: rawOffset + run, in: raw)
      if remaining < run + written { return rawOffset + run }
      rawOffset += run + taken
      remaining -= run + written
    }
    return rawOffset
  }

  /// Returns the raw and the unescaped length of the escape at `offset`.
  private static func escape(
    at offset: Int, in raw: UnsafeRawBufferPointer
  ) -> (taken: Int, written: Int) {
    let rest = unsafe UnsafeRawBufferPointer(rebasing: raw[offset...])
    guard rest.count >= 2, unsafe rest[0] == UInt8(ascii: "\\") else {
      return (min(1, rest.count), min(1, rest.count))
    }
    guard unsafe rest[1] == UInt8(ascii: "u") else { return (2, 1) }
    let pair = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(12))
    let single = unsafe UnsafeRawBufferPointer(rebasing: rest.prefix(6))
    return unsafe withUnsafeTemporaryAllocation(byteCount: 12, alignment: 1) { buffer in
      let (alone, loneSurrogates) = unsafe unescape(single, into: buffer)
      // The first escape is half of a pair: only together with the other half does it become four
      // bytes.
      guard loneSurrogates == 1, unsafe unescape(pair, into: buffer) == (4, 0) else {
        return (single.count, alone)
      }
      return (pair.count, 4)
    }
  }
}
