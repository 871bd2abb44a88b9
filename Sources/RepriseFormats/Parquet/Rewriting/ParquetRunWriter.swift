/// Writes integers of few bits in the form that ``ParquetLevels`` reads: runs of one value, and groups
/// of eight packed values.
///
/// A value that occurs eight times or more in a row becomes a run, unless the values are within a group
/// that began before.
struct ParquetRunWriter {
  private var bytes: [UInt8] = []
  private let width: Int
  private var previous: UInt32 = 0
  private var repeatCount = 0
  /// The values of a group that is not complete.
  private var pending: [UInt32] = []
  /// The groups that were written after one header, and where it is.
  private var packed: (groupCount: Int, header: Int)?

  private static let groupCount = 8
  /// The most groups for which a header has one byte.
  private static let groupLimit = 63

  /// Creates a writer of integers of `width` bits, at most 32.
  init(width: Int) { self.width = width }

  /// Appends an integer.
  mutating func append(_ value: UInt32) {
    if value == previous {
      repeatCount += 1
      if repeatCount >= Self.groupCount { return }
    } else {
      if repeatCount >= Self.groupCount { writeRun() }
      repeatCount = 1
      previous = value
    }
    pending.append(value)
    if pending.count == Self.groupCount { writeGroup() }
  }

  /// Writes what is left, and returns all bytes.
  mutating func finish() -> [UInt8] {
    if repeatCount >= Self.groupCount {
      writeRun()
    } else if !pending.isEmpty {
      while pending.count < Self.groupCount { pending.append(0) }
      writeGroup()
    }
    closeGroups()
    return bytes
  }

  private mutating func writeRun() {
    closeGroups()
    bytes.append(number: UInt64(repeatCount) << 1)
    for place in 0..<(width + 7) / 8 {
      bytes.append(UInt8(truncatingIfNeeded: previous >> UInt32(8 * place)))
    }
    repeatCount = 0
    pending.removeAll(keepingCapacity: true)
  }

  private mutating func writeGroup() {
    if packed?.groupCount == Self.groupLimit { closeGroups() }
    if packed == nil {
      packed = (0, bytes.count)
      bytes.append(0)
    }
    bytes.append(packing: pending.map { UInt64($0) }, width: width)
    packed?.groupCount += 1
    pending.removeAll(keepingCapacity: true)
    repeatCount = 0
  }

  private mutating func closeGroups() {
    if let packed { bytes[packed.header] = UInt8(packed.groupCount << 1 | 1) }
    packed = nil
  }
}

extension [UInt8] {
  /// Appends a size in four bytes, the lowest first; it must be less than 2^32.
  mutating func append(size: Int) {
    for shift in [0, 8, 16, 24] { append(UInt8(truncatingIfNeeded: size >> shift)) }
  }

  /// Appends values of `width` bits each, the lowest bit first; their bits must fill whole bytes.
  mutating func append(packing values: [UInt64], width: Int) {
    var (word, bitCount): (UInt128, Int) = (0, 0)
    for value in values {
      word |= UInt128(value) << UInt128(bitCount)
      bitCount += width
      while bitCount >= 8 {
        append(UInt8(truncatingIfNeeded: word))
        word >>= 8
        bitCount -= 8
      }
    }
  }
}
