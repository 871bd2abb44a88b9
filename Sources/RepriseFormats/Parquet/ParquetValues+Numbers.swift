/// The encodings of numbers and Booleans.
extension ParquetValues {
  func readFixed(
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

  func readSplit(
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

  func readDeltas(
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

  func readBooleans(
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

  func readRuns(
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

  func write(
    boolean: UInt8, _ storage: inout PaddedBytes, _ cells: inout [ParquetCell]
  ) throws(ParquetFault) {
    try unsafe withUnsafeBytes(of: boolean) { value throws(ParquetFault) in
      unsafe try write(value, &storage, &cells)
    }
  }
}
