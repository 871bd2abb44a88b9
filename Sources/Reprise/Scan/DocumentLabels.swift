internal import RepriseCorpus

/// What documents are called in the results; used by one thread.
final class DocumentLabels {
  private let store: SketchStore
  private let reader: SketchReader
  private let inputs: InputPaths

  init(_ store: SketchStore, inputs: InputPaths) {
    self.store = store
    self.inputs = inputs
    reader = SketchReader(store)
  }

  /// What a document is called, looked up once.
  struct Name {
    /// The record's id; without one the input, with the line unless the document is all of it.
    let id: ResultText
    /// The document's first words; nothing for one that could not be read.
    let title: ResultText?
    /// The path of the document's input.
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
    let descriptor = reader.descriptor(document)
    let label = reader.label(document, descriptor)
    let name = self.name(descriptor, label, store.slice(of: document))
    // A label that was read goes with the next one.
    return reader.hasResidentLabels
      ? name
      : Name(
        id: .string(name.id.string), title: name.title.map { .string($0.string) },
        source: name.source, line: name.line, offset: name.offset)
  }

  /// Documents whose names are looked up together.
  private static let lookedUpTogether = 128

  /// Calls `body` with the names of documents, one after another.
  ///
  /// Documents in any order are all over the memory: it is asked for the descriptors of several and
  /// then for their labels, which it finds at the same time.
  func forEach<Failure: Error>(
    _ documents: ArraySlice<UInt32>, _ body: (Name) throws(Failure) -> Void
  ) throws(Failure) {
    guard let resident = store.resident else {
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
        unsafe places.append((chunk, resident.labels(from: Int(document), inChunk: chunk)))
      }
      for index in unsafe places.indices {
        labels.append(unsafe Label(checking: places[index].labels))
      }
      for (index, document) in block.enumerated() {
        let descriptor = unsafe resident.descriptor(Int(document), inChunk: places[index].chunk)
        try body(name(descriptor, labels[index], store.slice(of: Int(document))))
      }
      unsafe places.removeAll(keepingCapacity: true)
      labels.removeAll(keepingCapacity: true)
    }
  }

  /// What the document of a descriptor is called; valid as long as its label.
  @inline(__always)
  func name(_ descriptor: DocumentDescriptor, _ label: Label, _ slice: SketchStore.Slice) -> Name {
    let input = Int(slice.input)
    let line = slice.linesBefore + max(1, label.line)
    return Name(
      id: unsafe label.id.isEmpty ? placeName(input, label, line) : .bytes(label.id),
      title: descriptor.isUnreadable ? nil : unsafe .bytes(label.title),
      source: unsafe .bytes(inputs.bytes(input)), line: line,
      offset: Int(clamping: descriptor.offset))
  }

  @inline(never)
  private func placeName(_ input: Int, _ label: Label, _ line: Int) -> ResultText {
    label.line == 0
      ? unsafe .bytes(inputs.bytes(input)) : .string("\(inputs.paths[input])#\(line)")
  }
}
