internal import RepriseCorpus

/// What documents are called in the results.
struct DocumentNames: Sendable {
  private let table: DocumentTable
  private let labels: Labels
  /// The sources' paths as text.
  private let sources: [String]

  init(_ table: DocumentTable, _ labels: Labels, _ sources: [SourceFile]) {
    self.table = table
    self.labels = labels
    self.sources = sources.map(\.path.text)
  }

  /// What a document is called, looked up once.
  @safe
  struct Name {
    private let label: Label
    private let isUnreadable: Bool
    /// The path of the document's source.
    let source: String
    /// The line that the document begins on, counted from 1.
    let line: Int

    fileprivate init(_ label: Label, isUnreadable: Bool, source: String, line: Int) {
      self.label = label
      self.isUnreadable = isUnreadable
      self.source = source
      self.line = line
    }

    /// The document's first words; nothing for one that could not be read.
    var title: ResultText? { isUnreadable ? nil : unsafe .bytes(label.title) }

    /// The class of the problem with a document that could not be read.
    var problem: ManifestEntry.Reason? {
      guard isUnreadable else { return nil }
      return unsafe ManifestEntry.Reason(rawValue: String(decoding: label.title, as: UTF8.self))
    }

    /// The record's id; without one the source, with the line unless the document is all of it.
    var id: ResultText {
      guard unsafe label.id.isEmpty else { return unsafe .bytes(label.id) }
      return .string(label.line == 0 ? source : "\(source)#\(line)")
    }
  }

  /// What a document is called.
  subscript(document: Int) -> Name {
    let chunk = table.chunks[table.chunk(of: document)]
    let label = labels[chunk.labels.lowerBound + UInt64(table.documents[document].labelOffset)]
    let part = table.part(of: document)
    return Name(
      label, isUnreadable: table.documents[document].isUnreadable, source: sources[part.source],
      line: part.linesBefore + max(1, label.line))
  }

  /// The document by its id and its place.
  func reference(_ document: Int) -> DocumentReference {
    let name = self[document]
    return DocumentReference(
      id: name.id, source: .string(name.source),
      offset: Int(clamping: table.documents[document].offset))
  }
}
