internal import Reprise

/// Returns the path as one word of a shell command.
func shellQuoted(_ path: BytePath) -> String {
  guard Array(path.text.utf8) == path.bytes else { return shellEscaped(path.bytes) }
  let text = path.text
  let isPlain = text.utf8.allSatisfy { byte in
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "/._-+:@%,=".utf8.contains(byte) || byte >= 0x80
    }
  }
  guard !isPlain || text.isEmpty else { return text }
  let pieces = text.split(separator: "'", omittingEmptySubsequences: false)
  return "'" + pieces.joined(separator: "'\\''") + "'"
}

/// Returns bytes that are not UTF-8 as one word of a shell command.
///
/// Printable ASCII stays readable.
private func shellEscaped(_ bytes: [UInt8]) -> String {
  var word = "$'"
  for byte in bytes {
    switch byte {
    case UInt8(ascii: "'"), UInt8(ascii: "\\"), 0..<0x20, 0x7F...:
      let digits = String(byte, radix: 8)
      word += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
    default: word.unicodeScalars.append(Unicode.Scalar(byte))
    }
  }
  return word + "'"
}
