/// Where a JSON value stands in the bytes of its record.
public struct JSONValue: Equatable, Sendable {
  /// The kinds of value that RFC 8259 knows.
  public enum Kind: UInt8, Sendable {
    case string
    case number
    case object
    case array
    case `true`
    case `false`
    case null
  }

  /// What the value is.
  public var kind: Kind

  /// Whether a string holds a backslash; `false` for every other kind.
  public var hasEscapes: Bool

  /// Offset of the value's first byte in the record; of a string, the byte after its quote.
  public var offset: Int

  /// Number of bytes of the value; of a string, those between its quotes.
  public var length: Int

  /// Creates the value of the given kind at `offset`, `length` bytes long.
  public init(kind: Kind, offset: Int, length: Int, hasEscapes: Bool = false) {
    self.kind = kind
    self.hasEscapes = hasEscapes
    self.offset = offset
    self.length = length
  }

  /// The bytes of the value in its record; of a string, those between its quotes.
  public var range: Range<Int> { offset..<(offset + length) }
}
