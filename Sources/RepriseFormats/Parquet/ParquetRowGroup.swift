/// A row group, with the columns that are read.
struct ParquetRowGroup: Sendable {
  /// The index of its first row in the file.
  let firstRow: Int
  /// The number of its rows.
  private(set) var rowCount = 0
  /// The chunk of each column that is read.
  private(set) var chunks: [ParquetColumnChunk] = []

  /// Reads a row group.
  init(
    _ reader: inout ThriftReader, firstRow: Int, columns: [ParquetColumn]
  ) throws(ParquetFault) {
    self.firstRow = firstRow
    var found: [Int: ParquetColumnChunk] = [:]
    try reader.forEachField { reader, field throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .list):
        let (kind, count) = try reader.list()
        guard kind == .structure || count == 0 else {
          throw .damaged("the columns of a row group are not a list of structures")
        }
        for index in 0..<count {
          if columns.contains(where: { $0.leaf.index == index }) {
            found[index] = try ParquetColumnChunk(&reader)
          } else {
            try reader.skip(.structure)
          }
        }
      case (3, .integer): rowCount = try reader.count()
      default: try reader.skip(field.kind)
      }
    }
    for column in columns {
      guard let chunk = found[column.leaf.index] else {
        throw .damaged("a row group lacks the column \"\(column.leaf.name)\"")
      }
      chunks.append(chunk)
    }
  }
}

/// The part of a column that is in one row group.
struct ParquetColumnChunk: Sendable {
  /// The number of the codec.
  private(set) var codec = 0
  /// The number of values, with those that are null.
  private(set) var valueCount = 0
  /// The size of all decompressed pages in bytes.
  private(set) var decompressedByteCount = 0
  /// The bytes of the file with the pages; empty if they are invalid.
  private(set) var bytes = 0..<0
  /// Why it is not read; nil if it is.
  private(set) var refusal: String?

  /// Reads the chunk of a column.
  init(_ reader: inout ThriftReader) throws(ParquetFault) {
    var hasMetadata = false
    try reader.forEachField { reader, field throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (1, .binary):
        let path = try reader.text()
        if !path.isEmpty { refusal = "it is in another file, \"\(path)\", which is not read" }
      case (3, .structure):
        hasMetadata = true
        try readMetadata(&reader)
      case (8, .structure):
        refusal = "it is encrypted, which is not read"
        try reader.skip(.structure)
      default: try reader.skip(field.kind)
      }
    }
    guard hasMetadata || refusal != nil else { throw .damaged("a column has no metadata") }
  }

  private mutating func readMetadata(_ reader: inout ThriftReader) throws(ParquetFault) {
    var (dataOffset, dictionaryOffset, byteCount) = (0, 0, 0)
    try reader.forEachField { reader, field throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (4, .integer): codec = try reader.integer()
      case (5, .integer): valueCount = try reader.count()
      case (6, .integer): decompressedByteCount = try reader.count()
      case (7, .integer): byteCount = try reader.count()
      case (9, .integer): dataOffset = try reader.count()
      case (11, .integer): dictionaryOffset = try reader.count()
      default: try reader.skip(field.kind)
      }
    }
    // A writer without dictionary may write 0 in place of its offset.
    let start = dictionaryOffset > 0 ? min(dictionaryOffset, dataOffset) : dataOffset
    let (end, overflow) = start.addingReportingOverflow(byteCount)
    if !overflow { bytes = start..<end }
  }
}
