/// A reference to a document by id and location, which is unique even where ids repeat.
package struct DocumentReference {
  /// The value of the record's id field, else `SOURCE#LINE`, or `SOURCE` for a document that is a
  /// whole file.
  package var id: ResultText
  /// The file that contains the document.
  package var source: ResultText
  /// The byte offset of the document in the decoded file.
  package var offset: Int

  /// Creates a reference.
  package init(id: ResultText, source: ResultText, offset: Int) {
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

extension DocumentReference: ResultEntry {
  /// Writes every key.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writeFields(to: &writer)
    writer.endObject()
  }
}

/// Two documents that repeat each other: one line of `pairs.jsonl`.
package struct PairLine {
  /// The document that is earlier in the corpus.
  package var first: DocumentReference
  /// The other document.
  package var second: DocumentReference
  /// The kind of repetition: `exact` and `words` for equal tokens, else `near`.
  package var reason: ManifestEntry.Reason
  /// The Jaccard similarity of the two shingle sets, exact or estimated.
  package var jaccard: Double
  /// The number of shingles in both documents; for an estimate, the number of equal slots; nil if
  /// the tokens are equal, because shingles are then not counted.
  package var intersection: Int?
  /// The number of shingles in at least one document; for an estimate, the number of slots of a
  /// signature; nil if the tokens are equal.
  package var union: Int?
  /// True if the numbers are an estimate from the signatures.
  package var isEstimated: Bool

  /// Creates a pair.
  package init(
    first: DocumentReference, second: DocumentReference, reason: ManifestEntry.Reason = .near,
    jaccard: Double, intersection: Int?, union: Int?, isEstimated: Bool = false
  ) {
    self.first = first
    self.second = second
    self.reason = reason
    self.jaccard = jaccard
    self.intersection = intersection
    self.union = union
    self.isEstimated = isEstimated
  }
}

extension PairLine: ResultEntry {
  /// Writes every key; exact pairs do not have `estimated`.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("first")
    first.write(to: &writer)
    writer.key("second")
    second.write(to: &writer)
    writer.string(reason.rawValue, for: "reason")
    writer.double(jaccard, for: "jaccard")
    writer.integer(intersection, for: "intersection")
    writer.integer(union, for: "union")
    if isEstimated {
      writer.key("estimated")
      writer.bool(true)
    }
    writer.endObject()
  }
}
