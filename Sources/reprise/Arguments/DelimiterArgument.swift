internal import ArgumentParser

/// Parses the delimiter of tables.
enum DelimiterArgument {
  /// Returns the byte of a character; `tab` and `\t` are a tab.
  ///
  /// - Throws: an error if the text is not one ASCII character.
  static func parse(_ text: String) throws -> UInt8 {
    if text == "tab" || text == "\\t" { return 0x09 }
    let bytes = Array(try ArgumentText.plain(text).utf8)
    guard bytes.count == 1, bytes[0] < 0x80 else {
      throw ValidationError("it must be one ASCII character, or the word tab.")
    }
    return bytes[0]
  }
}
