import RepriseSystem

/// Finds the end of a JSON object, array or string by its brackets and quotes, in pieces of any size.
struct JSONNesting {
  private var depth = 0
  private var isInString = false
  private var isEscaped = false

  /// Looks for the end of the value that the bytes before have begun, or that begins in these bytes.
  ///
  /// - Parameters:
  ///   - bytes: the next bytes.
  ///   - start: where to begin.
  /// - Returns: the place after the bracket or quote that closes the value; nil if all bytes were
  ///   taken.
  /// - Complexity: O(bytes).
  mutating func end(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var place = start
    // The place of the first quote that was found, which may be behind `place`.
    var quote = -1
    // In bounds: `place` and `quote` are at most the count.
    while place < bytes.count {
      if isEscaped {
        isEscaped = false
        place += 1
        continue
      }
      if isInString {
        if quote < place { quote = unsafe Self.find(0x22, base, place..<bytes.count) }
        let escape = unsafe Self.find(0x5C, base, place..<quote)
        isEscaped = escape < quote
        isInString = isEscaped || quote == bytes.count
        place = min(escape, quote) + 1
        if !isInString && depth == 0 { return place }
        continue
      }
      switch unsafe bytes[place] {
      case UInt8(ascii: "\""): isInString = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth <= 0 {
          depth = 0
          return place + 1
        }
      default: break
      }
      place += 1
    }
    return nil
  }

  /// The place of the first such byte in a range, or the range's end.
  private static func find(_ byte: Int32, _ base: UnsafeRawPointer, _ range: Range<Int>) -> Int {
    // In bounds: the search is for the bytes of the range.
    let found = unsafe memchr(base + range.lowerBound, byte, range.count)
    return unsafe found.map { unsafe UnsafeRawPointer($0) - base } ?? range.upperBound
  }
}
