/// Finds a document's title: its first non-blank line without surrounding white space.
///
/// A title has at most 80 bytes and never ends inside a character.
enum Title {
  // In bounds: every index stays within `0..<text.count`, because `start <= end <= limit` and
  // `limit` is at most `text.count`; a limit below it is also compared before it is read.
  static let maximumByteCount = 80

  static func find(in text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    if unsafe text.starts(with: [0xEF, 0xBB, 0xBF]) { start = 3 }
    while start < text.count, unsafe text[start] <= 0x20 { start += 1 }
    var end = start
    let limit = min(text.count, start + maximumByteCount)
    while end < limit, unsafe text[end] != 0x0A && text[end] != 0x0D { end += 1 }
    if end == limit && end < text.count {
      while end > start, unsafe text[end] & 0xC0 == 0x80 { end -= 1 }
    }
    while end > start, unsafe text[end - 1] <= 0x20 { end -= 1 }
    return unsafe UnsafeRawBufferPointer(rebasing: text[start..<end])
  }

  /// Returns the beginning of a text, at most `limit` bytes, without splitting a character.
  static func prefix(of text: UnsafeRawBufferPointer, atMost limit: Int) -> String {
    var end = min(limit, text.count)
    while end > 0, end < text.count, unsafe text[end] & 0xC0 == 0x80 { end -= 1 }
    return unsafe String(decoding: text[..<end], as: UTF8.self)
  }
}
