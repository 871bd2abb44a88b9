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
    if layout == .text, options.articleRule == nil {
      addWhole(loaded, limit: options.maximumRecordByteCount)
    } else {
      try split(loaded, layout: layout, options: options)
    }
  }

  /// Splits a loaded range into lines, articles, rows or the elements of an array.
  func split(
    _ loaded: LoadedRange, layout: RecordLayout, options: ReadingOptions
  ) throws(CorpusError) {
    let limit = options.maximumRecordByteCount
    switch (layout, options.articleRule) {
    case (.text, let rule?): try ArticleSplitter.split(loaded, rule: rule, limit: limit)
    case (.jsonArray, _): ArraySplitter.split(loaded, limit: limit)
    case (.table(let header), _): RowSplitter.split(loaded, header, limit: limit)
    default: try LineSplitter.split(loaded, limit: limit)
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
