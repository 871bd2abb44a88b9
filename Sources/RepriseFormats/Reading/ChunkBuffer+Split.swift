extension ChunkBuffer {
  /// Splits the bytes from a position to the end of the buffer into records.
  ///
  /// - Throws: never in practice, because nothing must be read.
  func split(
    from position: Int, offset: Int, path: BytePath, layout: RecordLayout,
    options: ReadingOptions
  ) throws(CorpusError) {
    let loaded = LoadedRange(
      loadedIn: self, at: position, offset: offset, path: path, options: options)
    try split(loaded, layout: layout, options: options)
  }

  /// Splits a loaded range into lines, articles, rows or the elements of an array; a text without
  /// articles is one record, and all of it is loaded.
  func split(
    _ loaded: LoadedRange, layout: RecordLayout, options: ReadingOptions
  ) throws(CorpusError) {
    let limit = options.maximumRecordByteCount
    switch layout {
    case .text:
      guard let rule = options.articleRule else { return addWhole(loaded, limit: limit) }
      try ArticleSplitter.split(loaded, rule: rule, limit: limit)
    case .jsonLines: try LineSplitter.split(loaded, limit: limit)
    case .jsonArray: ArraySplitter.split(loaded, limit: limit)
    case .table(let header): RowSplitter.split(loaded, header, limit: limit)
    case .rows: preconditionFailure("the rows of a Parquet file are not split from bytes")
    }
  }

  /// Makes a whole file one record, even if it is empty.
  private func addWhole(_ loaded: LoadedRange, limit: Int) {
    if loaded.owned.count > limit {
      report(.recordTooLong(limit: limit, path: loaded.path, offset: 0), endsInput: true)
    } else {
      records.append(
        Record(
          position: loaded.position(0), byteCount: loaded.owned.count, offset: 0, line: 0,
          slice: slices.count - 1, terminatorByteCount: 0,
          startsWithByteOrderMark: loaded.startsWithByteOrderMark(loaded.owned)))
    }
    closeSlice(lineFeedCount: 0)
  }
}
