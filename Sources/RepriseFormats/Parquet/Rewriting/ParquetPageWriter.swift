/// Writes pages of a file, each of the same version and with the same codec as it was.
///
/// Not thread-safe.
final class ParquetPageWriter {
  private let reader: ParquetPageReader
  private let compressor: ParquetCompressor
  private let output: EncodedStream

  private static let pieceByteCount = 256 << 10

  /// Creates a writer of an output.
  init(
    _ reader: ParquetPageReader, _ output: EncodedStream, _ compressor: ParquetCompressor
  ) {
    self.reader = reader
    self.output = output
    self.compressor = compressor
  }

  /// The number of bytes of the output so far.
  var offset: Int { Int(output.byteCount) }

  /// Writes bytes.
  ///
  /// - Throws: `cannotWrite`.
  func write(_ bytes: [UInt8]) throws(CorpusError) {
    try unsafe bytes.span.withUnsafeBytes { bytes throws(CorpusError) in
      unsafe try output.write(bytes)
    }
  }

  /// Copies bytes of the file.
  ///
  /// - Throws: `changed`, `cannotRead` or `cannotWrite`.
  func copy(_ range: Range<Int>) throws(CorpusError) {
    var start = range.lowerBound
    while start < range.upperBound {
      let count = min(Self.pieceByteCount, range.upperBound - start)
      let piece: [UInt8]
      do throws(ParquetFault) { piece = try reader.bytes(at: start, count: count) } catch {
        throw CorpusError(error.reason, error.detail)
      }
      try write(piece)
      start += count
    }
  }

  /// Writes a page that was filtered.
  ///
  /// - Parameters:
  ///   - page: the page.
  ///   - fields: the header of the page as it was.
  ///   - codec: the number of the codec of its column.
  /// - Returns: the size of its header and its decompressed content in bytes.
  /// - Throws: `cannotClean` if the page is too large, or its header is damaged; `outOfMemory` or
  ///   `cannotWrite`.
  func write(
    _ page: ParquetFilteredPage, _ fields: ThriftFields, codec: Int
  ) throws(CorpusError) -> Int {
    let isV2 = page.header.kind == .dataV2
    let levels = isV2 ? page.repetition + page.definition : Self.levels(page)
    let byteCount = levels.count + page.values.count
    guard byteCount <= ParquetStringWriter.limit else {
      throw CorpusError(.cannotClean, "a page would have more than 2 GiB")
    }
    // Readers differ on what compressed values of no bytes are, so these are stored.
    let isCompressed = !isV2 || page.header.isCompressed && !page.values.isEmpty
    let body =
      isV2
      ? levels
        + (isCompressed ? try compressor.compress(page.values, codec: codec) : page.values)
      : try compressor.compress(levels + page.values, codec: codec)
    let header: [UInt8]
    do throws(ParquetFault) {
      header = try Self.header(
        page, fields, sizes: (byteCount, body.count), isCompressed: isCompressed, body)
    } catch {
      throw CorpusError(.cannotClean, error.detail)
    }
    try write(header)
    try write(body)
    return header.count + byteCount
  }

  /// The levels of a page of version 1, each with its size before it.
  private static func levels(_ page: ParquetFilteredPage) -> [UInt8] {
    var bytes: [UInt8] = []
    for levels in [page.repetition, page.definition] where !levels.isEmpty {
      bytes.append(size: levels.count)
      bytes += levels
    }
    return bytes
  }

  private static func header(
    _ page: ParquetFilteredPage, _ fields: ThriftFields, sizes: (whole: Int, stored: Int),
    isCompressed: Bool, _ body: [UInt8]
  ) throws(ParquetFault) -> [UInt8] {
    var fields = fields
    fields.set(2, .int32(sizes.whole))
    fields.set(3, .int32(sizes.stored))
    let checksum = unsafe body.span.withUnsafeBytes { unsafe ParquetPageReader.checksum($0) }
    fields.update(4, .int32(Int(Int32(bitPattern: checksum))))
    let isV2 = page.header.kind == .dataV2
    guard var data = try fields.structure(isV2 ? 8 : 5) else {
      throw .damaged("a page header lacks the header of its data")
    }
    data.set(1, .int32(page.levelCount))
    if isV2 {
      data.set(2, .int32(page.nullCount))
      data.set(3, .int32(page.rowCount))
      data.set(4, .int32(page.encoding))
      data.set(5, .int32(page.definition.count))
      data.set(6, .int32(page.repetition.count))
      data.set(7, .boolean(isCompressed))
      data.remove(8)
    } else {
      data.set(2, .int32(page.encoding))
      data.set(3, .int32(ParquetPageHeader.runs))
      data.set(4, .int32(ParquetPageHeader.runs))
      data.remove(5)
    }
    fields.set(isV2 ? 8 : 5, .structure(data))
    var bytes: [UInt8] = []
    fields.write(to: &bytes)
    return bytes
  }
}
