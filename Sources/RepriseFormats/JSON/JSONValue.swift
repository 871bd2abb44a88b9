/// The kind and location of a JSON value in the bytes of its record.
public struct JSONValue: Equatable, Sendable {
  /// The kinds of values of RFC 8259, and numbers that are not finite.
  public enum Kind: UInt8, Sendable {
    case string
    case number
    case object
    case array
    case `true`
    case `false`
    case null
    /// `NaN`, `Infinity` or `-Infinity`, which are no JSON, but which Python and others write.
    case notFinite
  }

  /// The kind of the value.
  public var kind: Kind

  /// True if a string contains a backslash; `false` for other kinds.
  public var hasEscapes: Bool

  /// The offset of the value's first byte in the record; for a string, the byte after its quote.
  public var offset: Int

  /// The size of the value in bytes; for a string, without its quotes.
  public var length: Int

  /// Creates a value from its kind and location.
  public init(kind: Kind, offset: Int, length: Int, hasEscapes: Bool = false) {
    self.kind = kind
    self.hasEscapes = hasEscapes
    self.offset = offset
    self.length = length
  }

  /// The byte range of the value in its record; for a string, without its quotes.
  public var range: Range<Int> { offset..<(offset + length) }
}
