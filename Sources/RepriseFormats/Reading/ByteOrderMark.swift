/// Byte order marks, which identify the encoding at the start of a file.
enum ByteOrderMark {
  /// The size of the UTF-8 mark in bytes.
  static let byteCount = 3
  /// The number of bytes that distinguish all marks.
  static let searchedByteCount = 4

  static func isPresent(_ start: UnsafeRawBufferPointer) -> Bool {
    unsafe start.starts(with: [0xEF, 0xBB, 0xBF])
  }
}
