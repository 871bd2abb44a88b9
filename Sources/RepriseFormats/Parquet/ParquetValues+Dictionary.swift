/// Values that are indexes of a dictionary.
extension ParquetValues {
  func readIndexes(
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

  func loadDictionary(_ storage: inout PaddedBytes) throws(ParquetFault) {
    guard let page = pages?.dictionary, let chunk else { throw .damaged("it has no dictionary") }
    guard dictionaryOffset != page.offset else { return }
    dictionaryOffset = nil
    dictionary.removeAll(keepingCapacity: true)
    let loaded: ParquetPageReader.LoadedPage
    do throws(ParquetFault) {
      if column.isText {
        loaded = try reader.load(page, chunk, column.leaf, into: &storage)
      } else {
        dictionaryBytes.reset(keeping: Self.retainedByteCount)
        loaded = try reader.load(page, chunk, column.leaf, into: &dictionaryBytes)
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
}
