internal import RepriseCorpus

/// What documents are called in the results; used by one thread.
final class DocumentNames {
  private let store: SketchStore
  private let reader: SketchReader
  /// The sources' paths as text.
  private let sources: [String]

  init(_ store: SketchStore, sources: [String]) {
    self.store = store
    self.sources = sources
    reader = SketchReader(store)
  }

  /// What a document is called, looked up once.
  struct Name {
    /// The record's id; without one the source, with the line unless the document is all of it.
    let id: ResultText
    /// The document's first words; nothing for one that could not be read.
    let title: ResultText?
    /// The path of the document's source.
    let source: String
    /// The line that the document begins on, counted from 1.
    let line: Int
    /// The byte that it begins at.
    let offset: Int

    /// The document by its id and its place.
    var reference: DocumentReference {
      DocumentReference(id: id, source: .string(source), offset: offset)
    }
  }

  /// What a document is called.
  subscript(document: Int) -> Name {
    let record = reader.record(document)
    return reader.withLabel(document, record) { label in
      let name = self.name(record, label, store.part(of: document))
      // A label that was read goes with the next one.
      return reader.keepsLabels
        ? name
        : Name(
          id: .string(name.id.string), title: name.title.map { .string($0.string) },
          source: name.source, line: name.line, offset: name.offset)
    }
  }

  /// What the document of a record is called; valid as long as its label.
  func name(_ record: DocumentRecord, _ label: Label, _ part: SketchStore.Part) -> Name {
    let source = sources[Int(part.source)]
    let line = part.linesBefore + max(1, label.line)
    let hasID = unsafe !label.id.isEmpty
    return Name(
      id: hasID
        ? unsafe .bytes(label.id) : .string(label.line == 0 ? source : "\(source)#\(line)"),
      title: record.isUnreadable ? nil : unsafe .bytes(label.title), source: source, line: line,
      offset: Int(clamping: record.offset))
  }
}
