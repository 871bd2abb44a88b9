internal import CUchardet

/// Finds the encoding of text that has no byte order mark, by its first bytes.
///
/// Text that is UTF-8 is UTF-8. The encoding of other text is what libuchardet finds, if the text
/// makes sense in it.
enum EncodingDetector {
  /// The number of first bytes that are looked at.
  static let searchedByteCount = 1 << 20
  /// The number of bytes that libuchardet gets, of lines with other characters than ASCII.
  private static let sampleByteCount = 64 << 10
  /// A text has at most one control character per this many bytes.
  private static let controlShare = 64
  /// At most one in this many characters that are not ASCII is a control character, or nothing, in the
  /// encoding of the text.
  private static let mistakeShare = 100
  /// At most one in this many of them is where texts rarely have it.
  private static let oddityShare = 20

  /// Finds an encoding.
  ///
  /// - Parameters:
  ///   - head: the first bytes of the text, at least ``searchedByteCount`` unless there are fewer.
  ///   - isWhole: true if there are no more.
  /// - Returns: one of ``TextEncoding/detectable``; nil if the text is UTF-8, or no text, or if its
  ///   encoding is not certain.
  /// - Complexity: O(bytes).
  static func find(_ head: UnsafeRawBufferPointer, isWhole: Bool) -> TextEncoding? {
    let isAll = isWhole && head.count <= searchedByteCount
    let start = unsafe UnsafeRawBufferPointer(rebasing: head.prefix(searchedByteCount))
    let content = unsafe UTF8Content(start, isWhole: isAll)
    // Two bytes that are a character of UTF-8 by accident are rare in all other encodings.
    guard content.invalidCount > content.characterCount,
      content.controlCount * controlShare <= start.count
    else { return nil }
    let sample = unsafe sample(start)
    guard let found = unsafe sample.withUnsafeBytes({ unsafe name($0) }),
      let encoding = TextEncoding.detectable.first(where: { $0.name == found }),
      isPlausible(encoding, sample)
    else { return nil }
    return encoding
  }

  /// The lines that have other characters than ASCII.
  private static func sample(_ text: UnsafeRawBufferPointer) -> [UInt8] {
    var sample: [UInt8] = []
    var start = 0
    while start < text.count, sample.count < sampleByteCount {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: text[start...])
      let end = unsafe rest.firstIndex(of: 0x0A).map { $0 + 1 } ?? rest.count
      // In bounds: `end` is at most the count.
      let line = unsafe UnsafeRawBufferPointer(rebasing: rest[..<end])
      if unsafe line.contains(where: { $0 >= 0x80 }) {
        unsafe sample.append(contentsOf: line.prefix(sampleByteCount - sample.count))
      }
      start += end
    }
    return sample
  }

  /// Returns what libuchardet names; nil if it finds nothing.
  private static func name(_ sample: UnsafeRawBufferPointer) -> String? {
    guard let detector = unsafe uchardet_new() else { return nil }
    defer { unsafe uchardet_delete(detector) }
    // In bounds: the library gets the size.
    let bytes = unsafe sample.baseAddress?.assumingMemoryBound(to: CChar.self)
    guard unsafe uchardet_handle_data(detector, bytes, sample.count) == 0 else { return nil }
    unsafe uchardet_data_end(detector)
    let name = unsafe uchardet_get_charset(detector).map { unsafe String(cString: $0) }
    return name?.uppercased()
  }

  /// Whether nearly all characters of the sample that are not ASCII are where a text has them.
  ///
  /// In an encoding that is not that of the text, many bytes are control characters or nothing, and
  /// others are capitals after small letters, or symbols between letters.
  private static func isPlausible(_ encoding: TextEncoding, _ sample: [UInt8]) -> Bool {
    guard let decoder = try? encoding.makeDecoder() else { return false }
    var room = [UInt8](repeating: 0, count: TextEncoding.roomByteCount(for: sample.count))
    let count = unsafe sample.withUnsafeBytes { sample in
      unsafe room.withUnsafeMutableBytes { room in
        // The sample may end within a character, which is then not converted.
        unsafe decoder.decode(sample, isLast: false, into: room).produced
      }
    }
    let text = String(decoding: room[..<count], as: UTF8.self).unicodeScalars
    var (others, mistakes, oddities) = (0, 0, 0)
    var before: (last: Unicode.Scalar, one: Unicode.Scalar) = (" ", " ")
    for scalar in text {
      if scalar.value >= 0x80 {
        others += 1
        let isMistake = scalar.value < 0xA0 || scalar == "\u{FFFD}"
        mistakes += isMistake ? 1 : 0
        let isCapitalWithin =
          before.one.properties.isLowercase && scalar.properties.isUppercase
        oddities += isCapitalWithin ? 1 : 0
      }
      let isSymbolWithin =
        isSymbol(before.one) && scalar.properties.isAlphabetic
        && before.last.properties.isAlphabetic
      oddities += isSymbolWithin ? 1 : 0
      before = (before.one, scalar)
    }
    return mistakes * mistakeShare <= others && oddities * oddityShare <= others
  }

  /// Whether a character that is not ASCII is a symbol, such as a currency.
  private static func isSymbol(_ scalar: Unicode.Scalar) -> Bool {
    guard scalar.value >= 0x80 else { return false }
    switch scalar.properties.generalCategory {
    case .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol: return true
    default: return false
    }
  }
}
