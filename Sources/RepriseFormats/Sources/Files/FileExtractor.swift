internal import RepriseEngine

/// Extracts the documents of the chunks of files.
final class FileExtractor: DocumentExtractor {
  private let source: FileSource
  private let splitsArticles: Bool
  private let chunk = ChunkBuffer()
  private var reader: DocumentReader
  private(set) var batch = SourceBatch()

  init(_ source: FileSource) {
    self.source = source
    splitsArticles = source.reader.options.articleRule != nil
    reader = DocumentReader(source.fields)
  }

  func next() throws(CorpusError) -> Bool {
    guard try source.reader.next(into: chunk) else { return false }
    batch = SourceBatch(chunk)
    return true
  }

  func forEach(
    inSlice index: Int, _ body: (SourceItem) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    let slice = chunk.slices[index]
    // Problems are given in order of their offsets among the records, and the end of an input last.
    var rest = chunk.records[slice.records]
    var hasLostRecords = false
    for found in chunk.problems where found.slice == index {
      let byte = found.endsInput ? .max : found.row ?? found.error.byte ?? 0
      while let record = rest.first, record.offset < byte {
        try extract(rest.removeFirst(), of: slice, index, body)
      }
      try body(item(found, of: slice, hasLostRecords: hasLostRecords))
      hasLostRecords = hasLostRecords || found.lostRecord != nil
    }
    for record in rest { try extract(record, of: slice, index, body) }
  }

  private func extract(
    _ record: Record, of slice: InputSlice, _ index: Int,
    _ body: (SourceItem) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    let input = slice.input
    if let values = chunk.rows[index] { return try body(row(record, values, ofInput: input)) }
    let isWholeInput = slice.layout == .text && !splitsArticles
    do throws(DocumentReader.Failure) {
      unsafe try reader.read(chunk.bytes(of: record), slice.layout, isFirst: record.offset == 0)
    } catch {
      let item =
        error.reason == .blankRecord
        ? .blankLine : unreadable(record, of: input, isWholeInput: isWholeInput, error)
      return try body(item)
    }
    let id = unsafe reader.id()
    try body(
      .document(
        unsafe SourceDocument(
          locator: record.locator(ofInput: input), line: record.line + 1,
          isWholeInput: isWholeInput, text: reader.text, id: id, orderTexts: reader.orderTexts,
          loneSurrogateCount: reader.loneSurrogateCount, mayBeBinary: slice.layout == .text)))
  }

  /// Returns the item of a row of a table.
  private func row(_ record: Record, _ values: RowValues, ofInput input: Int) -> SourceItem {
    let locator = record.locator(ofInput: input)
    if let missing = values.missing[record.line] {
      let names = source.fields.text.map { "\"\($0)\"" }.joined(separator: ", ")
      let problem = Problem(
        source: source.inputNames[input], line: record.line + 1,
        reason: missing == .null ? .textNotString : .missingText,
        message: missing == .null
          ? "Column \(names) is null, not a string." : "The row has no value in column \(names).")
      return .unreadable(locator, line: record.line + 1, problem)
    }
    return .document(
      unsafe SourceDocument(
        locator: locator, line: record.line + 1, isWholeInput: false,
        text: chunk.bytes(of: record), id: chunk.bytes(of: values.id(ofRow: record.line)),
        orderTexts: values.orders.map { orderText($0, ofRow: record.line) },
        loneSurrogateCount: 0, mayBeBinary: false))
  }

  private func orderText(_ order: RowValues.Order, ofRow row: Int) -> String? {
    switch order {
    case .missing: return nil
    case .unusable(let kind): return kind
    case .cells(let cells):
      let cell = row < cells.count ? cells[row] : .lost
      if cell == .null { return "null" }
      guard cell.isValue else { return nil }
      return unsafe String(decoding: chunk.bytes(of: cell), as: UTF8.self)
    }
  }

  private func unreadable(
    _ record: Record, of input: Int, isWholeInput: Bool, _ failure: DocumentReader.Failure
  ) -> SourceItem {
    .unreadable(
      record.locator(ofInput: input), line: isWholeInput ? 0 : record.line + 1,
      Problem(
        source: source.inputNames[input], line: record.line + 1,
        byte: Int(clamping: record.offset) + (failure.byte ?? 0), reason: failure.reason,
        message: failure.message))
  }

  /// Returns the item of a problem of the reader.
  ///
  /// A lost record, or an input from which nothing could be read, also counts as a document.
  private func item(
    _ found: ChunkProblem, of slice: InputSlice, hasLostRecords: Bool
  ) -> SourceItem {
    var problem = Problem(found.error)
    problem.source = source.inputNames[slice.input]
    if let line = found.line { problem.line = line + 1 }
    if let lost = found.lostRecord {
      let locator = DocumentLocator(
        input: slice.input, position: found.row ?? found.error.byte ?? 0, extent: lost.extent)
      return .unreadable(locator, line: (found.line ?? 0) + 1, problem)
    }
    guard found.endsInput, slice.offset == 0, slice.records.isEmpty, !hasLostRecords else {
      return .problem(problem)
    }
    let byteCount = UInt32(clamping: source.inputs[slice.input].byteCount)
    return .unreadable(
      DocumentLocator(input: slice.input, position: 0, extent: byteCount), line: 0, problem)
  }
}

extension Record {
  /// Returns the locator of a record of an input.
  fileprivate func locator(ofInput input: Int) -> DocumentLocator {
    DocumentLocator(input: input, position: offset, extent: UInt32(clamping: byteCount))
  }
}

extension LostRecord {
  /// The extent of a record that was skipped.
  fileprivate var extent: UInt32 {
    switch self {
    case .bytes(let count): UInt32(clamping: count)
    case .upToNext: DocumentLocator.unknownExtent
    }
  }
}

extension SourceBatch {
  /// Describes a chunk.
  fileprivate init(_ chunk: ChunkBuffer) {
    inputs = chunk.inputs
    index = chunk.index
    isLast = chunk.isLast
    slices = chunk.slices
    hasFailedInput = chunk.problems.contains {
      CorpusError.Reason.ofFailedInputs.contains($0.error.reason)
    }
    for record in chunk.records {
      byteCount += record.byteCount
      if record.byteCount > Int(largest?.extent ?? 0) {
        largest = record.locator(ofInput: chunk.slices[record.slice].input)
      }
    }
  }
}
