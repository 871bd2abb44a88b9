/// An element of a schema: a column, or a group of them.
struct ParquetSchemaElement: Sendable {
  /// What the values mean.
  enum Meaning: Equatable {
    case plain
    case text
    case list
    case map
    case date
    case time
    case timestamp(Unit, isUTC: Bool)
    case decimal
    case unsigned
    case binaryJSON
    case uuid
    case half
    case interval
    /// A meaning that is not known.
    case other
  }

  /// The unit of a time.
  enum Unit: Int {
    case milliseconds = 1_000
    case microseconds = 1_000_000
    case nanoseconds = 1_000_000_000
  }

  /// How often a value occurs in its parent.
  enum Repetition: Int {
    case required
    case optional
    case repeated
  }

  private(set) var name = ""
  /// The number of the physical type; nil for a group.
  private(set) var type: Int?
  /// The size of a value of fixed size in bytes.
  private(set) var typeByteCount = 0
  private(set) var repetition = Repetition.required
  private(set) var childCount = 0
  private(set) var meaning = Meaning.plain
  /// The number of decimal places.
  private(set) var scale = 0

  /// Reads an element.
  init(_ reader: inout ThriftReader) throws(ParquetFault) {
    try reader.forEachField { reader, field throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .integer): type = try reader.count()
      case (2, .integer): typeByteCount = try reader.count()
      case (3, .integer):
        guard let value = Repetition(rawValue: try reader.integer()) else {
          throw .damaged("a column has an unknown repetition")
        }
        repetition = value
      case (4, .binary): name = try reader.text()
      case (5, .integer): childCount = try reader.count()
      case (6, .integer):
        let converted = Self.meaning(converted: try reader.integer())
        if meaning == .plain { meaning = converted }
      case (7, .integer): scale = try reader.integer()
      case (10, .structure): try readLogicalType(&reader)
      default: try reader.skip(field.kind)
      }
    }
    if childCount > 0 { type = nil }
  }

  private static func meaning(converted: Int) -> Meaning {
    switch converted {
    case 0, 4, 19: .text
    case 1, 2: .map
    case 3: .list
    case 5: .decimal
    case 6: .date
    case 7, 8: .time
    case 9: .timestamp(.milliseconds, isUTC: true)
    case 10: .timestamp(.microseconds, isUTC: true)
    case 11...14: .unsigned
    case 15...18: .plain
    case 20: .binaryJSON
    case 21: .interval
    default: .other
    }
  }

  private mutating func readLogicalType(_ reader: inout ThriftReader) throws(ParquetFault) {
    try reader.forEachField { reader, field throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (8, .structure): meaning = try Self.timestamp(&reader)
      case (10, .structure): meaning = try Self.integer(&reader)
      case (_, .structure):
        meaning = Self.meaning(logical: field.id)
        try reader.skip(.structure)
      default: try reader.skip(field.kind)
      }
    }
  }

  private static func meaning(logical: Int) -> Meaning {
    switch logical {
    case 1, 4, 12: .text
    case 2: .map
    case 3: .list
    case 5: .decimal
    case 6: .date
    case 7: .time
    case 11: .plain
    case 13: .binaryJSON
    case 14: .uuid
    case 15: .half
    default: .other
    }
  }

  private static func timestamp(_ reader: inout ThriftReader) throws(ParquetFault) -> Meaning {
    var (unit, isUTC) = (Unit.milliseconds, false)
    try reader.forEachField { reader, field throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .yes): isUTC = true
      case (2, .structure):
        try reader.forEachField { reader, found throws(ParquetFault) in
          unit = found.id == 1 ? .milliseconds : found.id == 2 ? .microseconds : .nanoseconds
          try reader.skip(found.kind)
        }
      default: try reader.skip(field.kind)
      }
    }
    return .timestamp(unit, isUTC: isUTC)
  }

  private static func integer(_ reader: inout ThriftReader) throws(ParquetFault) -> Meaning {
    var isSigned = true
    try reader.forEachField { reader, field throws(ParquetFault) in
      if field.id == 2 { isSigned = field.kind != .no }
      try reader.skip(field.kind)
    }
    return isSigned ? .plain : .unsigned
  }
}
