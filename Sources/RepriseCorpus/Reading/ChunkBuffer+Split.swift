extension ChunkBuffer {
  /// Cuts bytes that are all in the buffer, from a position to its end, into records.
  ///
  /// - Throws: Nothing in fact, since nothing has to be read.
  func split(
    from position: Int, offset: Int, source: SourceFile, options: ReadingOptions
  ) throws(CorpusError) {
    let window = Window(
      loadedIn: self, at: position, offset: offset, path: source.path, options: options)
    if source.format == .text, options.articleRule == nil {
      addWhole(window, limit: options.maximumRecordByteCount)
    } else {
      try split(window, format: source.format, options: options)
    }
  }

  /// Cuts a window's range into lines or articles.
  func split(
    _ window: Window, format: RecordFormat, options: ReadingOptions
  ) throws(CorpusError) {
    let limit = options.maximumRecordByteCount
    switch (format, options.articleRule) {
    case (.text, let rule?): try ArticleSplitter.split(window, rule: rule, limit: limit)
    default: try LineSplitter.split(window, limit: limit)
    }
  }

  /// Makes one record of a whole file, which may be empty.
  private func addWhole(_ window: Window, limit: Int) {
    if window.owned.count > limit {
      report(.recordTooLong(limit: limit, path: window.path, offset: 0), endsSource: true)
    } else {
      records.append(
        Record(
          position: window.position(0), byteCount: window.owned.count, offset: 0, line: 0,
          part: parts.count - 1, terminatorByteCount: 0,
          startsWithByteOrderMark: window.startsWithByteOrderMark(window.owned)))
    }
    closePart(lineFeedCount: 0)
  }
}
