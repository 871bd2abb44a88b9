internal import CKernels
package import RepriseFormats

/// RFC 8259, one byte after the other and one level inside the other: the twin of the scanner.
package struct NaiveJSON {
  package struct Field {
    package var name: [UInt8]
    package var kind: JSONValue.Kind
    package var range: Range<Int>
  }

  private let bytes: [UInt8]
  private var at = 0

  package init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The fields of the record; nil if it is not one object.
  package mutating func fields() -> [Field]? {
    skipSpace()
    guard next == "{", let fields = object() else { return nil }
    skipSpace()
    return at == bytes.count ? fields : nil
  }

  /// The elements of the record; nil if it is not one array.
  package mutating func elements() -> [(kind: JSONValue.Kind, range: Range<Int>)]? {
    skipSpace()
    guard next == "[", let elements = array() else { return nil }
    skipSpace()
    return at == bytes.count ? elements : nil
  }

  private var next: Unicode.Scalar? { at < bytes.count ? Unicode.Scalar(bytes[at]) : nil }

  private mutating func skipSpace() {
    while let byte = next, " \t\r\n".unicodeScalars.contains(byte) { at += 1 }
  }

  private mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard next == wanted else { return false }
    at += 1
    return true
  }

  private mutating func object() -> [Field]? {
    var fields: [Field] = []
    at += 1
    skipSpace()
    if take("}") { return fields }
    while true {
      skipSpace()
      guard next == "\"", let (_, name) = value() else { return nil }
      skipSpace()
      guard take(":") else { return nil }
      skipSpace()
      guard let (kind, range) = value() else { return nil }
      fields.append(Field(name: naiveUnescape(Array(bytes[name])).bytes, kind: kind, range: range))
      skipSpace()
      if take("}") { return fields }
      guard take(",") else { return nil }
    }
  }

  private mutating func array() -> [(kind: JSONValue.Kind, range: Range<Int>)]? {
    var elements: [(kind: JSONValue.Kind, range: Range<Int>)] = []
    at += 1
    skipSpace()
    if take("]") { return elements }
    while true {
      skipSpace()
      guard let (kind, range) = value() else { return nil }
      elements.append((kind, range))
      skipSpace()
      if take("]") { return elements }
      guard take(",") else { return nil }
    }
  }

  private mutating func value() -> (JSONValue.Kind, Range<Int>)? {
    let start = at
    switch next {
    case "{": return object().map { _ in (.object, start..<at) }
    case "[": return array().map { _ in (.array, start..<at) }
    case "\"":
      let end = naiveEnd(Array(bytes[(start + 1)...]))
      guard end.status == REPRISE_JSON_STRING_CLOSED else { return nil }
      at = start + end.length + 2
      return (.string, start + 1..<at - 1)
    default: break
    }
    while let byte = next, !" \t\r\n,:[]{}\"".unicodeScalars.contains(byte) { at += 1 }
    let word = String(decoding: bytes[start..<at], as: UTF8.self)
    let literals: [String: JSONValue.Kind] = [
      "true": .true, "false": .false, "null": .null, "NaN": .notFinite, "Infinity": .notFinite,
      "-Infinity": .notFinite,
    ]
    if let kind = literals[word] { return (kind, start..<at) }
    let isNumber = word.wholeMatch(of: /-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?/) != nil
    return isNumber ? (.number, start..<at) : nil
  }
}

/// Where each byte of a string's text stands in its raw bytes, and where it ends.
package func naiveOffsets(_ raw: [UInt8]) -> [Int] {
  var offsets: [Int] = []
  var at = 0
  while at < raw.count {
    // The shortest beginning that stands for something by itself, or a pair of surrogates.
    let single = raw[at] != 0x5C ? 1 : raw[at + 1] == 0x75 ? 6 : 2
    let pair = naiveUnescape(Array(raw[at...].prefix(12)))
    let isPair = single == 6 && pair.bytes.count == 4 && pair.loneSurrogates == 0
    let first = naiveUnescape(Array(raw[at..<at + single]))
    let isHalf = isPair && first.loneSurrogates == 1
    let count = isHalf ? 4 : first.bytes.count
    offsets += Array(repeating: at, count: count)
    at += isHalf ? 12 : single
  }
  return offsets + [raw.count]
}
