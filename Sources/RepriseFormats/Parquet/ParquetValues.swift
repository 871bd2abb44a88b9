/// Decodes the values of the pages of one column.
///
/// Not thread-safe. The pages of a text column are read into the buffer of the chunk, and its strings
/// are ranges of them. Other columns keep their last page and dictionary, and their values are written
/// to the buffer as text.
@safe
final class ParquetValues {
  let column: ParquetColumn
  let reader: ParquetPageReader
  var pages: ParquetPages?
  var chunk: ParquetColumnChunk?
  private var own = PaddedBytes()
  private var ownPage: (offset: Int, page: ParquetPageReader.LoadedPage)?
  var dictionaryBytes = PaddedBytes()
  var dictionary: [ParquetCell] = []
  /// The offset of the dictionary in the file; nil if none is loaded.
  var dictionaryOffset: Int?
  var indexes: [UInt32] = []
  var integers: [Int64] = []
  var lengths: [Int64] = []
  var previous: [UInt8] = []

  /// Memory above this number of bytes is released after each page.
  static let retainedByteCount = 4 << 20
  /// The most bytes of values in one buffer.
  private static let limit = 1 << 31

  /// Creates a decoder of a column.
  init(_ column: ParquetColumn, _ reader: ParquetPageReader) {
    self.column = column
    self.reader = reader
  }

  /// Begins with a row group and a buffer.
  func begin(_ pages: ParquetPages, _ chunk: ParquetColumnChunk) {
    self.pages = pages
    self.chunk = chunk
    if column.isText { dictionaryOffset = nil }
  }

  /// Reads a page.
  func load(
    _ page: ParquetPages.Page, _ storage: inout PaddedBytes
  ) throws(ParquetFault) -> ParquetPageReader.LoadedPage {
    guard let chunk else { throw .damaged("it has no pages") }
    if column.isText { return try reader.load(page, chunk, column.leaf, into: &storage) }
    if let ownPage, ownPage.offset == page.offset { return ownPage.page }
    ownPage = nil
    own.reset(keeping: Self.retainedByteCount)
    let loaded = try reader.load(page, chunk, column.leaf, into: &own)
    ownPage = (page.offset, loaded)
    return loaded
  }

  /// Returns bytes of the loaded page, valid until the buffer grows.
  func bytes(_ range: Range<Int>, _ storage: borrowing PaddedBytes) -> UnsafeRawBufferPointer {
    // In bounds: ranges of a loaded page are within the buffer into which it was read.
    let all = unsafe UnsafeRawBufferPointer(column.isText ? storage.bytes : own.bytes)
    return unsafe UnsafeRawBufferPointer(rebasing: all[range])
  }

  /// Decodes some values of a page.
  ///
  /// - Parameters:
  ///   - page: the loaded page.
  ///   - skipped: the number of values before the first one that is wanted.
  ///   - count: the number of values.
  ///   - storage: the buffer for the values.
  ///   - cells: receives the values.
  /// - Throws: a fault if the page is damaged, or has an encoding that is not read.
  func read(
    _ page: ParquetPageReader.LoadedPage, skipping skipped: Int, count: Int,
    _ storage: inout PaddedBytes, into cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    if count == 0 { return }
    let wanted = skipped..<skipped + count
    switch (page.header.encoding, column.leaf.type) {
    case (0, .bytes): try readPlainBytes(page.values, wanted, &storage, &cells)
    case (0, .boolean): try readBooleans(page.values, wanted, &storage, &cells)
    case (0, _): try readFixed(page.values, wanted, &storage, &cells)
    case (2, _), (8, _): try readIndexes(page.values, wanted, &storage, &cells)
    case (3, .boolean): try readRuns(page.values, wanted, &storage, &cells)
    case (5, .int32), (5, .int64): try readDeltas(page, wanted, &storage, &cells)
    case (6, .bytes): try readLengths(page, wanted, &storage, &cells)
    case (7, .bytes), (7, .fixedBytes): try readPrefixes(page, wanted, &storage, &cells)
    case (9, .int32), (9, .int64), (9, .float), (9, .double), (9, .fixedBytes):
      try readSplit(page.values, wanted, &storage, &cells)
    default:
      throw .refused(
        "it has values in an encoding of number \(page.header.encoding), which is not read")
    }
  }

  static let early = ParquetFault.damaged("a page ends before its values")

  /// Adds a value that was read from elsewhere than the buffer.
  func write(
    _ value: UnsafeRawBufferPointer, _ storage: inout PaddedBytes, _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    guard storage.count + value.count < Self.limit else {
      throw .refused("it has more than 2 GiB for one range of rows, which is not read")
    }
    let position = storage.count
    if column.format.isBytes {
      unsafe storage.append(value)
    } else {
      var text = unsafe column.format.text(value)
      text.withUTF8 { unsafe storage.append(UnsafeRawBufferPointer($0)) }
    }
    cells.append(ParquetCell(position: position, byteCount: storage.count - position))
  }
}
