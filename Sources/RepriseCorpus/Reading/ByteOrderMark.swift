/// The marks at the start of a file that tell its encoding.
enum ByteOrderMark {
  /// The bytes of the UTF-8 mark.
  static let byteCount = 3
  /// How many bytes tell all marks apart.
  static let searchedByteCount = 4

  static func isPresent(_ start: UnsafeRawBufferPointer) -> Bool {
    unsafe start.starts(with: [0xEF, 0xBB, 0xBF])
  }
}
