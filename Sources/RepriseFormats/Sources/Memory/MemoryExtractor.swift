/// Copies the texts of a batch of rows into one buffer, because the bytes of a string are valid only
/// inside a closure, and an item refers to its text and its id.
final class MemoryExtractor: DocumentExtractor {
  /// A row of the batch, as ranges of the storage.
  private struct Row {
    /// Nil for a row whose text is missing or too long.
    var text: Range<Int>?
    var id: Range<Int>
  }

  private let source: MemorySource
  private var storage = PaddedBytes()
  private var firstRow = 0
  private var rows: [Row] = []
  private(set) var batch = SourceBatch()

  /// Memory above this number of bytes is released after each batch.
  private static let retainedByteCount = 4 << 20

  init(_ source: MemorySource) { self.source = source }

  func next() throws(CorpusError) -> Bool {
    guard let (claimed, index) = source.claim() else { return false }
    firstRow = claimed.lowerBound
    rows.removeAll(keepingCapacity: true)
    storage.reset(keeping: Self.retainedByteCount)
    batch = SourceBatch()
    for row in claimed { append(row) }
    let isLast = claimed.upperBound == source.texts.count
    var slice = InputSlice(
      input: 0, offset: UInt64(firstRow), records: rows.indices, endsInput: isLast)
    slice.lineFeedCount = rows.count
    (batch.inputs, batch.index, batch.isLast, batch.slices) = (0..<1, index, isLast, [slice])
    return true
  }

  private func append(_ row: Int) {
    var text: Range<Int>?
    if let string = source.texts[row], string.utf8.count <= source.limit {
      let range = append(string)
      text = range
      batch.byteCount += range.count
      if range.count > Int(batch.largest?.extent ?? 0) {
        batch.largest = DocumentLocator(
          input: 0, position: UInt64(row), extent: UInt32(range.count))
      }
    }
    let id = source.ids.isEmpty ? nil : source.ids[row]
    rows.append(Row(text: text, id: append(id ?? "")))
  }

  private func append(_ string: String) -> Range<Int> {
    let start = storage.count
    var string = string
    string.withUTF8 { unsafe storage.append(UnsafeRawBufferPointer($0)) }
    return start..<storage.count
  }

  func forEach(
    inSlice slice: Int, _ body: (SourceItem) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    for (index, row) in rows.enumerated() {
      let locator = DocumentLocator(
        input: 0, position: UInt64(firstRow + index), extent: UInt32(row.text?.count ?? 0))
      guard let text = row.text else {
        try body(.unreadable(locator, line: index + 1, problem(index)))
        continue
      }
      try body(
        .document(
          unsafe SourceDocument(
            locator: locator, line: index + 1, isWholeInput: false, text: bytes(text),
            id: bytes(row.id),
            orderTexts: source.orderValues.isEmpty ? [] : [source.orderValues[firstRow + index]],
            loneSurrogateCount: 0, mayBeBinary: false)))
    }
  }

  private func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    // In bounds: `append` returned the range, and the storage has only grown since then.
    unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(storage.bytes)[range])
  }

  private func problem(_ index: Int) -> Problem {
    let isMissing = source.texts[firstRow + index] == nil
    return Problem(
      source: source.inputNames[0], line: index + 1,
      reason: isMissing ? .missingText : .recordTooLong,
      message: isMissing
        ? "The row has no text."
        : "The text is larger than the limit of \(source.limit) bytes and was skipped.")
  }
}
