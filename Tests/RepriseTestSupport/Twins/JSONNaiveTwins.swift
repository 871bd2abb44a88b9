package import CKernels

private let simpleEscapes: [UInt8: UInt8] = [
  0x22: 0x22, 0x5C: 0x5C, 0x2F: 0x2F, 0x62: 0x08, 0x66: 0x0C, 0x6E: 0x0A, 0x72: 0x0D, 0x74: 0x09,
]

private func codeUnit(_ bytes: [UInt8], at index: Int) -> UInt16? {
  guard index + 6 <= bytes.count, bytes[index] == 0x5C, bytes[index + 1] == 0x75 else { return nil }
  let digits = bytes[(index + 2)..<(index + 6)]
  guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else { return nil }
  return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
}

/// The string-end kernel, one byte after the other.
package func naiveEnd(_ bytes: [UInt8]) -> reprise_json_string {
  var index = 0
  var hasEscapes: UInt32 = 0
  func end(_ length: Int, _ status: reprise_json_string_status) -> reprise_json_string {
    reprise_json_string(length: length, status: status, has_escapes: hasEscapes)
  }
  while index < bytes.count {
    if bytes[index] == 0x22 { return end(index, REPRISE_JSON_STRING_CLOSED) }
    if bytes[index] < 0x20 { return end(index, REPRISE_JSON_STRING_CONTROL) }
    guard bytes[index] == 0x5C else {
      index += 1
      continue
    }
    guard index + 1 < bytes.count else { break }
    if simpleEscapes[bytes[index + 1]] != nil {
      index += 2
    } else if bytes[index + 1] != 0x75 {
      return end(index, REPRISE_JSON_STRING_BAD_ESCAPE)
    } else {
      let digits = bytes[(index + 2)...].prefix(4)
      guard digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
        return end(index, REPRISE_JSON_STRING_BAD_UNICODE_ESCAPE)
      }
      guard digits.count == 4 else { break }
      index += 6
    }
    hasEscapes = 1
  }
  return end(bytes.count, REPRISE_JSON_STRING_UNTERMINATED)
}

/// The unescape kernel, one escape after the other.
package func naiveUnescape(_ bytes: [UInt8]) -> (bytes: [UInt8], loneSurrogates: Int) {
  var output: [UInt8] = []
  var lone = 0
  var index = 0
  while index < bytes.count {
    if bytes[index] == 0x5C, index + 1 < bytes.count, let byte = simpleEscapes[bytes[index + 1]] {
      output.append(byte)
      index += 2
    } else if let unit = codeUnit(bytes, at: index) {
      if let scalar = Unicode.Scalar(unit) {
        output += Array(String(Character(scalar)).utf8)
        index += 6
      } else if UTF16.isLeadSurrogate(unit), let low = codeUnit(bytes, at: index + 6),
        UTF16.isTrailSurrogate(low)
      {
        output += Array(String(decoding: [unit, low], as: UTF16.self).utf8)
        index += 12
      } else {
        output += [0xEF, 0xBF, 0xBD]
        lone += 1
        index += 6
      }
    } else {
      output.append(bytes[index])
      index += 1
    }
  }
  return (output, lone)
}
