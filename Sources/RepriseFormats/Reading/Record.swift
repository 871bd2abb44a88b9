/// The bytes of one document in a chunk.
///
/// They include a byte order mark at the start of a file, and the line ends of an article. A JSON
/// Lines record ends before its line feed.
package struct Record: Hashable, Sendable {
  /// The position of the first byte in the chunk's bytes.
  package internal(set) var position: Int
  /// The number of bytes.
  package internal(set) var byteCount: Int
  /// The byte offset of the record in the decoded file.
  package internal(set) var offset: UInt64
  private var storedLine: UInt32
  private var storedPart: UInt16
  /// 1 if the record is followed by a line feed that is not part of it.
  package internal(set) var terminatorByteCount: UInt8
  /// True if the first three bytes are a byte order mark.
  package internal(set) var startsWithByteOrderMark: Bool

  /// The number of line feeds from the start of the chunk's slice to the record.
  package var line: Int { Int(storedLine) }
  /// The index of the slice in the chunk.
  package var slice: Int { Int(storedPart) }

  init(
    position: Int, byteCount: Int, offset: Int, line: Int, slice: Int, terminatorByteCount: UInt8,
    startsWithByteOrderMark: Bool
  ) {
    self.position = position
    self.byteCount = byteCount
    self.offset = UInt64(offset)
    storedLine = UInt32(line)
    storedPart = UInt16(slice)
    self.terminatorByteCount = terminatorByteCount
    self.startsWithByteOrderMark = startsWithByteOrderMark
  }
}
