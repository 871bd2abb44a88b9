/// A chunk of the corpus with its records.
///
/// Each thread fills and reuses a buffer of its own.
///
/// Chunks are in corpus order when sorted by `inputs.lowerBound`, then `index`. The next chunk has
/// the next index or, if `isLast`, index 0 of the input after `inputs`. Every input is covered and
/// no index is missing, even after errors.
@safe package final class ChunkBuffer {
  /// The inputs covered: one, or several small ones that are covered completely.
  package internal(set) var inputs = 0..<0
  /// The index among the chunks of the first input.
  package internal(set) var index = 0
  /// True for the last chunk of its inputs.
  package internal(set) var isLast = false
  /// The slices of the inputs, in order.
  package internal(set) var slices: [InputSlice] = []
  /// The records, in order.
  package internal(set) var records: [Record] = []
  /// The problems of reading, in order.
  package internal(set) var problems: [ChunkProblem] = []
  var storage = PaddedBytes()
  /// The columns of the slices that are rows, by the index of the slice.
  var rows: [Int: RowValues] = [:]
  private var rowReader: ParquetRows?
  private var matcher: (pattern: LinePattern, matcher: LineMatcher)?

  /// Creates an empty buffer.
  package init() {}

  /// The number of readable bytes before and after every record.
  package static let padding = PaddedBytes.padding

  /// Returns a record's bytes, valid until the buffer is filled again.
  ///
  /// The record must be from this buffer's current content.
  package func bytes(of record: Record) -> UnsafeRawBufferPointer {
    let range = record.position..<record.position + record.byteCount
    return unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(storage.bytes)[range])
  }

  /// Returns the bytes of a value of a row; none if there is no value.
  func bytes(of cell: ParquetCell) -> UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(storage.bytes)[cell.range])
  }

  /// The size of the buffer in bytes.
  package var capacity: Int { storage.capacity }

  func begin(inputs: Range<Int>, index: Int, isLast: Bool, keeping byteLimit: Int) {
    self.inputs = inputs
    self.index = index
    self.isLast = isLast
    slices.removeAll(keepingCapacity: true)
    problems.removeAll(keepingCapacity: true)
    rows.removeAll()
    // A chunk of empty lines has very many records, and the memory for them is released.
    records.removeAll(keepingCapacity: records.capacity * MemoryLayout<Record>.stride < byteLimit)
    storage.reset(keeping: byteLimit)
  }

  func beginSlice(input: Int, offset: Int, endsInput: Bool) {
    slices.append(
      InputSlice(
        input: input, offset: UInt64(offset), records: records.count..<records.count,
        endsInput: endsInput))
  }

  func report(
    _ error: CorpusError, line: Int? = nil, row: Int? = nil, endsInput: Bool,
    lostRecord: LostRecord? = nil
  ) {
    problems.append(
      ChunkProblem(
        error: error, slice: slices.count - 1, line: line, row: row.map { UInt64($0) },
        endsInput: endsInput, lostRecord: lostRecord))
  }

  /// Returns this buffer's reader of a Parquet file.
  func rowReader(_ file: ParquetFile) -> ParquetRows {
    if let rowReader, rowReader.file === file { return rowReader }
    let made = ParquetRows(file)
    rowReader = made
    return made
  }

  /// Returns the matcher of this buffer's thread.
  func lineMatcher(_ pattern: LinePattern) -> LineMatcher {
    if let matcher, matcher.pattern === pattern { return matcher.matcher }
    let made = LineMatcher(pattern)
    matcher = (pattern, made)
    return made
  }
}
