/// Names a document in clusters and pairs, also where ids repeat.
public struct DocumentName: Hashable, Sendable {
  /// The value of the record's id field, else `SOURCE#LINE`, or `SOURCE` for a document that is a
  /// whole file.
  public var id: String
  /// The file that contains the document.
  public var source: String
  /// The byte offset of the document in the decoded file.
  public var offset: Int

  /// Creates a name.
  package init(id: String, source: String, offset: Int) {
    (self.id, self.source, self.offset) = (id, source, offset)
  }

  /// The same for a line that is written.
  var reference: DocumentReference {
    DocumentReference(id: .string(id), source: .string(source), offset: offset)
  }

  /// Reads the JSON form; nil if a field is missing.
  init?(_ tree: JSONTree) {
    guard let id = tree["id"]?.string, let source = tree["source"]?.string,
      let offset = tree["offset"]?.integer
    else { return nil }
    self.init(id: id, source: source, offset: offset)
  }
}
