/// Reads the strings of a page one after another.
@safe
struct ParquetStringReader {
  /// The number of strings that were read.
  private(set) var count = 0
  private let bytes: UnsafeRawBufferPointer
  private let byteCount: Int
  private let encoding: Int
  private var position = 0
  private var lengths: [Int64] = []
  private var prefixes: [Int64] = []
  private var previous: [UInt8] = []

  private static let early = ParquetValues.early

  /// Creates a reader.
  ///
  /// - Parameters:
  ///   - bytes: the values of the page, with at least 8 readable bytes after them.
  ///   - encoding: the number of their encoding: 0, 6 or 7.
  ///   - count: the number of values.
  /// - Throws: a fault if the lengths are damaged.
  init(
    _ bytes: UnsafeRawBufferPointer, encoding: Int, count: Int
  ) throws(ParquetFault) {
    unsafe self.bytes = bytes
    byteCount = bytes.count
    self.encoding = encoding
    if encoding == 7 {
      position = unsafe try ParquetDeltas.read(bytes, limit: count, into: &prefixes)
    }
    if encoding != 0 {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[position...])
      position += unsafe try ParquetDeltas.read(rest, limit: count, into: &lengths)
      guard lengths.count == count, encoding == 6 || prefixes.count == count else {
        throw Self.early
      }
    }
  }

  /// Skips a string.
  mutating func skip() throws(ParquetFault) {
    unsafe try next { _ throws(ParquetFault) in }
  }

  /// Reads a string, which is valid within `body`.
  mutating func next(
    _ body: (UnsafeRawBufferPointer) throws(ParquetFault) -> Void
  ) throws(ParquetFault) {
    let range = try take(encoding == 0 ? try statedLength() : Int(lengths[count]))
    // In bounds: `take` checked the range.
    let value = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
    guard encoding == 7 else {
      count += 1
      return unsafe try body(value)
    }
    let prefix = prefixes[count]
    guard prefix >= 0, prefix <= previous.count else { throw Self.early }
    previous.removeLast(previous.count - Int(prefix))
    unsafe previous.append(contentsOf: value)
    count += 1
    try unsafe previous.span.withUnsafeBytes { string throws(ParquetFault) in
      unsafe try body(string)
    }
  }

  private mutating func statedLength() throws(ParquetFault) -> Int {
    let range = try take(4)
    // In bounds: `take` checked the range.
    return Int(
      unsafe bytes.loadUnaligned(fromByteOffset: range.lowerBound, as: UInt32.self).littleEndian)
  }

  private mutating func take(_ length: Int) throws(ParquetFault) -> Range<Int> {
    guard length >= 0, length <= byteCount - position else { throw Self.early }
    position += length
    return position - length..<position
  }
}
