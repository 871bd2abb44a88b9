/// A Parquet file with the columns of its documents.
///
/// The metadata is checked when it is opened. Pages are read by ``ParquetRows``.
final class ParquetFile: Sendable {
  /// Rows of a row group that are read together.
  struct Piece: Sendable {
    let group: Int
    let rows: Range<Int>
  }

  let file: SharedFile
  /// The size of the file in bytes.
  let byteCount: Int
  let schema: ParquetSchema
  let selection: ParquetSelection
  let groups: [ParquetRowGroup]
  /// The pieces of the file in the order of its rows.
  let pieces: [Piece]
  /// The pages of row groups with several pieces.
  private let pages: [[ParquetPages]?]

  /// The fixed bytes at both ends of a file.
  static let mark: [UInt8] = Array("PAR1".utf8)
  /// The number of bytes after the metadata: its size, and the fixed bytes.
  static let tailByteCount = 8
  /// The largest metadata.
  private static let metadataLimit = 512 << 20
  /// The highest number of rows in a piece.
  private static let rowLimit = 1 << 16

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - byteCount: its size in bytes.
  ///   - fields: the fields of a document.
  ///   - pieceByteCount: the bytes of decompressed text in a piece; one has at least a page.
  /// - Throws: `corrupt` for damaged metadata, `other-format` for a kind of file that is not read,
  ///   `missing-text` or `text-not-a-string` if the text is no column of strings.
  init(
    _ file: SharedFile, byteCount: Int, fields: DocumentFields, pieceByteCount: Int
  ) throws(CorpusError) {
    self.file = file
    self.byteCount = byteCount
    let reader = ParquetPageReader(file, byteCount: byteCount)
    do throws(ParquetFault) {
      let bytes = try Self.metadata(reader)
      (schema, selection, groups) = try unsafe bytes.span.withUnsafeBytes {
        bytes throws(ParquetFault) in
        let metadata = unsafe try ParquetMetadata(bytes)
        let schema = try ParquetSchema(metadata.schema)
        guard !metadata.isEncrypted else {
          throw .refused("the Parquet file is encrypted, which is not read")
        }
        let selection = try ParquetSelection(fields, in: schema)
        let groups = unsafe try metadata.rowGroups(bytes, columns: selection.columns)
        return (schema, selection, groups)
      }
      for group in groups { try Self.check(group, selection.columns) }
    } catch {
      throw error.error(file.path)
    }
    (pieces, pages) = Self.divided(groups, selection, pieceByteCount, reader)
  }

  /// Reads the metadata at the end of a file.
  static func metadata(_ reader: ParquetPageReader) throws(ParquetFault) -> [UInt8] {
    let encrypted = Array("PARE".utf8)
    let head = try reader.bytes(at: 0, count: min(mark.count, reader.byteCount))
    guard head == mark || head == encrypted else {
      throw .damaged("the file is not a Parquet file")
    }
    guard reader.byteCount >= mark.count + tailByteCount else {
      throw .damaged("the Parquet file ends early")
    }
    let tail = try reader.bytes(at: reader.byteCount - tailByteCount, count: tailByteCount)
    guard head != encrypted, !tail.suffix(mark.count).elementsEqual(encrypted) else {
      throw .refused("the Parquet file is encrypted, which is not read")
    }
    guard tail.suffix(mark.count).elementsEqual(mark) else {
      throw .damaged("the Parquet file ends early")
    }
    let count = (0..<4).reduce(0) { $0 | Int(tail[$1]) << (8 * $1) }
    guard count <= reader.byteCount - tailByteCount - mark.count else {
      throw .damaged("the metadata of the Parquet file has \(count) bytes, more than the file")
    }
    guard count <= metadataLimit else {
      throw .refused("the metadata of the Parquet file has \(count) bytes, which is not read")
    }
    return try reader.bytes(at: reader.byteCount - tailByteCount - count, count: count)
  }

  private static func check(
    _ group: ParquetRowGroup, _ columns: [ParquetColumn]
  ) throws(ParquetFault) {
    for (chunk, column) in zip(group.chunks, columns) {
      var refusal = chunk.refusal
      if refusal == nil {
        do throws(ParquetFault) { try ParquetCodec.check(chunk.codec) } catch {
          refusal = error.detail
        }
      }
      if let refusal {
        throw .refused("the column \"\(column.leaf.name)\" cannot be read: \(refusal)")
      }
    }
  }

  private static func divided(
    _ groups: [ParquetRowGroup], _ selection: ParquetSelection, _ pieceByteCount: Int,
    _ reader: ParquetPageReader
  ) -> (pieces: [Piece], pages: [[ParquetPages]?]) {
    var pieces: [Piece] = []
    var pages: [[ParquetPages]?] = []
    for (index, group) in groups.enumerated() {
      let sizes = selection.text.map { group.chunks[$0.column].decompressedByteCount }
      let isSmall = sizes.allSatisfy { $0 <= pieceByteCount } && group.rowCount <= rowLimit
      guard !isSmall else {
        pages.append(nil)
        pieces.append(Piece(group: index, rows: 0..<group.rowCount))
        continue
      }
      let found = Self.pages(of: group, selection.columns, reader)
      pages.append(found)
      let guide = selection.text.max {
        group.chunks[$0.column].decompressedByteCount
          < group.chunks[$1.column].decompressedByteCount
      }
      guard let guide else { continue }
      pieces += divided(found[guide.column], group, pieceByteCount).map {
        Piece(group: index, rows: $0)
      }
    }
    return (pieces, pages)
  }

  /// Divides the rows of a row group where its pages begin, and where there are too many.
  private static func divided(
    _ pages: ParquetPages, _ group: ParquetRowGroup, _ byteCount: Int
  ) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    func close(at end: Int) {
      while end - start > rowLimit {
        ranges.append(start..<start + rowLimit)
        start += rowLimit
      }
      if end > start { ranges.append(start..<end) }
      start = end
    }
    var filled = 0
    for page in pages.pages {
      if filled >= byteCount, page.firstRow > start {
        close(at: page.firstRow)
        filled = 0
      }
      filled += page.decompressedByteCount
    }
    close(at: pages.rowCount)
    // Rows without pages are lost, and reported with the last ones.
    let last = ranges.popLast() ?? 0..<0
    return ranges + [last.lowerBound..<group.rowCount]
  }

  private static func pages(
    of group: ParquetRowGroup, _ columns: [ParquetColumn], _ reader: ParquetPageReader
  ) -> [ParquetPages] {
    zip(group.chunks, columns).map { chunk, column in
      ParquetPages(of: chunk, column.leaf, rowCount: group.rowCount, reader)
    }
  }

  /// Returns the pages of the columns in a row group.
  func pages(ofGroup index: Int, _ reader: ParquetPageReader) -> [ParquetPages] {
    pages[index] ?? Self.pages(of: groups[index], selection.columns, reader)
  }
}
