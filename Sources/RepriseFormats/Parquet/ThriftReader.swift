/// Reads values of Thrift's compact protocol, in which Parquet writes its metadata.
///
/// Every size is checked before it is used, so any bytes can be read.
@safe
struct ThriftReader {
  /// The kind of a value.
  enum Kind {
    case yes, no, byte
    /// An integer of 16 to 64 bits; some writers choose another size than the format does.
    case integer
    case double, binary, list, set, map, structure, uuid

    /// Returns the kind of a number in a header.
    init?(code: UInt8) {
      switch code {
      case 1: self = .yes
      case 2: self = .no
      case 3: self = .byte
      case 4, 5, 6: self = .integer
      case 7: self = .double
      case 8: self = .binary
      case 9: self = .list
      case 10: self = .set
      case 11: self = .map
      case 12: self = .structure
      case 13: self = .uuid
      default: return nil
      }
    }
  }

  /// A field of a structure.
  struct Field {
    let id: Int
    let kind: Kind
    /// The number of the kind in the header, which also says how large an integer may be.
    let code: UInt8
  }

  private let bytes: UnsafeRawBufferPointer
  private let byteCount: Int
  /// The number of bytes that were read.
  private(set) var position = 0
  /// True if a value did not end within the bytes.
  private(set) var ranOut = false

  /// The deepest nesting of a value that is skipped.
  private static let depthLimit = 32

  /// Creates a reader of bytes, which must not change while it is used.
  init(_ bytes: UnsafeRawBufferPointer) {
    unsafe self.bytes = bytes
    byteCount = bytes.count
  }

  /// Reads the fields of a structure.
  ///
  /// - Parameter body: reads or skips the value of a field.
  /// - Throws: a fault if the bytes are damaged, and those of `body`.
  mutating func forEachField(
    _ body: (inout ThriftReader, Field) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    var last = 0
    while let field = try field(after: last) {
      last = field.id
      try body(&self, field)
    }
  }

  /// Reads the header of the next field; returns nil at the end of the structure.
  private mutating func field(after last: Int) throws(ParquetFault) -> Field? {
    let header = try byte()
    if header == 0 { return nil }
    let delta = Int(header >> 4)
    let id = delta == 0 ? try integer() : last + delta
    let code = header & 0x0F
    guard let kind = Kind(code: code), id >= 0, id <= Int(Int16.max) else {
      throw .damaged("the metadata has an unknown kind of value")
    }
    return Field(id: id, kind: kind, code: code)
  }

  /// Reads an integer of 16 to 64 bits.
  mutating func integer() throws(ParquetFault) -> Int {
    let value = try number()
    return Int(bitPattern: UInt(value >> 1)) ^ -Int(value & 1)
  }

  /// Reads an integer that is not negative.
  mutating func count() throws(ParquetFault) -> Int {
    let value = try integer()
    guard value >= 0 else { throw .damaged("the metadata has a negative count") }
    return value
  }

  /// Reads a string as its range in the bytes.
  mutating func binary() throws(ParquetFault) -> Range<Int> {
    let count = try number()
    guard count <= UInt64(byteCount - position) else { throw end() }
    let range = position..<position + Int(count)
    position = range.upperBound
    return range
  }

  /// Reads a string as text, with U+FFFD for invalid bytes.
  mutating func text() throws(ParquetFault) -> String {
    let range = try binary()
    return unsafe String(decoding: bytes[range], as: UTF8.self)
  }

  /// Skips a value, and returns its bytes.
  mutating func raw(_ kind: Kind) throws(ParquetFault) -> [UInt8] {
    let start = position
    try skip(kind)
    // In bounds: `skip` checked that the value ends within the bytes.
    return unsafe Array(bytes[start..<position])
  }

  /// Reads the header of a list; returns the kind and number of its elements.
  mutating func list() throws(ParquetFault) -> (kind: Kind, count: Int) {
    let header = try byte()
    var count = UInt64(header >> 4)
    if count == 15 { count = try number() }
    // An empty list may have any kind.
    guard let kind = count == 0 ? .byte : Kind(code: header & 0x0F) else {
      throw .damaged("the metadata has an unknown kind of value")
    }
    // Every element has at least one byte.
    guard count <= UInt64(byteCount - position) else { throw end() }
    return (kind, Int(count))
  }

  /// Skips a value; that of a Boolean field is in the field's header.
  mutating func skip(_ kind: Kind) throws(ParquetFault) { try skip(kind, depth: 0) }

  private mutating func skip(_ kind: Kind, depth: Int) throws(ParquetFault) {
    guard depth < Self.depthLimit else { throw .damaged("the metadata is nested too deeply") }
    switch kind {
    case .yes, .no: return
    case .byte: try advance(1)
    case .integer: _ = try number()
    case .double: try advance(8)
    case .uuid: try advance(16)
    case .binary: _ = try binary()
    case .list, .set:
      let (element, count) = try list()
      for _ in 0..<count { try skipElement(element, depth: depth + 1) }
    case .map: try skipMap(depth: depth + 1)
    case .structure:
      try forEachField { reader, field throws(ParquetFault) in
        try reader.skip(field.kind, depth: depth + 1)
      }
    }
  }

  private mutating func skipElement(_ kind: Kind, depth: Int) throws(ParquetFault) {
    // A Boolean element has a byte of its own.
    if kind == .yes || kind == .no { try advance(1) } else { try skip(kind, depth: depth) }
  }

  private mutating func skipMap(depth: Int) throws(ParquetFault) {
    let count = try number()
    if count == 0 { return }
    let kinds = try byte()
    guard let key = Kind(code: kinds >> 4), let value = Kind(code: kinds & 0x0F),
      count <= UInt64(byteCount - position)
    else { throw .damaged("the metadata has an invalid map") }
    for _ in 0..<count {
      try skipElement(key, depth: depth)
      try skipElement(value, depth: depth)
    }
  }

  private mutating func byte() throws(ParquetFault) -> UInt8 {
    try advance(1)
    // In bounds: by `advance`.
    return unsafe bytes[position - 1]
  }

  private mutating func advance(_ count: Int) throws(ParquetFault) {
    guard count <= byteCount - position else { throw end() }
    position += count
  }

  private mutating func number() throws(ParquetFault) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: 0, to: 70, by: 7) {
      let next = try byte()
      value |= UInt64(next & 0x7F) << UInt64(shift)
      if next < 0x80 { return value }
    }
    throw .damaged("the metadata has a number of more than 64 bits")
  }

  private mutating func end() -> ParquetFault {
    ranOut = true
    return .damaged("the metadata ends early")
  }
}
