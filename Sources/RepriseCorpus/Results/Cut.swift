/// A passage that a trimmed document loses because another one keeps it.
public struct Cut: Equatable, Sendable {
  /// The first byte to cut, from the document's own start.
  public var start: Int
  /// The byte after the last to cut, from the document's own start.
  public var end: Int
  /// The id of the document that keeps the passage.
  public var duplicateOf: String
  /// The passage's first byte in that document, from its own start.
  public var sourceStart: Int
  /// The byte after the passage in that document, from its own start.
  public var sourceEnd: Int
  /// The number of words of the passage.
  public var words: Int
  /// Matching words by words of the longer side, 0...1.
  public var identity: Double

  /// Creates a cut.
  public init(
    start: Int, end: Int, duplicateOf: String, sourceStart: Int, sourceEnd: Int, words: Int,
    identity: Double
  ) {
    self.start = start
    self.end = end
    self.duplicateOf = duplicateOf
    self.sourceStart = sourceStart
    self.sourceEnd = sourceEnd
    self.words = words
    self.identity = identity
  }
}

extension Cut: ResultEntry {
  /// Writes every key.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.integer(start, for: "start")
    writer.integer(end, for: "end")
    writer.string(duplicateOf, for: "duplicate_of")
    writer.integer(sourceStart, for: "source_start")
    writer.integer(sourceEnd, for: "source_end")
    writer.integer(words, for: "words")
    writer.double(identity, for: "identity")
    writer.endObject()
  }
}
