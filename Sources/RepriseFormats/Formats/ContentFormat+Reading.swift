extension ContentFormat {
  /// Recognizes the format of an input by its first bytes.
  ///
  /// - Parameters:
  ///   - head: the first bytes as UTF-8, after decompression: at least ``searchedByteCount`` unless
  ///     there are fewer.
  ///   - isWhole: true if there are no more.
  ///   - input: the input.
  ///   - options: the options for reading it.
  /// - Returns: the format in which it is read.
  /// - Throws: `otherFormat` if it is not read.
  static func recognize(
    _ head: UnsafeRawBufferPointer, isWhole: Bool, of input: InputFile, _ options: ReadingOptions
  ) throws(CorpusError) -> RecordFormat {
    let format = unsafe try recognized(head, isWhole: isWhole, of: input, options)
    guard format != .parquet || !input.isPipe && input.compression == .none else {
      throw CorpusError(
        .otherFormat,
        "this is a Parquet file \(input.isPipe ? "from a pipe" : "that is compressed as a whole"), "
          + "which is not read", path: input.path)
    }
    return format
  }

  private static func recognized(
    _ head: UnsafeRawBufferPointer, isWhole: Bool, of input: InputFile, _ options: ReadingOptions
  ) throws(CorpusError) -> RecordFormat {
    guard options.detectsFormats else { return input.format }
    let start = unsafe UnsafeRawBufferPointer(rebasing: head.prefix(searchedByteCount))
    let found = unsafe find(
      start, isWhole: isWhole && head.count <= searchedByteCount, name: input.path,
      named: input.format, rules: options.tableRules)
    return try found.format(of: input)
  }

  /// Recognizes the layout of an input by its first bytes, as ``recognize(_:isWhole:of:_:)`` does.
  ///
  /// - Throws: `otherFormat` if it is not read, and what is wrong with the header of a table.
  static func layout(
    _ head: UnsafeRawBufferPointer, isWhole: Bool, of input: InputFile, _ options: ReadingOptions
  ) throws(CorpusError) -> RecordLayout {
    unsafe try RecordLayout(
      recognize(head, isWhole: isWhole, of: input, options), head, isWhole: isWhole,
      of: input.path, options.tableRules)
  }

  /// Refuses an input by its first bytes as they are stored, before they are converted to UTF-8.
  ///
  /// - Throws: `otherFormat`.
  static func refuse(
    _ head: UnsafeRawBufferPointer, of input: InputFile, _ options: ReadingOptions
  ) throws(CorpusError) {
    guard options.detectsFormats else { return }
    _ = unsafe try refused(head)?.format(of: input)
  }

  private func format(of input: InputFile) throws(CorpusError) -> RecordFormat {
    switch self {
    case .read(let format): return format
    case .refused(let sentence): throw CorpusError(.otherFormat, sentence, path: input.path)
    }
  }
}

extension ChunkBuffer {
  /// Notes how the current slice's input is read.
  func note(_ layout: RecordLayout, of input: InputFile) {
    slices[slices.count - 1].layout = layout
    if layout.format != input.format { slices[slices.count - 1].facts.format = layout.format }
  }
}
