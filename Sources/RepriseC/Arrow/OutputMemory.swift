/// Memory that is given out as a buffer.
final class OutputMemory: @unchecked Sendable {
  let start: UnsafeMutableRawPointer

  /// Copies values.
  init<Value: BitwiseCopyable>(_ values: [Value]) {
    let byteCount = values.count * MemoryLayout<Value>.stride
    // Readers may load whole vectors.
    start = .allocate(byteCount: max(64, (byteCount + 63) / 64 * 64), alignment: 64)
    values.withUnsafeBytes { bytes in
      if let base = bytes.baseAddress { start.copyMemory(from: base, byteCount: byteCount) }
    }
  }

  deinit { start.deallocate() }
}

/// Bits of rows, the first row in the lowest bit.
struct OutputBits {
  private(set) var bytes: [UInt8] = []
  private(set) var count = 0
  /// The number of bits that are 0.
  private(set) var zeroCount = 0

  mutating func append(_ bit: Bool) {
    if count & 7 == 0 { bytes.append(0) }
    if bit { bytes[count >> 3] |= 1 << UInt8(count & 7) } else { zeroCount += 1 }
    count += 1
  }
}
