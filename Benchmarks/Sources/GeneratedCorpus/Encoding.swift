/// How a JSON file's text beyond ASCII is written.
public enum Encoding: String, CaseIterable, Sendable {
  /// As it is.
  case utf8
  /// As `\uXXXX`, the way Python's `json.dumps` writes it.
  case ascii
}

extension Encoding {
  /// JSON with everything beyond ASCII escaped; only its strings may hold such.
  static func escaped(_ json: UnsafeRawBufferPointer) -> [UInt8] {
    var bytes: [UInt8] = []
    for unit in String(decoding: json, as: UTF8.self).utf16 {
      if let byte = UInt8(exactly: unit), byte < 0x80 {
        bytes.append(byte)
      } else {
        let digits = String(unit, radix: 16)
        bytes.append(contentsOf: "\\u".utf8)
        bytes.append(contentsOf: String(repeating: "0", count: 4 - digits.count).utf8)
        bytes.append(contentsOf: digits.utf8)
      }
    }
    return bytes
  }
}
