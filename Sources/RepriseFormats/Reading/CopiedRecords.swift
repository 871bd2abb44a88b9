internal import RepriseCore
import RepriseSystem

/// Records of one compressed or converted file, copied one after another into a temporary file.
struct CopiedRecords: Sendable {
  private let file: TemporaryFile
  private let path: BytePath
  private var entries: [Entry] = []

  private struct Entry {
    var offset: UInt64
    var byteCount: Int
    var position: UInt64
  }

  private static let bufferByteCount = 256 << 10

  /// Decodes a file once and copies records that are sorted by offset.
  ///
  /// Records with equal offsets are copied once.
  init(
    copying records: ArraySlice<RecordLocation>, of input: InputFile, in encoding: TextEncoding,
    to file: TemporaryFile
  ) throws(CorpusError) {
    self.file = file
    path = input.path
    let stream = try DecodedStream(
      try input.open(), compression: input.compression, convertingFrom: encoding)
    var bytes = PaddedBytes(capacity: Self.bufferByteCount)
    entries.reserveCapacity(records.count)
    for record in records where record.offset != entries.last?.offset {
      try Self.advance(stream, to: record.offset, &bytes, keep: nil)
      let end = record.offset + UInt64(record.byteCount)
      let position = try Self.advance(stream, to: end, &bytes, keep: file)
      entries.append(
        Entry(offset: record.offset, byteCount: record.byteCount, position: position))
    }
  }

  /// Reads the texts of rows that are sorted by their number, and copies them.
  init(
    copyingRows records: ArraySlice<RecordLocation>, of input: InputFile,
    _ options: ReadingOptions, to file: TemporaryFile
  ) throws(CorpusError) {
    self.file = file
    path = input.path
    let opened = try ParquetFile(
      try SharedFile(input), byteCount: Int(input.byteCount),
      fields: DocumentFields(text: options.documentFields.text, id: ""),
      pieceByteCount: options.chunkByteCount)
    let rows = ParquetRows(opened)
    var bytes = PaddedBytes(capacity: Self.bufferByteCount)
    var rest = records
    for piece in opened.pieces {
      let first = opened.groups[piece.group].firstRow
      let end = UInt64(first + piece.rows.upperBound)
      let wanted = rest.prefix { $0.offset < end }
      guard let least = wanted.first?.offset, let most = wanted.last?.offset else { continue }
      rest = rest.dropFirst(wanted.count)
      let range = ParquetFile.Piece(
        group: piece.group, rows: Int(least) - first..<Int(most) - first + 1)
      bytes.reset(keeping: 4 * options.chunkByteCount)
      _ = rows.read(range, limit: options.maximumRecordByteCount, into: &bytes)
      for record in wanted where record.offset != entries.last?.offset {
        let place = Int(record.offset - least)
        let cell = place < rows.texts.count ? rows.texts[place] : .lost
        guard cell.isValue, cell.byteCount == record.byteCount else {
          throw .changed(path, "row \(record.offset + 1) is different")
        }
        // In bounds: the text is within the buffer.
        let text = unsafe UnsafeRawBufferPointer(rebasing: bytes.bytes[cell.range])
        let position = unsafe try file.append(text)
        entries.append(
          Entry(offset: record.offset, byteCount: record.byteCount, position: position))
      }
    }
  }

  /// Decodes up to an offset.
  ///
  /// Copies the bytes to a file, if one is given, and returns the offset there.
  @discardableResult
  private static func advance(
    _ stream: DecodedStream, to offset: UInt64, _ bytes: inout PaddedBytes,
    keep file: TemporaryFile?
  ) throws(CorpusError) -> UInt64 {
    // A forged signature file can cause this.
    guard offset >= stream.decodedByteCount else {
      throw .changed(stream.path, "its records overlap")
    }
    var position: UInt64?
    repeat {
      let wanted = Int(min(UInt64(bufferByteCount), offset - stream.decodedByteCount))
      bytes.reset(keeping: bufferByteCount)
      // In bounds: `reserve` returns at least `wanted` bytes, and `count` is at most `wanted`.
      let free = unsafe bytes.reserve(wanted)
      let target = unsafe UnsafeMutableRawBufferPointer(rebasing: free[..<wanted])
      let count = unsafe try stream.read(into: target)
      if count < wanted, count == 0 { throw .changed(stream.path, "its data ends early") }
      let read = unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(target)[..<count])
      let start = unsafe try file?.append(read) ?? 0
      position = position ?? start
    } while stream.decodedByteCount < offset
    return position ?? 0
  }

  /// Whether a record was copied.
  ///
  /// - Complexity: O(log n) for n records.
  func contains(_ record: RecordLocation) -> Bool { entry(of: record) != nil }

  private func entry(of record: RecordLocation) -> Entry? {
    let index = entries.partitionPoint { $0.offset >= record.offset }
    guard index < entries.count, entries[index].offset == record.offset,
      entries[index].byteCount >= record.byteCount
    else { return nil }
    return entries[index]
  }

  /// Reads one of the records.
  ///
  /// - Throws: `cannotRead` if the record was not copied.
  /// - Complexity: O(log n) for n records.
  func read(
    _ record: RecordLocation, into target: UnsafeMutableRawBufferPointer
  ) throws(CorpusError) {
    guard let entry = entry(of: record) else {
      throw CorpusError(
        .cannotRead, "the document that begins here was not copied", path: path, byte: record.offset
      )
    }
    unsafe try file.read(into: target, at: entry.position)
  }
}
