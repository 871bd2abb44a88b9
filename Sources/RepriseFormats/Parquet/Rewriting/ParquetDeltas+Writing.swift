extension ParquetDeltas {
  /// The values of a block, and of each of its parts.
  private static let (blockCount, partCount) = (128, 32)

  /// Writes integers as differences: blocks of 128, in four parts.
  ///
  /// - Parameters:
  ///   - values: the integers.
  ///   - isNarrow: true for integers of 32 bits, whose differences have no more bits.
  ///   - target: receives the bytes.
  static func write(_ values: [Int64], isNarrow: Bool, to target: inout [UInt8]) {
    target.append(number: UInt64(blockCount))
    target.append(number: UInt64(blockCount / partCount))
    target.append(number: UInt64(values.count))
    target.append(signed: Int(values.first ?? 0))
    var start = 1
    while start < values.count {
      let end = min(start + blockCount, values.count)
      let differences = (start..<end).map {
        let difference = values[$0] &- values[$0 - 1]
        return isNarrow ? Int64(Int32(truncatingIfNeeded: difference)) : difference
      }
      write(block: differences, to: &target)
      start = end
    }
  }

  private static func write(block differences: [Int64], to target: inout [UInt8]) {
    let least = differences.min() ?? 0
    target.append(signed: Int(least))
    let parts = stride(from: 0, to: blockCount, by: partCount).map { start in
      let end = min(start + partCount, differences.count)
      return start < end ? differences[start..<end].map { UInt64(bitPattern: $0 &- least) } : []
    }
    let widths = parts.map { 64 - ($0.max() ?? 0).leadingZeroBitCount }
    target += widths.map { UInt8($0) }
    for (part, width) in zip(parts, widths) where !part.isEmpty {
      let padding = [UInt64](repeating: 0, count: partCount - part.count)
      target.append(packing: part + padding, width: width)
    }
  }
}
