/// The pages of one column in one row group.
struct ParquetPages: Sendable {
  /// Where a page is.
  struct Page: Sendable {
    /// The offset of its header in the file.
    let offset: Int
    /// The size of header and page as stored.
    let byteCount: Int
    /// The size of the decompressed page in bytes.
    let decompressedByteCount: Int
    /// The number of rows of the row group that begin before it.
    let firstRow: Int
    /// The number of rows that begin on it.
    let rowCount: Int
  }

  /// The pages with values, in order.
  private(set) var pages: [Page] = []
  /// The page with the dictionary; nil if there is none.
  private(set) var dictionary: Page?
  /// Why there are no more pages; nil if all were found.
  private(set) var fault: ParquetFault?
  /// The number of rows that begin on the pages.
  private(set) var rowCount = 0

  /// Finds the pages.
  ///
  /// - Parameters:
  ///   - chunk: the column in the row group.
  ///   - leaf: the column.
  ///   - rowCount: the number of rows of the row group.
  ///   - reader: reads the headers.
  /// - Complexity: O(pages), and O(bytes) for a list whose page headers do not state rows.
  init(
    of chunk: ParquetColumnChunk, _ leaf: ParquetLeaf, rowCount: Int,
    _ reader: ParquetPageReader
  ) {
    do throws(ParquetFault) {
      try find(chunk, leaf, rowCount, reader)
      guard self.rowCount == rowCount else {
        throw .damaged("it has \(self.rowCount) rows, and its row group \(rowCount)")
      }
    } catch {
      fault = error
    }
  }

  private mutating func find(
    _ chunk: ParquetColumnChunk, _ leaf: ParquetLeaf, _ limit: Int,
    _ reader: ParquetPageReader
  ) throws(ParquetFault) {
    let end = chunk.bytes.upperBound
    guard !chunk.bytes.isEmpty || chunk.valueCount == 0, end <= reader.byteCount else {
      throw .damaged("its pages are not within the file")
    }
    var offset = chunk.bytes.lowerBound
    var valueCount = 0
    while valueCount < chunk.valueCount {
      guard offset < end else { throw .damaged("its pages end early") }
      let header = try reader.header(at: offset, end: end)
      let byteCount = header.byteCount + header.storedByteCount
      guard byteCount <= end - offset else { throw .damaged("a page ends after its column") }
      var page = Page(
        offset: offset, byteCount: byteCount, decompressedByteCount: header.pageByteCount,
        firstRow: rowCount, rowCount: 0)
      offset += byteCount
      switch header.kind {
      case .other: continue
      case .dictionary:
        if dictionary == nil, pages.isEmpty { dictionary = page }
        continue
      case .data, .dataV2: break
      }
      guard header.valueCount <= chunk.valueCount - valueCount else {
        throw .damaged("a page has more values than its column")
      }
      guard header.valueCount <= ParquetPageReader.valueLimit else {
        throw ParquetPageReader.tooManyValues
      }
      valueCount += header.valueCount
      let count = try Self.rowCount(page, header, chunk, leaf, reader)
      guard count <= limit - rowCount else {
        throw .damaged("a page has more rows than its row group")
      }
      page = Page(
        offset: page.offset, byteCount: byteCount,
        decompressedByteCount: header.pageByteCount, firstRow: rowCount, rowCount: count)
      rowCount += count
      pages.append(page)
    }
  }

  private static func rowCount(
    _ page: Page, _ header: ParquetPageHeader, _ chunk: ParquetColumnChunk,
    _ leaf: ParquetLeaf, _ reader: ParquetPageReader
  ) throws(ParquetFault) -> Int {
    guard leaf.repetitionLevel > 0 else {
      guard header.rowCount ?? header.valueCount == header.valueCount else {
        throw .damaged("a page has another number of rows than of values")
      }
      return header.valueCount
    }
    if let stated = header.rowCount {
      guard stated <= header.valueCount else {
        throw .damaged("a page has more rows than values")
      }
      return stated
    }
    return try reader.rowCount(of: page, chunk, leaf)
  }

  /// Returns the index of the page on which a row begins.
  ///
  /// - Complexity: O(log pages).
  func page(ofRow row: Int) -> Int {
    var (low, high) = (0, pages.count)
    while low < high {
      let middle = (low + high) / 2
      if pages[middle].firstRow <= row { low = middle + 1 } else { high = middle }
    }
    return max(0, low - 1)
  }
}
