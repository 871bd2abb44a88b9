/// Decodes the values of the pages of one column.
///
/// Not thread-safe. The pages of a text column are read into the buffer of the chunk, and its strings
/// are ranges of them. Other columns keep their last page and dictionary, and their values are written
/// to the buffer as text.
@safe
final class ParquetValues {
  let column: ParquetColumn
  private let reader: ParquetPageReader
  private var pages: ParquetPages?
  private var chunk: ParquetColumnChunk?
  private var own = PaddedBytes()
  private var ownPage: (offset: Int, page: ParquetPageReader.LoadedPage)?
  private var dictionaryBytes = PaddedBytes()
  private var dictionary: [ParquetCell] = []
  /// The offset of the dictionary in the file; nil if none is loaded.
  private var dictionaryOffset: Int?
  private var indexes: [UInt32] = []
  private var integers: [Int64] = []
  private var lengths: [Int64] = []
  private var previous: [UInt8] = []

  /// Memory above this number of bytes is released after each page.
  private static let retainedByteCount = 4 << 20
  /// The most bytes of values in one buffer.
  private static let limit = 1 << 31

  /// Creates a decoder of a column.
  init(_ column: ParquetColumn, _ reader: ParquetPageReader) {
    self.column = column
    self.reader = reader
  }

  /// Begins with a row group and a buffer.
  func begin(_ pages: ParquetPages, _ chunk: ParquetColumnChunk) {
    self.pages = pages
    self.chunk = chunk
    if column.isText { dictionaryOffset = nil }
  }

  /// Reads a page.
  func load(
    _ page: ParquetPages.Page, _ storage: inout PaddedBytes
  ) throws(ParquetFault) -> ParquetPageReader.LoadedPage {
    guard let chunk else { throw .damaged("it has no pages") }
    if column.isText { return try reader.load(page, chunk, column, into: &storage) }
    if let ownPage, ownPage.offset == page.offset { return ownPage.page }
    ownPage = nil
    own.reset(keeping: Self.retainedByteCount)
    let loaded = try reader.load(page, chunk, column, into: &own)
    ownPage = (page.offset, loaded)
    return loaded
  }

  /// Returns bytes of the loaded page, valid until the buffer grows.
  func bytes(_ range: Range<Int>, _ storage: borrowing PaddedBytes) -> UnsafeRawBufferPointer {
    // In bounds: ranges of a loaded page are within the buffer into which it was read.
    let all = unsafe UnsafeRawBufferPointer(column.isText ? storage.bytes : own.bytes)
    return unsafe UnsafeRawBufferPointer(rebasing: all[range])
  }

  /// Decodes some values of a page.
  ///
  /// - Parameters:
  ///   - page: the loaded page.
  ///   - skipped: the number of values before the first one that is wanted.
  ///   - count: the number of values.
  ///   - storage: the buffer for the values.
  ///   - cells: receives the values.
  /// - Throws: a fault if the page is damaged, or has an encoding that is not read.
  func read(
    _ page: ParquetPageReader.LoadedPage, skipping skipped: Int, count: Int,
    _ storage: inout PaddedBytes, into cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    if count == 0 { return }
    let wanted = skipped..<skipped + count
    switch (page.header.encoding, column.leaf.type) {
    case (0, .bytes): try readPlainBytes(page.values, wanted, &storage, &cells)
    case (0, .boolean): try readBooleans(page.values, wanted, &storage, &cells)
    case (0, _): try readFixed(page.values, wanted, &storage, &cells)
    case (2, _), (8, _): try readIndexes(page.values, wanted, &storage, &cells)
    case (3, .boolean): try readRuns(page.values, wanted, &storage, &cells)
    case (5, .int32), (5, .int64): try readDeltas(page, wanted, &storage, &cells)
    case (6, .bytes): try readLengths(page, wanted, &storage, &cells)
    case (7, .bytes), (7, .fixedBytes): try readPrefixes(page, wanted, &storage, &cells)
    case (9, .int32), (9, .int64), (9, .float), (9, .double), (9, .fixedBytes):
      try readSplit(page.values, wanted, &storage, &cells)
    default:
      throw .refused(
        "it has values in an encoding of number \(page.header.encoding), which is not read")
    }
  }

  private static let early = ParquetFault.damaged("a page ends before its values")

  /// Adds a value that was read from elsewhere than the buffer.
  private func write(
    _ value: UnsafeRawBufferPointer, _ storage: inout PaddedBytes, _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    guard storage.count + value.count < Self.limit else {
      throw .refused("it has more than 2 GiB for one range of rows, which is not read")
    }
    let position = storage.count
    if column.format.isBytes {
      unsafe storage.append(value)
    } else {
      var text = unsafe column.format.text(value)
      text.withUTF8 { unsafe storage.append(UnsafeRawBufferPointer($0)) }
    }
    cells.append(ParquetCell(position: position, byteCount: storage.count - position))
  }

  private func readPlainBytes(
    _ range: Range<Int>, _ wanted: Range<Int>, _ storage: inout PaddedBytes,
    _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    // The pages of a text are in the buffer, to which nothing is added here.
    let bytes = unsafe bytes(range, storage)
    var position = 0
    for index in 0..<wanted.upperBound {
      guard bytes.count - position >= 4 else { throw Self.early }
      // In bounds: by the guards.
      let stated = unsafe bytes.loadUnaligned(fromByteOffset: position, as: UInt32.self)
      let count = Int(stated.littleEndian)
      position += 4
      guard count <= bytes.count - position else { throw Self.early }
      if index >= wanted.lowerBound {
        if column.isText {
          cells.append(ParquetCell(position: range.lowerBound + position, byteCount: count))
        } else {
          unsafe try write(
            UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]), &storage, &cells)
        }
      }
      position += count
    }
  }

  private func readFixed(
    _ range: Range<Int>, _ wanted: Range<Int>, _ storage: inout PaddedBytes,
    _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    let bytes = unsafe bytes(range, storage)
    let size = column.leaf.valueByteCount
    guard wanted.upperBound <= bytes.count / size else { throw Self.early }
    for index in wanted {
      // In bounds: by the guard.
      let value = unsafe UnsafeRawBufferPointer(rebasing: bytes[index * size..<(index + 1) * size])
      unsafe try write(value, &storage, &cells)
    }
  }

  private func readSplit(
    _ range: Range<Int>, _ wanted: Range<Int>, _ storage: inout PaddedBytes,
    _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    let bytes = unsafe bytes(range, storage)
    let size = column.leaf.valueByteCount
    let count = bytes.count / size
    guard wanted.upperBound <= count else { throw Self.early }
    for index in wanted {
      // In bounds: `index < count`, and there are `size * count` bytes.
      let value = (0..<size).map { unsafe bytes[$0 * count + index] }
      unsafe try value.span.withUnsafeBytes { value throws(ParquetFault) in
        unsafe try write(value, &storage, &cells)
      }
    }
  }

  private func readBooleans(
    _ range: Range<Int>, _ wanted: Range<Int>, _ storage: inout PaddedBytes,
    _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    guard (wanted.upperBound + 7) / 8 <= range.count else { throw Self.early }
    for index in wanted {
      // In bounds: by the guard.
      let byte = unsafe bytes(range, storage)[index >> 3]
      try write(boolean: byte >> UInt8(index & 7) & 1, &storage, &cells)
    }
  }

  private func readRuns(
    _ range: Range<Int>, _ wanted: Range<Int>, _ storage: inout PaddedBytes,
    _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    guard range.count >= 4 else { throw Self.early }
    var levels = unsafe try ParquetLevels(
      bytes(range.lowerBound + 4..<range.upperBound, storage), width: 1)
    try levels.skip(wanted.lowerBound)
    var left = wanted.count
    while left > 0 {
      try levels.read(min(left, ParquetColumnReader.levelBatch), into: &indexes)
      left -= indexes.count
      for value in indexes { try write(boolean: UInt8(value & 1), &storage, &cells) }
    }
  }

  private func write(
    boolean: UInt8, _ storage: inout PaddedBytes, _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    try unsafe withUnsafeBytes(of: boolean) { value throws(ParquetFault) in
      unsafe try write(value, &storage, &cells)
    }
  }

  private func readIndexes(
    _ range: Range<Int>, _ wanted: Range<Int>, _ storage: inout PaddedBytes,
    _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    try loadDictionary(&storage)
    guard let width = unsafe bytes(range, storage).first else { throw Self.early }
    // The indexes are read before anything is added to the buffer.
    var levels = unsafe try ParquetLevels(
      bytes(range.lowerBound + 1..<range.upperBound, storage), width: Int(width))
    try levels.skip(wanted.lowerBound)
    var left = wanted.count
    while left > 0 {
      try levels.read(min(left, ParquetColumnReader.levelBatch), into: &indexes)
      left -= indexes.count
      for index in indexes {
        guard index < dictionary.count else {
          throw .damaged("an index is outside the dictionary")
        }
        let cell = dictionary[Int(index)]
        if column.isText {
          cells.append(cell)
        } else {
          // In bounds: the values of the dictionary are within its page.
          unsafe try write(
            UnsafeRawBufferPointer(rebasing: dictionaryBytes.bytes[cell.range]), &storage, &cells)
        }
      }
    }
  }

  private func loadDictionary(_ storage: inout PaddedBytes) throws(ParquetFault) {
    guard let page = pages?.dictionary, let chunk else { throw .damaged("it has no dictionary") }
    guard dictionaryOffset != page.offset else { return }
    dictionaryOffset = nil
    dictionary.removeAll(keepingCapacity: true)
    let loaded: ParquetPageReader.LoadedPage
    do throws(ParquetFault) {
      if column.isText {
        loaded = try reader.load(page, chunk, column, into: &storage)
      } else {
        dictionaryBytes.reset(keeping: Self.retainedByteCount)
        loaded = try reader.load(page, chunk, column, into: &dictionaryBytes)
      }
    } catch {
      throw ParquetFault(reason: error.reason, detail: "in its dictionary, \(error.detail)")
    }
    guard loaded.header.encoding == 0 || loaded.header.encoding == 2,
      column.leaf.type != .boolean
    else { throw .damaged("its dictionary has an unknown encoding") }
    let all = unsafe UnsafeRawBufferPointer(column.isText ? storage.bytes : dictionaryBytes.bytes)
    var position = loaded.values.lowerBound
    for _ in 0..<loaded.header.valueCount {
      var count = column.leaf.valueByteCount
      if column.leaf.type == .bytes {
        guard loaded.values.upperBound - position >= 4 else { throw Self.early }
        // In bounds: by the guard.
        let stated = unsafe all.loadUnaligned(fromByteOffset: position, as: UInt32.self)
        count = Int(stated.littleEndian)
        position += 4
      }
      guard count <= loaded.values.upperBound - position else { throw Self.early }
      dictionary.append(ParquetCell(position: position, byteCount: count))
      position += count
    }
    dictionaryOffset = page.offset
  }

  private func readDeltas(
    _ page: ParquetPageReader.LoadedPage, _ wanted: Range<Int>, _ storage: inout PaddedBytes,
    _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    _ = unsafe try ParquetDeltas.read(
      bytes(page.values, storage), limit: page.header.valueCount, into: &integers)
    guard wanted.upperBound <= integers.count else { throw Self.early }
    let size = column.leaf.valueByteCount
    for value in integers[wanted] {
      try unsafe withUnsafeBytes(of: value.littleEndian) { bytes throws(ParquetFault) in
        unsafe try write(UnsafeRawBufferPointer(rebasing: bytes[..<size]), &storage, &cells)
      }
    }
  }

  private func readLengths(
    _ page: ParquetPageReader.LoadedPage, _ wanted: Range<Int>, _ storage: inout PaddedBytes,
    _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    let bytes = unsafe bytes(page.values, storage)
    var position = unsafe try ParquetDeltas.read(
      bytes, limit: page.header.valueCount, into: &lengths)
    guard wanted.upperBound <= lengths.count else { throw Self.early }
    for index in 0..<wanted.upperBound {
      let length = lengths[index]
      guard length >= 0, length <= bytes.count - position else { throw Self.early }
      let count = Int(length)
      if index >= wanted.lowerBound {
        if column.isText {
          cells.append(ParquetCell(position: page.values.lowerBound + position, byteCount: count))
        } else {
          unsafe try write(
            UnsafeRawBufferPointer(rebasing: bytes[position..<position + count]), &storage, &cells)
        }
      }
      position += count
    }
  }

  private func readPrefixes(
    _ page: ParquetPageReader.LoadedPage, _ wanted: Range<Int>, _ storage: inout PaddedBytes,
    _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    let limit = page.header.valueCount
    let used = unsafe try ParquetDeltas.read(
      bytes(page.values, storage), limit: limit, into: &integers)
    var position = page.values.lowerBound + used
    position += unsafe try ParquetDeltas.read(
      bytes(position..<page.values.upperBound, storage), limit: limit, into: &lengths)
    guard wanted.upperBound <= min(integers.count, lengths.count) else { throw Self.early }
    previous.removeAll(keepingCapacity: true)
    for index in 0..<wanted.upperBound {
      let (prefix, suffix) = (integers[index], lengths[index])
      guard prefix >= 0, prefix <= previous.count, suffix >= 0,
        suffix <= page.values.upperBound - position
      else { throw Self.early }
      previous.removeLast(previous.count - Int(prefix))
      // The buffer may have moved, so its bytes are looked up again.
      unsafe previous.append(contentsOf: bytes(position..<position + Int(suffix), storage))
      position += Int(suffix)
      guard index >= wanted.lowerBound else { continue }
      guard column.leaf.type == .bytes || previous.count == column.leaf.valueByteCount else {
        throw .damaged("a value has the wrong size")
      }
      let text = previous
      unsafe try text.span.withUnsafeBytes { value throws(ParquetFault) in
        unsafe try write(value, &storage, &cells)
      }
    }
  }
}
