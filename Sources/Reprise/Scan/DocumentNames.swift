internal import RepriseCorpus

/// What documents are called in the results; used by one thread.
final class DocumentNames {
  private let store: SketchStore
  private let reader: SketchReader
  private let sources: SourceNames

  init(_ store: SketchStore, sources: SourceNames) {
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
    let source: ResultText
    /// The line that the document begins on, counted from 1.
    let line: Int
    /// The byte that it begins at.
    let offset: Int

    /// The document by its id and its place.
    var reference: DocumentReference {
      DocumentReference(id: id, source: source, offset: offset)
    }
  }

  /// What a document is called.
  subscript(document: Int) -> Name {
    let record = reader.record(document)
    let label = reader.label(document, record)
    let name = self.name(record, label, store.part(of: document))
    // A label that was read goes with the next one.
    return reader.keepsLabels
      ? name
      : Name(
        id: .string(name.id.string), title: name.title.map { .string($0.string) },
        source: name.source, line: name.line, offset: name.offset)
  }

  /// Documents whose names are looked up together.
  private static let lookedUpTogether = 128

  /// Calls `body` with the names of documents, one after another.
  ///
  /// Documents in any order are all over the memory: it is asked for the records of several and then
  /// for their labels, which it finds at the same time.
  func forEach<Failure: Error>(
    _ documents: ArraySlice<UInt32>, _ body: (Name) throws(Failure) -> Void
  ) throws(Failure) {
    guard let kept = store.kept else {
      for document in documents { try body(self[Int(document)]) }
      return
    }
    var places = unsafe [(chunk: Int, labels: UnsafeRawBufferPointer)]()
    var labels: [Label] = []
    unsafe places.reserveCapacity(Self.lookedUpTogether)
    labels.reserveCapacity(Self.lookedUpTogether)
    var rest = documents
    while !rest.isEmpty {
      let block = rest.prefix(Self.lookedUpTogether)
      rest = rest.dropFirst(block.count)
      for document in block {
        let chunk = store.chunkIndex(of: Int(document))
        unsafe places.append((chunk, kept.labels(from: Int(document), inChunk: chunk)))
      }
      for index in unsafe places.indices {
        labels.append(unsafe Label(checking: places[index].labels))
      }
      for (index, document) in block.enumerated() {
        let record = unsafe kept.record(Int(document), inChunk: places[index].chunk)
        try body(name(record, labels[index], store.part(of: Int(document))))
      }
      unsafe places.removeAll(keepingCapacity: true)
      labels.removeAll(keepingCapacity: true)
    }
  }

  /// What the document of a record is called; valid as long as its label.
  @inline(__always)
  func name(_ record: DocumentRecord, _ label: Label, _ part: SketchStore.Part) -> Name {
    let source = Int(part.source)
    let line = part.linesBefore + max(1, label.line)
    return Name(
      id: unsafe label.id.isEmpty ? placeName(source, label, line) : .bytes(label.id),
      title: record.isUnreadable ? nil : unsafe .bytes(label.title),
      source: unsafe .bytes(sources.bytes(source)), line: line,
      offset: Int(clamping: record.offset))
  }

  @inline(never)
  private func placeName(_ source: Int, _ label: Label, _ line: Int) -> ResultText {
    label.line == 0
      ? unsafe .bytes(sources.bytes(source)) : .string("\(sources.paths[source])#\(line)")
  }
}
