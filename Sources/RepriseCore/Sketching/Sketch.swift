/// The fixed-size part of a text's sketch.
///
/// ``Sketcher`` appends the other parts to arrays of all documents.
package struct Sketch: Hashable, Sendable {
  /// The hash of the tokens and their number.
  package let contentHash: ContentHash
  /// XXH3-64 of the bytes of the text, without a leading byte order mark.
  package let textHash: UInt64
  /// The number of ill-formed UTF-8 sequences, whose bytes are parts of words.
  package let invalidSequenceCount: Int
}
