/// A passage that is cut from a trimmed document because it is kept in a different one, or earlier
/// in the same one.
public struct Cut: Equatable, Sendable {
  /// The start of the span to cut, in bytes of the document's text.
  public var start: Int
  /// The end of the span to cut (exclusive), in bytes of the document's text.
  public var end: Int
  /// The id of the document that keeps the passage.
  public var duplicateOf: String
  /// The index of that document's line in the manifest, from 0.
  public var duplicateRow: Int?
  /// The argument that named that document, if it is a reference document.
  public var duplicateIn: String?
  /// The start of the kept passage, in bytes of that document's text.
  public var sourceStart: Int
  /// The end of the kept passage (exclusive), in bytes of that document's text.
  public var sourceEnd: Int
  /// The number of words of the passage.
  public var words: Int
  /// The matching tokens divided by the tokens of the longer side, from 0 to 1.
  public var identity: Double

  /// Creates a cut.
  package init(
    start: Int, end: Int, duplicateOf: String, duplicateRow: Int? = nil,
    duplicateIn: String? = nil, sourceStart: Int,
    sourceEnd: Int, words: Int, identity: Double
  ) {
    self.start = start
    self.end = end
    self.duplicateOf = duplicateOf
    self.duplicateRow = duplicateRow
    self.duplicateIn = duplicateIn
    self.sourceStart = sourceStart
    self.sourceEnd = sourceEnd
    self.words = words
    self.identity = identity
  }
}

extension Cut: ResultEntry {
  /// Writes every key.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.integer(start, for: "start")
    writer.integer(end, for: "end")
    writer.string(duplicateOf, for: "duplicate_of")
    writer.integer(duplicateRow, for: "duplicate_row")
    writer.string(duplicateIn, for: "duplicate_in")
    writer.integer(sourceStart, for: "source_start")
    writer.integer(sourceEnd, for: "source_end")
    writer.integer(words, for: "words")
    writer.double(identity, for: "identity")
    writer.endObject()
  }
}
