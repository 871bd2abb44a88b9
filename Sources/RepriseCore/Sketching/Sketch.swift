/// The fixed-size part of a text's sketch.
///
/// ``Sketcher`` appends the other parts to arrays of all documents.
public struct Sketch: Hashable, Sendable {
  /// The hash of the tokens and their number.
  public let contentHash: ContentHash
  /// XXH3-64 of the bytes of the text, without a leading byte order mark.
  public let textHash: UInt64
  /// The number of ill-formed UTF-8 sequences, whose bytes are parts of words.
  public let invalidSequenceCount: Int
}
