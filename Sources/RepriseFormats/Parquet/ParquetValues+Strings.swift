/// The encodings of strings.
extension ParquetValues {
  func readPlainBytes(
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

  func readLengths(
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

  func readPrefixes(
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
