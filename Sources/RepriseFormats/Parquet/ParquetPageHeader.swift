/// The header of a page.
struct ParquetPageHeader: Sendable {
  /// The kind of a page.
  enum Kind {
    case data
    case dataV2
    case dictionary
    /// A page that is passed over.
    case other
  }

  /// The number of the encoding in which levels are written: runs, and packed values.
  static let runs = 3

  private(set) var kind = Kind.other
  /// The size of the header in bytes.
  private(set) var byteCount = 0
  /// The size of the decompressed page in bytes.
  private(set) var pageByteCount = 0
  /// The size of the page as stored, without the header.
  private(set) var storedByteCount = 0
  /// The CRC-32 of the page as stored.
  private(set) var checksum: UInt32?
  /// The number of values, with those that are null.
  private(set) var valueCount = 0
  /// The number of rows, in pages of version 2.
  private(set) var rowCount: Int?
  /// The number of the encoding of the values.
  private(set) var encoding = 0
  /// The numbers of the encodings of the levels, in pages of version 1.
  private(set) var levelEncodings = (definition: runs, repetition: runs)
  /// The sizes of the levels in bytes, in pages of version 2.
  private(set) var levelByteCounts = (definition: 0, repetition: 0)
  /// True if the values are compressed, in pages of version 2.
  private(set) var isCompressed = true

  /// Reads a header.
  init(_ reader: inout ThriftReader) throws(ParquetFault) {
    var number = -1
    try reader.forEachField { reader, field throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .integer): number = try reader.integer()
      case (2, .integer): pageByteCount = try reader.count()
      case (3, .integer): storedByteCount = try reader.count()
      case (4, .integer): checksum = UInt32(truncatingIfNeeded: try reader.integer())
      case (5, .structure): try readData(&reader)
      case (7, .structure): try readDictionary(&reader)
      case (8, .structure): try readDataV2(&reader)
      default: try reader.skip(field.kind)
      }
    }
    kind =
      switch number {
      case 0: .data
      case 2: .dictionary
      case 3: .dataV2
      default: .other
      }
    byteCount = reader.position
    let levels = levelByteCounts.definition + levelByteCounts.repetition
    let limit = Int(Int32.max)
    guard number >= 0, pageByteCount <= limit, storedByteCount <= limit, valueCount <= limit,
      kind != .dataV2 || levels <= min(pageByteCount, storedByteCount)
    else { throw .damaged("a page header has invalid sizes") }
  }

  private mutating func readData(_ reader: inout ThriftReader) throws(ParquetFault) {
    try reader.forEachField { reader, field throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .integer): valueCount = try reader.count()
      case (2, .integer): encoding = try reader.integer()
      case (3, .integer): levelEncodings.definition = try reader.integer()
      case (4, .integer): levelEncodings.repetition = try reader.integer()
      default: try reader.skip(field.kind)
      }
    }
  }

  private mutating func readDictionary(_ reader: inout ThriftReader) throws(ParquetFault) {
    try reader.forEachField { reader, field throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .integer): valueCount = try reader.count()
      case (2, .integer): encoding = try reader.integer()
      default: try reader.skip(field.kind)
      }
    }
  }

  private mutating func readDataV2(_ reader: inout ThriftReader) throws(ParquetFault) {
    try reader.forEachField { reader, field throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .integer): valueCount = try reader.count()
      case (3, .integer): rowCount = try reader.count()
      case (4, .integer): encoding = try reader.integer()
      case (5, .integer): levelByteCounts.definition = try limited(&reader)
      case (6, .integer): levelByteCounts.repetition = try limited(&reader)
      case (7, .yes): isCompressed = true
      case (7, .no): isCompressed = false
      default: try reader.skip(field.kind)
      }
    }
  }

  private func limited(_ reader: inout ThriftReader) throws(ParquetFault) -> Int {
    let count = try reader.count()
    guard count <= Int(Int32.max) else { throw .damaged("a page header has invalid sizes") }
    return count
  }
}
