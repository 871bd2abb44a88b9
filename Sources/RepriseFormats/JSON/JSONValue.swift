/// The kind and location of a JSON value in the bytes of its record.
package struct JSONValue: Equatable, Sendable {
  /// The kinds of values of RFC 8259, and numbers that are not finite.
  package enum Kind: UInt8, Sendable {
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
  package var kind: Kind

  /// True if a string contains a backslash; `false` for other kinds.
  package var hasEscapes: Bool

  /// The offset of the value's first byte in the record; for a string, the byte after its quote.
  package var offset: Int

  /// The size of the value in bytes; for a string, without its quotes.
  package var length: Int

  /// Creates a value from its kind and location.
  package init(kind: Kind, offset: Int, length: Int, hasEscapes: Bool = false) {
    self.kind = kind
    self.hasEscapes = hasEscapes
    self.offset = offset
    self.length = length
  }

  /// The byte range of the value in its record; for a string, without its quotes.
  package var range: Range<Int> { offset..<(offset + length) }
}
