/// A passage that stands in several occurrences: one line of `passages.jsonl`.
public struct PassageEntry: Equatable, Sendable {
  /// A place of a passage.
  public struct Occurrence: Equatable, Sendable {
    /// The id of the document.
    public var id: String
    /// The file that holds the document.
    public var source: String
    /// The passage's first byte, from the document's own start.
    public var start: Int
    /// The byte after the passage, from the document's own start.
    public var end: Int
    /// Words that match the kept place by words of the longer side, 0...1.
    public var identity: Double
    /// True for the one place that stays.
    public var isKept: Bool

    /// Creates a place.
    public init(
      id: String, source: String, start: Int, end: Int, identity: Double, isKept: Bool
    ) {
      self.id = id
      self.source = source
      self.start = start
      self.end = end
      self.identity = identity
      self.isKept = isKept
    }
  }

  /// What is said of a passage that too many documents have to cut it anywhere.
  public struct Boilerplate: Equatable, Sendable {
    /// How many documents have it.
    public var documentCount: Int
    /// Its beginning, as it stands in the one place that is given.
    public var text: String

    /// Creates the note.
    public init(documentCount: Int, text: String) {
      self.documentCount = documentCount
      self.text = text
    }
  }

  /// The passage's number, from 0 in the order of the kept occurrences; boilerplate comes last.
  public var passage: Int
  /// Its first line.
  public var title: String
  /// Its words in the kept place.
  public var words: Int
  /// Its bytes in the kept place.
  public var bytes: Int
  /// The kept place, then those that are cut, in corpus order; of boilerplate one example.
  public var occurrences: [Occurrence]
  /// Set if the passage is boilerplate.
  public var boilerplate: Boilerplate?

  /// Creates a record.
  public init(
    passage: Int, title: String, words: Int, bytes: Int, occurrences: [Occurrence],
    boilerplate: Boilerplate? = nil
  ) {
    self.passage = passage
    self.title = title
    self.words = words
    self.bytes = bytes
    self.occurrences = occurrences
    self.boilerplate = boilerplate
  }
}

extension PassageEntry: ResultEntry {
  /// Writes every key; those of boilerplate only where it is some.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.integer(passage, for: "passage")
    writer.string(title, for: "title")
    writer.integer(words, for: "words")
    writer.integer(bytes, for: "bytes")
    if let boilerplate {
      writer.integer(boilerplate.documentCount, for: "boilerplate_documents")
      writer.string(boilerplate.text, for: "text")
    }
    writer.key("places")
    writer.beginArray()
    for place in occurrences { place.write(to: &writer) }
    writer.endArray()
    writer.endObject()
  }
}

extension PassageEntry.Occurrence: ResultEntry {
  /// Writes every key.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.string(id, for: "id")
    writer.string(source, for: "source")
    writer.integer(start, for: "start")
    writer.integer(end, for: "end")
    writer.double(identity, for: "identity")
    writer.key("kept")
    writer.bool(isKept)
    writer.endObject()
  }
}
