/// A document by its id and its place, which is clear also where ids repeat.
public struct DocumentReference {
  /// The record's id field, or `SOURCE#LINE`.
  public var id: ResultText
  /// The file that holds the document.
  public var source: ResultText
  /// The document's first byte in the decoded file.
  public var offset: Int

  /// Creates a reference.
  public init(id: ResultText, source: ResultText, offset: Int) {
    self.id = id
    self.source = source
    self.offset = offset
  }

  func writeFields(to writer: inout JSONWriter) {
    writer.text(id, for: "id")
    writer.text(source, for: "source")
    writer.integer(offset, for: "offset")
  }
}

extension DocumentReference: ResultRecord {
  /// Writes every key.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writeFields(to: &writer)
    writer.endObject()
  }
}

/// Two documents whose similarity was computed: one line of `pairs.jsonl`.
public struct PairRecord {
  /// The document that comes first in the corpus.
  public var first: DocumentReference
  /// The other document.
  public var second: DocumentReference
  /// The exact Jaccard similarity of the two shingle sets.
  public var jaccard: Double
  /// The number of shingles that both have.
  public var intersection: Int
  /// The number of shingles that at least one has.
  public var union: Int

  /// Creates a pair.
  public init(
    first: DocumentReference, second: DocumentReference, jaccard: Double, intersection: Int,
    union: Int
  ) {
    self.first = first
    self.second = second
    self.jaccard = jaccard
    self.intersection = intersection
    self.union = union
  }
}

extension PairRecord: ResultRecord {
  /// Writes every key.
  public func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("first")
    first.write(to: &writer)
    writer.key("second")
    second.write(to: &writer)
    writer.double(jaccard, for: "jaccard")
    writer.integer(intersection, for: "intersection")
    writer.integer(union, for: "union")
    writer.endObject()
  }
}
