/// A passage with several occurrences: one line of `passages.jsonl`.
public struct PassageEntry: Equatable, Sendable {
  /// An occurrence of a passage.
  public struct Occurrence: Equatable, Sendable {
    /// The id of the document.
    public var id: String
    /// The index of the document's line in the manifest, from 0; nil for a reference document.
    public var row: Int?
    /// The argument that named the document, if it is a reference document.
    public var reference: String?
    /// The file that contains the document.
    public var source: String
    /// The byte offset of the document in the file, as in the manifest; nil in results of earlier programs.
    package var offset: Int?
    /// The start of the passage, in bytes of the document's text.
    public var start: Int
    /// The end of the passage (exclusive), in bytes of the document's text.
    public var end: Int
    /// The number of words.
    public var words: Int
    /// The line of the file on which the passage begins, from 1; for a record, that of the record.
    public var line: Int
    /// The tokens that match the kept occurrence, divided by the tokens of the longer side: from 0
    /// to 1.
    public var identity: Double
    /// True for the one occurrence that is kept.
    public var isKept: Bool

    /// Creates an occurrence.
    package init(
      id: String, row: Int?, reference: String? = nil, source: String, offset: Int? = nil,
      start: Int, end: Int, words: Int, line: Int, identity: Double, isKept: Bool
    ) {
      self.offset = offset
      self.id = id
      self.row = row
      self.reference = reference
      self.source = source
      self.start = start
      self.end = end
      self.words = words
      self.line = line
      self.identity = identity
      self.isKept = isKept
    }
  }

  /// The extra fields of a passage that too many documents share to be cut.
  public struct Boilerplate: Equatable, Sendable {
    /// The number of documents that share it.
    public var documentCount: Int
    /// The beginning of the text of its one listed occurrence.
    public var text: String

    /// Creates the fields.
    package init(documentCount: Int, text: String) {
      self.documentCount = documentCount
      self.text = text
    }
  }

  /// The number of the passage, from 0 in the order of the kept occurrences; boilerplate comes
  /// last.
  public var passage: Int
  /// The beginning of the first line of the passage that is a sentence or a heading.
  public var title: String
  /// The beginning of the kept occurrence, at most 200 bytes.
  public var excerpt: String
  /// The number of words of the kept occurrence.
  public var words: Int
  /// The number of bytes of the kept occurrence.
  public var bytes: Int
  /// The number of documents that have the passage.
  public var documentCount: Int
  /// The number of bytes of all occurrences that are cut, or dropped with their documents.
  public var cutByteCount: Int
  /// The kept occurrence, then those that are cut, in corpus order; for boilerplate, one example.
  public var occurrences: [Occurrence]
  /// The extra fields of boilerplate; `nil` for other passages.
  public var boilerplate: Boilerplate?

  /// Creates an entry.
  package init(
    passage: Int, title: String, excerpt: String, words: Int, bytes: Int, documentCount: Int,
    cutByteCount: Int, occurrences: [Occurrence], boilerplate: Boilerplate? = nil
  ) {
    self.passage = passage
    self.title = title
    self.excerpt = excerpt
    self.words = words
    self.bytes = bytes
    self.documentCount = documentCount
    self.cutByteCount = cutByteCount
    self.occurrences = occurrences
    self.boilerplate = boilerplate
  }
}

extension PassageEntry: ResultEntry {
  /// Writes every key; those of boilerplate only for boilerplate.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.integer(passage, for: "passage")
    writer.string(title, for: "title")
    writer.string(excerpt, for: "excerpt")
    writer.integer(words, for: "words")
    writer.integer(bytes, for: "bytes")
    writer.integer(documentCount, for: "documents")
    writer.integer(cutByteCount, for: "cut_bytes")
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
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.string(id, for: "id")
    writer.integer(row, for: "row")
    writer.string(reference, for: "in")
    writer.string(source, for: "source")
    writer.integer(offset, for: "offset")
    writer.integer(start, for: "start")
    writer.integer(end, for: "end")
    writer.integer(words, for: "words")
    writer.integer(line, for: "line")
    writer.double(identity, for: "identity")
    writer.key("kept")
    writer.bool(isKept)
    writer.endObject()
  }
}
