/// The metadata at the end of a file, without the row groups.
struct ParquetMetadata {
  /// The elements of the schema, depth first.
  private(set) var schema: [ParquetSchemaElement] = []
  /// The number of rows.
  private(set) var rowCount = 0
  /// True if columns are encrypted.
  private(set) var isEncrypted = false
  /// Where the list of row groups begins in the metadata; nil if there is none.
  private var rowGroups: Int?

  /// The lowest number of rows that is not read; a record stores its line in 32 bits.
  private static let rowLimit = 1 << 32

  /// Reads the metadata.
  init(_ bytes: UnsafeRawBufferPointer) throws(ParquetFault) {
    var reader = unsafe ThriftReader(bytes)
    try reader.forEachField { reader, field throws(ParquetFault) in
      switch (field.id, field.kind) {
      case (2, .list):
        let (kind, count) = try reader.list()
        guard kind == .structure || count == 0 else {
          throw .damaged("the schema is not a list of columns")
        }
        for _ in 0..<count { schema.append(try ParquetSchemaElement(&reader)) }
      case (3, .integer): rowCount = try reader.count()
      case (4, .list):
        rowGroups = reader.position
        try reader.skip(.list)
      case (8, .structure):
        isEncrypted = true
        try reader.skip(.structure)
      default: try reader.skip(field.kind)
      }
    }
  }

  /// Reads the row groups.
  ///
  /// - Parameters:
  ///   - bytes: the metadata.
  ///   - columns: the columns that are read.
  /// - Returns: the row groups, with these columns alone.
  /// - Throws: a fault if the metadata is damaged.
  func rowGroups(
    _ bytes: UnsafeRawBufferPointer, columns: [ParquetColumn]
  ) throws(ParquetFault) -> [ParquetRowGroup] {
    guard let rowGroups else { return [] }
    var reader = unsafe ThriftReader(UnsafeRawBufferPointer(rebasing: bytes[rowGroups...]))
    let (kind, count) = try reader.list()
    guard kind == .structure || count == 0 else {
      throw .damaged("the row groups are not a list of structures")
    }
    var groups: [ParquetRowGroup] = []
    var firstRow = 0
    for _ in 0..<count {
      let group = try ParquetRowGroup(&reader, firstRow: firstRow, columns: columns)
      let (sum, overflow) = firstRow.addingReportingOverflow(group.rowCount)
      guard !overflow else { throw .damaged("the row groups have too many rows") }
      guard sum < Self.rowLimit else {
        throw .refused("the file has \(sum) rows, and fewer than \(Self.rowLimit) can be read")
      }
      firstRow = sum
      groups.append(group)
    }
    guard firstRow == rowCount else {
      throw .damaged("the row groups have \(firstRow) rows, and the file \(rowCount)")
    }
    return groups
  }
}
