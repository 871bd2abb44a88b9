/// One document as it stands in a chunk's bytes.
///
/// The bytes include a byte order mark at the start of a file, and of an article its line ends; of
/// a JSON Lines record they end before the line feed.
public struct Record: Hashable, Sendable {
  /// The place of the first byte in the chunk's bytes.
  public internal(set) var position: Int
  /// The number of bytes.
  public internal(set) var byteCount: Int
  /// Bytes from the start of the decoded file to the record.
  public internal(set) var offset: UInt64
  private var storedLine: UInt32
  private var storedPart: UInt16
  /// 1 if a line feed follows that is not part of the record's bytes.
  public internal(set) var terminatorByteCount: UInt8
  /// Whether the first three bytes are a byte order mark.
  public internal(set) var startsWithByteOrderMark: Bool

  /// Line feeds from the start of the chunk's slice to the record.
  public var line: Int { Int(storedLine) }
  /// The part of the chunk that holds the record.
  public var slice: Int { Int(storedPart) }

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
