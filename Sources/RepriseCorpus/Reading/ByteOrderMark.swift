/// The marks at the start of a file that tell its encoding.
enum ByteOrderMark {
  /// The bytes of the UTF-8 mark.
  static let byteCount = 3
  /// How many bytes tell all marks apart.
  static let searchedByteCount = 4

  static func isPresent(_ start: UnsafeRawBufferPointer) -> Bool {
    unsafe start.starts(with: [0xEF, 0xBB, 0xBF])
  }

  /// The name of an encoding that is not read, if its mark is there.
  static func unreadEncoding(_ start: UnsafeRawBufferPointer) -> String? {
    if unsafe start.starts(with: [0xFF, 0xFE, 0, 0]) { return "UTF-32LE" }
    if unsafe start.starts(with: [0, 0, 0xFE, 0xFF]) { return "UTF-32BE" }
    if unsafe start.starts(with: [0xFF, 0xFE]) { return "UTF-16LE" }
    if unsafe start.starts(with: [0xFE, 0xFF]) { return "UTF-16BE" }
    return nil
  }

  /// The failure of a file in an encoding that is not read.
  static func failure(_ start: UnsafeRawBufferPointer, path: FilePath) -> CorpusError? {
    guard let encoding = unsafe unreadEncoding(start) else { return nil }
    return CorpusError(
      .encoding, "the file begins with the mark of \(encoding), and only UTF-8 is read", path: path,
      byte: 0)
  }
}
