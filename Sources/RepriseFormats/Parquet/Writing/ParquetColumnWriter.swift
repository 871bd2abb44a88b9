/// Writes the values of a new column for one row group, in pages of about 1 MiB.
struct ParquetColumnWriter {
  let column: ParquetNewColumn
  private let codec: Int
  /// The pages that are complete.
  private(set) var pages: [UInt8] = []
  private var decompressedByteCount = 0
  private var valueCount = 0
  private var page: Page

  private static let pageByteCount = 1 << 20
  private static let pageValueCount = 1 << 16

  /// The page that is being filled.
  private struct Page {
    var repetition: ParquetRunWriter
    var definition: ParquetRunWriter
    var levelCount = 0
    var values: [UInt8] = []
    var booleanCount = 0

    init(_ column: ParquetNewColumn) {
      repetition = ParquetRunWriter(width: ParquetLevels.width(upTo: column.repetitionLevel))
      definition = ParquetRunWriter(width: ParquetLevels.width(upTo: column.definitionLevel))
    }
  }

  /// Begins a column.
  init(_ column: ParquetNewColumn, codec: Int) {
    self.column = column
    self.codec = codec
    page = Page(column)
  }

  /// Adds a value.
  ///
  /// - Parameters:
  ///   - value: the value; nil for a null, or for a list without elements.
  ///   - definition: the definition level if there is no value.
  ///   - repetition: 0 for the first value of a row; for others the level of the list that goes on.
  ///   - compressor: compresses a page that is full.
  /// - Throws: `outOfMemory` or `cannotClean`.
  mutating func add(
    _ value: ParquetNewColumn.Value?, definition: Int = 0, repetition: Int = 0,
    _ compressor: ParquetCompressor
  ) throws(CorpusError) {
    // A row begins on the page on which it ends.
    if repetition == 0,
      page.values.count >= Self.pageByteCount || page.levelCount >= Self.pageValueCount
    {
      try endPage(compressor)
    }
    page.repetition.append(UInt32(repetition))
    page.definition.append(UInt32(value == nil ? definition : column.definitionLevel))
    page.levelCount += 1
    switch value {
    case .text(let text):
      page.values.append(size: text.utf8.count)
      page.values += Array(text.utf8)
    case .integer(let number): page.values.append(word: UInt64(bitPattern: Int64(number)))
    case .number(let number): page.values.append(word: number.bitPattern)
    case .boolean(let isTrue):
      if page.booleanCount & 7 == 0 { page.values.append(0) }
      if isTrue { page.values[page.values.count - 1] |= 1 << UInt8(page.booleanCount & 7) }
      page.booleanCount += 1
    case nil: break
    }
  }

  /// The size of all pages and values so far in bytes.
  var byteCount: Int { pages.count + page.values.count }

  /// Ends the column.
  ///
  /// - Parameters:
  ///   - offset: where the pages will be in the file.
  ///   - compressor: compresses the last page.
  /// - Returns: the fields of the column in the metadata, and the sizes of its pages in bytes.
  /// - Throws: `outOfMemory` or `cannotClean`.
  mutating func finish(
    at offset: Int, _ compressor: ParquetCompressor
  ) throws(CorpusError) -> (fields: ThriftFields, decompressed: Int, stored: Int) {
    if page.levelCount > 0 { try endPage(compressor) }
    let sizes = (decompressed: decompressedByteCount, stored: pages.count)
    let fields = column.metadata(
      valueCount: valueCount, sizes: sizes, codec: codec, offset: offset)
    return (fields, sizes.decompressed, sizes.stored)
  }

  private mutating func endPage(_ compressor: ParquetCompressor) throws(CorpusError) {
    var content: [UInt8] = []
    if column.repetitionLevel > 0 { content.append(sized: page.repetition.finish()) }
    if column.definitionLevel > 0 { content.append(sized: page.definition.finish()) }
    content += page.values
    let body = try compressor.compress(content, codec: codec)
    let data = ThriftFields([
      (1, .int32(page.levelCount)), (2, .int32(ParquetNewColumn.plain)),
      (3, .int32(ParquetPageHeader.runs)), (4, .int32(ParquetPageHeader.runs)),
    ])
    let header = ThriftFields([
      (1, .int32(0)), (2, .int32(content.count)), (3, .int32(body.count)), (5, .structure(data)),
    ])
    let start = pages.count
    header.write(to: &pages)
    decompressedByteCount += pages.count - start + content.count
    pages += body
    valueCount += page.levelCount
    page = Page(column)
  }
}

extension [UInt8] {
  /// Appends bytes with their size before them.
  mutating func append(sized bytes: [UInt8]) {
    append(size: bytes.count)
    self += bytes
  }

  fileprivate mutating func append(word: UInt64) {
    for shift in stride(from: UInt64(0), to: 64, by: 8) {
      append(UInt8(truncatingIfNeeded: word >> shift))
    }
  }
}
