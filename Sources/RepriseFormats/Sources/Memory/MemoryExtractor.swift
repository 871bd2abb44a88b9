internal import RepriseEngine

/// Copies the texts of a batch of rows into one buffer with readable bytes around it, which rows need
/// not have.
final class MemoryExtractor: DocumentExtractor {
  /// A row of the batch, as ranges of the storage.
  private struct Row {
    /// Nil for a row whose text is missing or too long.
    var text: Range<Int>?
    var id: Range<Int>
  }

  private let source: MemorySource
  private var storage = PaddedBytes()
  private var (input, firstRow) = (0, 0)
  private var rows: [Row] = []
  private(set) var batch = SourceBatch()

  /// Memory above this number of bytes is released after each batch.
  private static let retainedByteCount = 4 << 20

  init(_ source: MemorySource) { self.source = source }

  func next() throws(CorpusError) -> Bool {
    guard let claimed = source.claim() else { return false }
    (input, firstRow) = (claimed.input, claimed.rows.lowerBound)
    rows.removeAll(keepingCapacity: true)
    storage.reset(keeping: Self.retainedByteCount)
    batch = SourceBatch()
    let all = source.inputs[input]
    for row in claimed.rows { append(row, of: all) }
    let isLast = claimed.rows.upperBound == all.count
    var slice = InputSlice(
      input: input, offset: UInt64(firstRow), records: rows.indices, endsInput: isLast)
    slice.lineFeedCount = rows.count
    (batch.inputs, batch.index) = (input..<input + 1, claimed.index)
    (batch.isLast, batch.slices) = (isLast, [slice])
    return true
  }

  private func append(_ row: Int, of all: any MemoryRows) {
    var text: Range<Int>?
    if let byteCount = all.textByteCount(ofRow: row), byteCount <= source.limit {
      let start = storage.count
      unsafe all.withText(ofRow: row) { unsafe storage.append($0) }
      let range = start..<storage.count
      text = range
      batch.byteCount += range.count
      if range.count > Int(batch.largest?.extent ?? 0) {
        batch.largest = DocumentLocator(
          input: input, position: UInt64(row), extent: UInt32(range.count))
      }
    }
    let start = storage.count
    if all.hasIDs { unsafe all.withID(ofRow: row) { unsafe storage.append($0) } }
    rows.append(Row(text: text, id: start..<storage.count))
  }

  func forEach(
    inSlice slice: Int, _ body: (SourceItem) throws(CorpusError) -> Void
  ) throws(CorpusError) {
    for (index, row) in rows.enumerated() {
      let locator = DocumentLocator(
        input: input, position: UInt64(firstRow + index), extent: UInt32(row.text?.count ?? 0))
      guard let text = row.text else {
        try body(.unreadable(locator, line: index + 1, problem(index)))
        continue
      }
      try body(
        .document(
          unsafe SourceDocument(
            locator: locator, line: index + 1, isWholeInput: false, text: bytes(text),
            id: bytes(row.id),
            orderTexts: source.inputs[input].orderTexts(ofRow: firstRow + index),
            loneSurrogateCount: 0, mayBeBinary: false)))
    }
  }

  private func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    // In bounds: `append` returned the range, and the storage has only grown since then.
    unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(storage.bytes)[range])
  }

  private func problem(_ index: Int) -> Problem {
    let isMissing = source.inputs[input].textByteCount(ofRow: firstRow + index) == nil
    return Problem(
      source: source.inputNames[input], line: index + 1,
      reason: isMissing ? .missingText : .recordTooLong,
      message: isMissing
        ? "The row has no text."
        : "The text is larger than the limit of \(source.limit) bytes and was skipped.")
  }
}
