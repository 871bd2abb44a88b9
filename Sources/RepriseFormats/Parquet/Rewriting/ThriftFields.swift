/// The fields of a structure of Thrift, each with its bytes, so that those that are not known are
/// kept when the structure is written again.
struct ThriftFields {
  /// A value for a field.
  enum Value {
    case boolean(Bool)
    case int16(Int)
    case int32(Int)
    case int64(Int)
    case binary([UInt8])
    case structure(ThriftFields)
    case structures([ThriftFields])
    case integers([Int])
    case strings([[UInt8]])
  }

  private struct Field {
    let id: Int
    let code: UInt8
    let bytes: [UInt8]
  }

  private var fields: [Field] = []

  /// Creates a structure without fields.
  init() {}

  /// Creates a structure with some fields.
  init(_ values: [(Int, Value)]) { for (id, value) in values { set(id, value) } }

  /// Reads a structure.
  init(_ reader: inout ThriftReader) throws(ParquetFault) {
    try reader.forEachField { reader, field throws(ParquetFault) in
      fields.append(Field(id: field.id, code: field.code, bytes: try reader.raw(field.kind)))
    }
  }

  /// Whether a field is there.
  func has(_ id: Int) -> Bool { fields.contains { $0.id == id } }

  /// Reads a field of a kind; returns nil if there is none.
  func read<Result>(
    _ id: Int, _ kind: ThriftReader.Kind,
    _ body: (inout ThriftReader) throws(ParquetFault) -> Result
  ) throws(ParquetFault) -> Result? {
    guard let field = fields.last(where: { $0.id == id }),
      ThriftReader.Kind(code: field.code) == kind
    else { return nil }
    return try unsafe field.bytes.span.withUnsafeBytes { bytes throws(ParquetFault) in
      var reader = unsafe ThriftReader(bytes)
      return try body(&reader)
    }
  }

  /// Reads an integer.
  func integer(_ id: Int) throws(ParquetFault) -> Int? {
    try read(id, .integer) { reader throws(ParquetFault) in try reader.integer() }
  }

  /// Reads a structure.
  func structure(_ id: Int) throws(ParquetFault) -> ThriftFields? {
    try read(id, .structure) { reader throws(ParquetFault) in try ThriftFields(&reader) }
  }

  /// Returns a list of structures, which are read one after another.
  ///
  /// - Returns: nil if the field is no list of structures.
  func structures(_ id: Int) throws(ParquetFault) -> ThriftStructures? {
    guard let field = fields.last(where: { $0.id == id }) else { return nil }
    return try read(id, .list) { reader throws(ParquetFault) in
      let (kind, count) = try reader.list()
      guard kind == .structure || count == 0 else { return nil }
      return ThriftStructures(bytes: field.bytes, position: reader.position, count: count)
    } ?? nil
  }

  /// Reads a list of integers; empty if there is none.
  func integers(_ id: Int) throws(ParquetFault) -> [Int] {
    try read(id, .list) { reader throws(ParquetFault) in
      let (kind, count) = try reader.list()
      var values: [Int] = []
      guard kind == .integer else { return values }
      for _ in 0..<count { values.append(try reader.integer()) }
      return values
    } ?? []
  }

  /// Removes fields.
  mutating func remove(_ ids: Int...) { fields.removeAll { ids.contains($0.id) } }

  /// Sets a field if it is there.
  mutating func update(_ id: Int, _ value: Value) { if has(id) { set(id, value) } }

  /// Sets a field.
  mutating func set(_ id: Int, _ value: Value) {
    var bytes: [UInt8] = []
    let code: UInt8
    switch value {
    case .boolean(let value): code = value ? 1 : 2
    case .int16(let value): (code, bytes) = (4, Self.number(value))
    case .int32(let value): (code, bytes) = (5, Self.number(value))
    case .int64(let value): (code, bytes) = (6, Self.number(value))
    case .binary(let value):
      code = 8
      bytes.append(binary: value)
    case .structure(let value):
      code = 12
      value.write(to: &bytes)
    case .structures(let values):
      code = 9
      bytes.append(listOf: 12, count: values.count)
      for value in values { value.write(to: &bytes) }
    case .integers(let values):
      code = 9
      bytes.append(listOf: 5, count: values.count)
      for value in values { bytes.append(signed: value) }
    case .strings(let values):
      code = 9
      bytes.append(listOf: 8, count: values.count)
      for value in values { bytes.append(binary: value) }
    }
    set(id, code: code, bytes)
  }

  /// Sets a field to a list of structures that are written already, each with its end.
  mutating func set(_ id: Int, count: Int, writtenStructures: [UInt8]) {
    var bytes: [UInt8] = []
    bytes.append(listOf: 12, count: count)
    set(id, code: 9, bytes + writtenStructures)
  }

  private mutating func set(_ id: Int, code: UInt8, _ bytes: [UInt8]) {
    remove(id)
    let place = fields.firstIndex { $0.id > id } ?? fields.count
    fields.insert(Field(id: id, code: code, bytes: bytes), at: place)
  }

  private static func number(_ value: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(signed: value)
    return bytes
  }

  /// Writes the structure.
  func write(to target: inout [UInt8]) {
    var last = 0
    for field in fields {
      let delta = field.id - last
      if (1...15).contains(delta) {
        target.append(UInt8(delta) << 4 | field.code)
      } else {
        target.append(field.code)
        target.append(signed: field.id)
      }
      last = field.id
      target += field.bytes
    }
    target.append(0)
  }
}

/// The structures of a list.
struct ThriftStructures {
  private let bytes: [UInt8]
  private var position: Int
  /// The number of structures that were not read yet.
  private(set) var count: Int

  fileprivate init(bytes: [UInt8], position: Int, count: Int) {
    self.bytes = bytes
    self.position = position
    self.count = count
  }

  /// Reads the next structure; returns nil after the last one.
  mutating func next() throws(ParquetFault) -> ThriftFields? {
    guard count > 0 else { return nil }
    count -= 1
    let (fields, end) = unsafe try bytes.span.withUnsafeBytes { bytes throws(ParquetFault) in
      // In bounds: the position is that of a reader of these bytes.
      var reader = unsafe ThriftReader(UnsafeRawBufferPointer(rebasing: bytes[position...]))
      return (try ThriftFields(&reader), reader.position)
    }
    position += end
    return fields
  }
}

/// Numbers of variable length, as Thrift and the encodings of Parquet have them.
extension [UInt8] {
  /// Appends a number, seven bits in a byte, the lowest first.
  mutating func append(number value: UInt64) {
    var rest = value
    while rest > 0x7F {
      append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    append(UInt8(rest))
  }

  /// Appends a number whose lowest bit is its sign.
  mutating func append(signed value: Int) {
    append(number: UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
  }

  fileprivate mutating func append(binary value: [UInt8]) {
    append(number: UInt64(value.count))
    self += value
  }

  fileprivate mutating func append(listOf code: UInt8, count: Int) {
    if count < 15 {
      append(UInt8(count) << 4 | code)
    } else {
      append(0xF0 | code)
      append(number: UInt64(count))
    }
  }
}
