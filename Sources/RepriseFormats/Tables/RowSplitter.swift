/// Splits the bytes of a table into its rows.
///
/// The bytes begin at the start of the file or after a row.
@safe
struct RowSplitter {
  private let loaded: LoadedRange
  private let header: TableHeader
  private let limit: Int
  // All places are in bounds: the scanner finds them in these bytes.
  private let bytes: UnsafeRawBufferPointer
  private var records: [Record] = []
  private var lineFeedCount = 0

  /// Appends the rows to the buffer's current slice, without the header.
  ///
  /// Blank lines are records of no bytes.
  static func split(_ loaded: LoadedRange, _ header: TableHeader, limit: Int) {
    var splitter = RowSplitter(loaded, header, limit: limit)
    let buffer = loaded.buffer
    // The array is moved out of the buffer, because appending to a property of a class costs many
    // times as much.
    swap(&splitter.records, &buffer.records)
    splitter.run()
    swap(&splitter.records, &buffer.records)
    buffer.closeSlice(lineFeedCount: splitter.lineFeedCount)
  }

  private init(_ loaded: LoadedRange, _ header: TableHeader, limit: Int) {
    self.loaded = loaded
    self.header = header
    self.limit = limit
    unsafe bytes = loaded.bytes(loaded.owned)
  }

  private mutating func run() {
    guard !header.names.isEmpty else {
      lineFeedCount = unsafe BoundaryFinder.lineFeedCount(bytes)
      return reportEmpty()
    }
    var scanner = RowScanner(delimiter: header.delimiter)
    var (place, quote) = (0, -1)
    let isFirst = loaded.owned.lowerBound == 0
    if isFirst, unsafe ByteOrderMark.isPresent(bytes) { place = ByteOrderMark.byteCount }
    var isHeader = isFirst
    while unsafe place < bytes.count {
      let end = unsafe scanner.nextRowEnd(in: bytes, from: place, quote: &quote) ?? bytes.count
      if !isHeader { unsafe add(Self.withoutLineEnd(place..<end, in: bytes)) }
      isHeader = false
      lineFeedCount += unsafe BoundaryFinder.lineFeedCount(
        UnsafeRawBufferPointer(rebasing: bytes[place..<end]))
      place = end
    }
  }

  /// Returns the range of a row without the line feed at its end, and a carriage return before it.
  static func withoutLineEnd(_ row: Range<Int>, in bytes: UnsafeRawBufferPointer) -> Range<Int> {
    var end = row.upperBound
    if end > row.lowerBound, unsafe bytes[end - 1] == 0x0A { end -= 1 }
    if end > row.lowerBound, unsafe bytes[end - 1] == 0x0D { end -= 1 }
    return row.lowerBound..<end
  }

  private mutating func add(_ range: Range<Int>) {
    let offset = loaded.owned.lowerBound + range.lowerBound
    if range.count > limit {
      return loaded.buffer.report(
        .recordTooLong(limit: limit, path: loaded.path, offset: offset), line: lineFeedCount,
        endsInput: false, lostRecord: .bytes(range.count))
    }
    records.append(
      Record(
        position: loaded.position(offset), byteCount: range.count, offset: offset,
        line: lineFeedCount, slice: loaded.buffer.slices.count - 1, terminatorByteCount: 0,
        startsWithByteOrderMark: false))
  }

  private func reportEmpty() {
    loaded.buffer.report(
      CorpusError(
        .emptyTable, "this table is empty: it has no header", path: loaded.path, byte: 0), line: 0,
      endsInput: false)
  }
}
