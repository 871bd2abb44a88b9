/// Writes the values of a page again without some of them, and with some strings cut.
@safe
struct ParquetValueFilter {
  /// A string that is cut.
  struct Cut {
    /// The place of the value among those of the page.
    let value: Int
    /// The ranges of it that are removed, ascending.
    let ranges: [Range<Int>]
  }

  let leaf: ParquetLeaf
  /// The number of values of the page that are not null.
  var valueCount = 0
  /// The values that are kept, ascending.
  var kept: [Range<Int>] = []
  /// The strings that are cut, ascending.
  var cuts: [Cut] = []
  private var next = 0
  private var numbers: [UInt32] = []

  init(_ leaf: ParquetLeaf) { self.leaf = leaf }

  /// Adds the next value of the page.
  mutating func add(isKept: Bool) {
    if isKept {
      if let last = kept.last, last.upperBound == valueCount {
        kept[kept.count - 1] = last.lowerBound..<valueCount + 1
      } else {
        kept.append(valueCount..<valueCount + 1)
      }
    }
    valueCount += 1
  }

  private static let early = ParquetValues.early

  /// Writes the values again, in the same encoding where nothing prevents it.
  ///
  /// - Parameters:
  ///   - bytes: the values of the page, with at least 8 readable bytes after them.
  ///   - encoding: the number of their encoding.
  ///   - dictionary: gives the value of an index.
  /// - Returns: the number of the encoding, and the bytes.
  /// - Throws: a fault if the page is damaged, or has an encoding that is not read.
  mutating func rewrite(
    _ bytes: UnsafeRawBufferPointer, encoding: Int, dictionary: ParquetDictionary
  ) throws(ParquetFault) -> (encoding: Int, bytes: [UInt8]) {
    switch (encoding, leaf.type) {
    case (0, .boolean):
      return (0, unsafe try booleans(bytes))
    case (0, .bytes), (6, .bytes), (7, .bytes), (7, .fixedBytes):
      return (encoding, unsafe try strings(bytes, encoding))
    case (0, _):
      let size = leaf.valueByteCount
      guard valueCount <= bytes.count / size else { throw Self.early }
      return (0, unsafe copied(bytes, size: size, from: 0))
    case (2, _), (8, _):
      if cuts.isEmpty { return (encoding, unsafe try indexes(bytes)) }
      return (0, unsafe try looked(up: bytes, dictionary))
    case (3, .boolean): return (3, unsafe try runs(bytes))
    case (5, .int32), (5, .int64): return (5, unsafe try deltas(bytes))
    case (9, .int32), (9, .int64), (9, .float), (9, .double), (9, .fixedBytes):
      return (9, unsafe try split(bytes))
    default:
      throw .refused(
        "it has values in an encoding of number \(encoding), which is not read")
    }
  }

  /// Copies the kept values of `size` bytes each.
  private func copied(
    _ bytes: UnsafeRawBufferPointer, size: Int, from start: Int
  ) -> [UInt8] {
    var target: [UInt8] = []
    target.reserveCapacity(kept.reduce(0) { $0 + $1.count } * size)
    for range in kept {
      // In bounds: the caller checked that there are enough values.
      let values = start + range.lowerBound * size..<start + range.upperBound * size
      unsafe target.append(contentsOf: bytes[values])
    }
    return target
  }

  private func split(_ bytes: UnsafeRawBufferPointer) throws(ParquetFault) -> [UInt8] {
    let stride = bytes.count / leaf.valueByteCount
    guard valueCount <= stride else { throw Self.early }
    var target: [UInt8] = []
    for place in 0..<leaf.valueByteCount {
      target += unsafe copied(bytes, size: 1, from: place * stride)
    }
    return target
  }

  private func deltas(_ bytes: UnsafeRawBufferPointer) throws(ParquetFault) -> [UInt8] {
    var values: [Int64] = []
    _ = unsafe try ParquetDeltas.read(bytes, limit: valueCount, into: &values)
    guard values.count == valueCount else { throw Self.early }
    let isNarrow = leaf.type == .int32
    var left: [Int64] = []
    for range in kept {
      left += values[range].map { isNarrow ? Int64(Int32(truncatingIfNeeded: $0)) : $0 }
    }
    var target: [UInt8] = []
    ParquetDeltas.write(left, isNarrow: isNarrow, to: &target)
    return target
  }

  private func booleans(_ bytes: UnsafeRawBufferPointer) throws(ParquetFault) -> [UInt8] {
    guard (valueCount + 7) / 8 <= bytes.count else { throw Self.early }
    var target: [UInt8] = []
    var count = 0
    for value in kept.joined() {
      // In bounds: by the guard.
      let bit = unsafe bytes[value >> 3] >> UInt8(value & 7) & 1
      if count & 7 == 0 { target.append(0) }
      target[count >> 3] |= bit << UInt8(count & 7)
      count += 1
    }
    return target
  }

  private mutating func runs(_ bytes: UnsafeRawBufferPointer) throws(ParquetFault) -> [UInt8] {
    guard bytes.count >= 4 else { throw Self.early }
    let levels = unsafe UnsafeRawBufferPointer(rebasing: bytes[4...])
    let written = unsafe try kept(of: levels, width: 1)
    var target: [UInt8] = []
    target.append(size: written.count)
    return target + written
  }

  private mutating func indexes(_ bytes: UnsafeRawBufferPointer) throws(ParquetFault) -> [UInt8] {
    guard valueCount > 0 else { return [0] }
    guard let width = unsafe bytes.first else { throw Self.early }
    let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[1...])
    let written = unsafe try kept(of: rest, width: Int(width))
    return [width] + written
  }

  /// Writes the kept ones of integers of few bits.
  private mutating func kept(
    of bytes: UnsafeRawBufferPointer, width: Int
  ) throws(ParquetFault) -> [UInt8] {
    var writer = ParquetRunWriter(width: width)
    unsafe try forEachKept(of: bytes, width: width) { _, number throws(ParquetFault) in
      writer.append(number)
    }
    return writer.finish()
  }

  private mutating func forEachKept(
    of bytes: UnsafeRawBufferPointer, width: Int,
    _ body: (Int, UInt32) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    var reader = unsafe try ParquetLevels(bytes, width: width)
    var position = 0
    for range in kept {
      try reader.skip(range.lowerBound - position)
      position = range.lowerBound
      while position < range.upperBound {
        try reader.read(
          min(range.upperBound - position, ParquetColumnReader.levelBatch), into: &numbers)
        for (offset, number) in numbers.enumerated() { try body(position + offset, number) }
        position += numbers.count
      }
    }
  }

  /// Replaces indexes by the strings of the dictionary, some of which are cut.
  private mutating func looked(
    up bytes: UnsafeRawBufferPointer, _ dictionary: ParquetDictionary
  ) throws(ParquetFault) -> [UInt8] {
    guard let width = unsafe bytes.first else { throw Self.early }
    let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[1...])
    var writer = ParquetStringWriter(encoding: 0)
    var cut = self
    unsafe try forEachKept(of: rest, width: Int(width)) { value, index throws(ParquetFault) in
      unsafe try dictionary.withValue(index) { string throws(ParquetFault) in
        unsafe try writer.append(string, without: cut.cuts(ofValue: value))
      }
    }
    return writer.finish()
  }

  private mutating func strings(
    _ bytes: UnsafeRawBufferPointer, _ encoding: Int
  ) throws(ParquetFault) -> [UInt8] {
    var reader = unsafe try ParquetStringReader(bytes, encoding: encoding, count: valueCount)
    var writer = ParquetStringWriter(encoding: encoding)
    for range in kept {
      while reader.count < range.lowerBound { try reader.skip() }
      for value in range {
        let ranges = cuts(ofValue: value)
        unsafe try reader.next { string throws(ParquetFault) in
          unsafe try writer.append(string, without: ranges)
        }
      }
    }
    return writer.finish()
  }

  /// Returns the ranges that are cut from a value; values must be asked for in their order.
  private mutating func cuts(ofValue value: Int) -> [Range<Int>] {
    while next < cuts.count, cuts[next].value < value { next += 1 }
    return next < cuts.count && cuts[next].value == value ? cuts[next].ranges : []
  }
}
