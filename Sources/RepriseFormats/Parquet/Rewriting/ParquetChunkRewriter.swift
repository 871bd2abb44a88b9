/// Writes the columns of row groups again, without the values of removed rows.
///
/// Not thread-safe.
final class ParquetChunkRewriter {
  private let file: ParquetFile
  private let reader: ParquetPageReader
  private let writer: ParquetPageWriter

  /// Creates a rewriter of a file.
  init(_ file: ParquetFile, _ reader: ParquetPageReader, _ writer: ParquetPageWriter) {
    self.file = file
    self.reader = reader
    self.writer = writer
  }

  /// A column in one row group.
  struct Column {
    /// The fields of the column in the metadata.
    let fields: ThriftFields
    let leaf: ParquetLeaf
    /// The index of the row group.
    let group: Int
    /// The values that are cut.
    let trims: ParquetValueTrims
  }

  /// Writes the pages of a column.
  ///
  /// - Returns: the fields of the column for the new metadata, and the sizes of its pages in bytes.
  /// - Throws: `cannotClean` if a page is damaged that has to be written again, or the column has a
  ///   form that is not read; errors of reading and writing.
  func rewrite(
    _ column: Column, _ changes: ParquetRowChanges
  ) throws(CorpusError) -> (fields: ThriftFields, decompressed: Int, stored: Int) {
    var metadata = ThriftFields()
    let chunk = try checked(column) { () throws(ParquetFault) in
      metadata = try column.fields.structure(3) ?? ThriftFields()
      var bytes: [UInt8] = []
      column.fields.write(to: &bytes)
      let chunk = unsafe try bytes.span.withUnsafeBytes { bytes throws(ParquetFault) in
        var reader = unsafe ThriftReader(bytes)
        return try ParquetColumnChunk(&reader)
      }
      if let refusal = chunk.refusal { throw .refused(refusal) }
      guard !chunk.bytes.isEmpty || chunk.valueCount == 0,
        chunk.bytes.upperBound <= reader.byteCount
      else {
        throw .damaged("its pages are not within the file")
      }
      return chunk
    }
    let start = writer.offset
    var footer = ParquetChunkFooter(metadata)
    if changes.removed.isEmpty, column.trims.trims.isEmpty {
      try writer.copy(chunk.bytes)
      try checked(column) { () throws(ParquetFault) in
        try footer.move(by: start - chunk.bytes.lowerBound)
      }
    } else {
      try write(column, chunk, changes, &footer)
    }
    return (footer.column(column.fields), footer.decompressedByteCount, writer.offset - start)
  }

  private func write(
    _ column: Column, _ chunk: ParquetColumnChunk, _ changes: ParquetRowChanges,
    _ footer: inout ParquetChunkFooter
  ) throws(CorpusError) {
    let leaf = column.leaf
    let pages = try checked(column) { () throws(ParquetFault) in
      try ParquetCodec.check(chunk.codec)
      let pages = ParquetPages(of: chunk, leaf, rowCount: changes.rowCount, reader)
      if let fault = pages.fault { throw fault }
      return pages
    }
    let start = writer.offset
    if let page = pages.dictionary {
      let header = try checked(column) { () throws(ParquetFault) in
        try reader.header(at: page.offset, end: chunk.bytes.upperBound)
      }
      footer.add(header, header.encoding, byteCount: header.byteCount + header.pageByteCount)
      try writer.copy(page.offset..<page.offset + page.byteCount)
    }
    let dataStart = writer.offset
    let text = file.selection.columns.first { $0.leaf == leaf && $0.isText }
    let filter = ParquetPageFilter(
      chunk, leaf, changes, column.trims, countsNulls: footer.hasNullCount, reader,
      ParquetDictionary(text, pages, chunk, reader))
    for page in pages.pages {
      let outcome = try checked(column) { () throws(ParquetFault) in try filter.filter(page) }
      switch outcome {
      case .isRemoved: continue
      case .isCopied:
        let header = try checked(column) { () throws(ParquetFault) in
          try reader.header(at: page.offset, end: chunk.bytes.upperBound)
        }
        footer.add(header, header.encoding, byteCount: header.byteCount + header.pageByteCount)
        try writer.copy(page.offset..<page.offset + page.byteCount)
      case .isWritten(let filtered):
        let fields = try checked(column) { () throws(ParquetFault) in
          try headerFields(filtered.header, at: page.offset)
        }
        let byteCount = try writer.write(filtered, fields, codec: chunk.codec)
        footer.add(
          filtered.header, filtered.encoding, levelCount: filtered.levelCount,
          byteCount: byteCount)
      }
    }
    try checked(column) { () throws(ParquetFault) in
      try filter.finish()
      try footer.finish(
        dictionary: pages.dictionary == nil ? nil : start, data: dataStart,
        byteCount: writer.offset - start, removedNullCount: filter.removedNullCount,
        isTrimmed: !column.trims.trims.isEmpty)
    }
  }

  private func headerFields(
    _ header: ParquetPageHeader, at offset: Int
  ) throws(ParquetFault) -> ThriftFields {
    let bytes = try reader.bytes(at: offset, count: header.byteCount)
    return unsafe try bytes.span.withUnsafeBytes { bytes throws(ParquetFault) in
      var reader = unsafe ThriftReader(bytes)
      return try ThriftFields(&reader)
    }
  }

  /// Adds column and row group to a fault.
  private func checked<Result>(
    _ column: Column, _ body: () throws(ParquetFault) -> Result
  ) throws(CorpusError) -> Result {
    do throws(ParquetFault) {
      return try body()
    } catch {
      throw .cannotRewrite(
        file.file.path, error, "column \"\(column.leaf.name)\" of row group \(column.group)")
    }
  }
}

extension CorpusError {
  /// The error of a part of a Parquet file that has to be written again, and cannot be read.
  static func cannotRewrite(_ path: BytePath, _ fault: ParquetFault, _ part: String) -> Self {
    let isContent = fault.reason == .corrupt || fault.reason == .otherFormat
    return Self(
      isContent ? .cannotClean : fault.reason, "\(part) cannot be written again: \(fault.detail)",
      path: path)
  }
}
