/// Reads integers that are written as differences (DELTA_BINARY_PACKED).
///
/// At least 8 bytes after the end of `bytes` must be readable.
@safe
enum ParquetDeltas {
  /// Reads all integers.
  ///
  /// - Parameters:
  ///   - bytes: the encoded integers, and what follows them in the page.
  ///   - limit: the highest number of integers.
  ///   - values: receives the integers.
  /// - Returns: the number of bytes of the integers.
  /// - Throws: a fault if the bytes are damaged.
  static func read(
    _ bytes: UnsafeRawBufferPointer, limit: Int, into values: inout [Int64]
  ) throws(ParquetFault) -> Int {
    values.removeAll(keepingCapacity: true)
    var reader = unsafe Reader(bytes)
    let readable = unsafe UnsafeRawBufferPointer(start: bytes.baseAddress, count: bytes.count + 8)
    let blockCount = try reader.number()
    let partCount = try reader.number()
    let count = try reader.number()
    var value = try reader.signed()
    guard count <= UInt64(limit), partCount > 0, partCount <= 1 << 16, blockCount <= 1 << 24,
      blockCount % (partCount * 8) == 0, blockCount > 0
    else { throw .damaged("the header of integers is invalid") }
    let perPart = Int(blockCount / partCount)
    let total = Int(count)
    // A few bytes can claim very many integers, so memory is not taken for all of them.
    values.reserveCapacity(min(total, 1 << 16))
    if total > 0 { values.append(value) }
    while values.count < total {
      let least = try reader.signed()
      let widths = try reader.take(Int(partCount))
      for part in widths {
        guard values.count < total else { break }
        let width = unsafe Int(bytes[part])
        guard width <= 64 else { throw .damaged("a difference has \(width) bits") }
        // The last part may be cut short.
        let start = reader.position
        let needed = (min(perPart, total - values.count) * width + 7) / 8
        guard needed <= bytes.count - start else { throw early }
        reader.position += min(perPart * width / 8, bytes.count - start)
        for index in 0..<min(perPart, total - values.count) {
          let difference = unsafe packed(readable, bit: start * 8 + index * width, width)
          value = value &+ least &+ Int64(bitPattern: difference)
          values.append(value)
        }
      }
    }
    return reader.position
  }

  private static let early = ParquetFault.damaged("the integers end early")

  /// Reads an integer of `width` bits from a position in bits; `readable` has 8 bytes more than the
  /// integers.
  private static func packed(
    _ readable: UnsafeRawBufferPointer, bit: Int, _ width: Int
  ) -> UInt64 {
    if width == 0 { return 0 }
    // In bounds: 8 bytes after the last one are readable, and a ninth is read only if the integer
    // reaches into it.
    let start = bit >> 3
    var word = unsafe readable.loadUnaligned(fromByteOffset: start, as: UInt64.self).littleEndian
    word >>= UInt64(bit & 7)
    if width + bit & 7 > 64 { word |= unsafe UInt64(readable[start + 8]) << UInt64(64 - bit & 7) }
    return word & (UInt64.max >> UInt64(64 - width))
  }

  @safe
  private struct Reader {
    private let bytes: UnsafeRawBufferPointer
    private let count: Int
    var position = 0

    init(_ bytes: UnsafeRawBufferPointer) {
      unsafe self.bytes = bytes
      count = bytes.count
    }

    mutating func number() throws(ParquetFault) -> UInt64 {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 70, by: 7) {
        guard position < count else { throw ParquetDeltas.early }
        // In bounds: by the guard.
        let next = unsafe bytes[position]
        position += 1
        value |= UInt64(next & 0x7F) << shift
        if next < 0x80 { return value }
      }
      throw ParquetDeltas.early
    }

    mutating func signed() throws(ParquetFault) -> Int64 {
      let value = try number()
      return Int64(bitPattern: value >> 1) ^ -Int64(value & 1)
    }

    mutating func take(_ taken: Int) throws(ParquetFault) -> Range<Int> {
      guard taken <= count - position else { throw ParquetDeltas.early }
      position += taken
      return position - taken..<position
    }
  }
}
