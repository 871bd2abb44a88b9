/// Reads integers of few bits, as levels and indexes of a dictionary are written: runs of one value,
/// and groups of eight packed values.
///
/// At least 8 bytes after the given ones must be readable.
@safe
struct ParquetLevels {
  private let bytes: UnsafeRawBufferPointer
  /// The bytes, and the 8 after them.
  private let readable: UnsafeRawBufferPointer
  private let end: Int
  private let width: Int
  private var position = 0
  private var runCount = 0
  private var runValue: UInt32 = 0
  /// The packed values that are left of a group, and the bit at which the next one begins.
  private var packed = (count: 0, bit: 0)

  /// Creates a reader of integers.
  ///
  /// - Parameters:
  ///   - bytes: the encoded integers.
  ///   - width: the bits of an integer, at most 32.
  /// - Throws: a fault if the width is not possible.
  init(_ bytes: UnsafeRawBufferPointer, width: Int) throws(ParquetFault) {
    guard width <= 32 else { throw .damaged("integers of \(width) bits are not possible") }
    unsafe self.bytes = bytes
    unsafe readable = UnsafeRawBufferPointer(start: bytes.baseAddress, count: bytes.count + 8)
    end = bytes.count
    self.width = width
  }

  /// Returns the bits that integers up to a number need.
  static func width(upTo number: Int) -> Int { Int.bitWidth - number.leadingZeroBitCount }

  /// Reads some integers.
  mutating func read(_ count: Int, into values: inout [UInt32]) throws(ParquetFault) {
    values.removeAll(keepingCapacity: true)
    values.reserveCapacity(count)
    while values.count < count {
      try begin()
      let missing = count - values.count
      if runCount > 0 {
        let taken = min(runCount, missing)
        values.append(contentsOf: repeatElement(runValue, count: taken))
        runCount -= taken
        continue
      }
      let taken = min(packed.count, missing)
      let mask = width == 0 ? 0 : UInt64.max >> UInt64(64 - width)
      for _ in 0..<taken {
        // In bounds: the packed bytes were checked, and 8 bytes after them are readable.
        let word = unsafe readable.loadUnaligned(
          fromByteOffset: packed.bit >> 3, as: UInt64.self
        ).littleEndian
        values.append(UInt32(truncatingIfNeeded: word >> UInt64(packed.bit & 7) & mask))
        packed.bit += width
      }
      packed.count -= taken
    }
  }

  /// Skips some integers.
  mutating func skip(_ count: Int) throws(ParquetFault) {
    var left = count
    while left > 0 {
      try begin()
      if runCount > 0 {
        let taken = min(runCount, left)
        runCount -= taken
        left -= taken
      } else {
        let taken = min(packed.count, left)
        packed.count -= taken
        packed.bit += taken * width
        left -= taken
      }
    }
  }

  /// Reads the header of the next run or group, if none is left.
  private mutating func begin() throws(ParquetFault) {
    while runCount == 0, packed.count == 0 {
      let header = try header()
      if header & 1 == 1 {
        // The last group may be shorter than it states.
        let (byteCount, overflow) = (header >> 1).multipliedReportingOverflow(by: width)
        guard !overflow, header >> 1 > 0 else { throw Self.early }
        let present = min(byteCount, end - position)
        packed = (
          width == 0 ? (header >> 1) * 8 : present * 8 / width, position * 8
        )
        position += present
        guard packed.count > 0 else { throw Self.early }
      } else {
        let byteCount = (width + 7) / 8
        guard header > 1, byteCount <= end - position else { throw Self.early }
        runValue = 0
        for place in 0..<byteCount {
          // In bounds: by the guard.
          runValue |= UInt32(unsafe bytes[position + place]) << UInt32(8 * place)
        }
        position += byteCount
        runCount = header >> 1
      }
    }
  }

  private static let early = ParquetFault.damaged("the levels or indexes end early")

  private mutating func header() throws(ParquetFault) -> Int {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 35, by: 7) {
      guard position < end else { throw Self.early }
      // In bounds: by the guard.
      let next = unsafe bytes[position]
      position += 1
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return Int(value) }
    }
    throw .damaged("a run of levels or indexes has an invalid length")
  }
}
