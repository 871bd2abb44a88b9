/// A value of a column in the buffer of a chunk.
struct ParquetCell: Hashable, Sendable {
  /// The position of the first byte.
  var position: Int
  /// The number of bytes; negative if there is no value.
  var byteCount: Int

  /// A value that is null.
  static let null = Self(position: 0, byteCount: -1)
  /// A value of which a group around it is null.
  static let absent = Self(position: 0, byteCount: -2)
  /// A value on a page that cannot be read.
  static let lost = Self(position: 0, byteCount: -3)

  /// True if there is a value.
  var isValue: Bool { byteCount >= 0 }
  /// The range of the value's bytes.
  var range: Range<Int> { position..<position + max(0, byteCount) }
}
