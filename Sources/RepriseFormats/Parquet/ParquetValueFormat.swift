/// How a value of a column is written as text, for an id or a keep order.
enum ParquetValueFormat: Sendable {
  case bytes
  case boolean
  case integer
  case unsigned
  case float
  case double
  case date
  case timestamp(unitsPerSecond: Int, isUTC: Bool)
  /// The day and the nanoseconds of the day, as old versions of Spark and Impala write times.
  case dayAndNanoseconds
  /// An integer, the lowest byte first, or bytes with the highest first.
  case decimal(scale: Int, isInteger: Bool)
  case uuid

  /// Chooses the form for a column; returns nil if its values are not read.
  init?(_ element: ParquetSchemaElement, _ type: ParquetLeaf.PhysicalType) {
    switch (type, element.meaning) {
    case (.bytes, .text), (.bytes, .plain): self = .bytes
    case (.fixedBytes, .plain), (.fixedBytes, .text): self = .bytes
    case (.fixedBytes, .uuid) where element.typeByteCount == 16: self = .uuid
    case (.int32, .decimal), (.int64, .decimal), (.bytes, .decimal), (.fixedBytes, .decimal):
      guard (0...38).contains(element.scale), type != .fixedBytes || element.typeByteCount <= 16
      else { return nil }
      self = .decimal(scale: element.scale, isInteger: type == .int32 || type == .int64)
    case (.int32, .date): self = .date
    case (.int64, .timestamp(let unit, let isUTC)):
      self = .timestamp(unitsPerSecond: unit.rawValue, isUTC: isUTC)
    case (.int32, .unsigned), (.int64, .unsigned): self = .unsigned
    case (.int32, .plain), (.int64, .plain), (.int32, .time), (.int64, .time): self = .integer
    case (.int96, _): self = .dayAndNanoseconds
    case (.float, _): self = .float
    case (.double, _): self = .double
    case (.boolean, _): self = .boolean
    default: return nil
    }
  }

  /// True for strings.
  var isBytes: Bool {
    if case .bytes = self { true } else { false }
  }

  /// Writes a value.
  ///
  /// - Parameter value: the bytes of the value, of the size of its type.
  /// - Returns: its text.
  func text(_ value: UnsafeRawBufferPointer) -> String {
    switch self {
    case .bytes: return unsafe String(decoding: value, as: UTF8.self)
    case .boolean: return unsafe value.first == 1 ? "true" : "false"
    case .integer: return unsafe String(Self.integer(value))
    case .unsigned:
      let number = unsafe Self.integer(value)
      return value.count == 4
        ? String(UInt32(truncatingIfNeeded: number)) : String(UInt64(bitPattern: number))
    case .float:
      return unsafe Float(bitPattern: UInt32(truncatingIfNeeded: Self.integer(value))).description
    case .double:
      return unsafe Double(bitPattern: UInt64(bitPattern: Self.integer(value))).description
    case .date: return unsafe ParquetDate(day: Self.integer(value)).description
    case .timestamp(let units, let isUTC):
      return unsafe ParquetDate.text(
        time: Self.integer(value), unitsPerSecond: units, isUTC: isUTC)
    case .dayAndNanoseconds:
      let day = unsafe Self.integer(UnsafeRawBufferPointer(rebasing: value[8...])) & 0xFFFF_FFFF
      let nanoseconds = unsafe Self.integer(UnsafeRawBufferPointer(rebasing: value[..<8]))
      return ParquetDate.text(
        julianDay: day, nanoseconds: nanoseconds)
    case .decimal(let scale, let isInteger):
      return unsafe Self.decimal(value, scale: scale, isInteger: isInteger)
    case .uuid:
      let digits = unsafe value.map { Self.hexadecimal($0) }
      let groups = [digits[..<4], digits[4..<6], digits[6..<8], digits[8..<10], digits[10...]]
      return groups.map { $0.joined() }.joined(separator: "-")
    }
  }

  private static func hexadecimal(_ byte: UInt8) -> String {
    String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
  }

  /// Reads an integer of 4 or 8 bytes, the lowest first.
  private static func integer(_ value: UnsafeRawBufferPointer) -> Int64 {
    // In bounds: both sizes are checked.
    if value.count >= 8 { return unsafe value.loadUnaligned(as: Int64.self).littleEndian }
    return value.count >= 4
      ? Int64(unsafe value.loadUnaligned(as: Int32.self).littleEndian) : 0
  }

  private static func decimal(
    _ value: UnsafeRawBufferPointer, scale: Int, isInteger: Bool
  ) -> String {
    var number: Int128 = 0
    if isInteger {
      number = unsafe Int128(integer(value))
    } else {
      guard value.count <= 16 else { return "a decimal of \(value.count) bytes" }
      number = unsafe value.first ?? 0 >= 0x80 ? -1 : 0
      for byte in unsafe Array(value) { number = number << 8 | Int128(byte) }
    }
    let digits = String(number.magnitude)
    let sign = number < 0 ? "-" : ""
    if scale == 0 { return sign + digits }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return sign + padded.dropLast(scale) + "." + padded.suffix(scale)
  }
}
