internal import RepriseEngine
internal import RepriseFormats

/// Looks up ids, titles and locations of documents for the results.
///
/// Not thread-safe.
final class DocumentLabels {
  private let store: SketchStore
  private let reader: SketchReader
  private let inputs: InputPaths

  init(_ store: SketchStore, inputs: InputPaths) {
    self.store = store
    self.inputs = inputs
    reader = SketchReader(store)
  }

  /// The id, title and location of one document.
  struct Name {
    /// The id of the record.
    ///
    /// Without an id, the input's path; with the line, if the input has more documents.
    let id: ResultText
    /// The beginning of the first non-blank line; nil if the document could not be read.
    let title: ResultText?
    /// The path of the document's input.
    let source: ResultText
    /// The line on which the document begins, counted from 1.
    let line: Int
    /// The byte offset of the document in its input.
    let offset: Int

    /// A reference by id and location.
    var reference: DocumentReference {
      DocumentReference(id: id, source: source, offset: offset)
    }
  }

  /// The id, title and location of a document.
  subscript(document: Int) -> Name {
    let descriptor = reader.descriptor(document)
    let label = reader.label(document, descriptor)
    let name = self.name(descriptor, label, store.slice(of: document))
    // A label that was read from disk is overwritten by the next one, so its strings are copied.
    return reader.hasResidentLabels
      ? name
      : Name(
        id: .string(name.id.string), title: name.title.map { .string($0.string) },
        source: name.source, line: name.line, offset: name.offset)
  }

  /// The number of documents that are looked up together.
  private static let lookedUpTogether = 128

  /// Calls `body` for each document, in the given order.
  ///
  /// Documents in arbitrary order are scattered over memory. Loading several descriptors first, and
  /// then their labels, lets the cache misses overlap.
  func forEach<Failure: Error>(
    _ documents: ArraySlice<UInt32>, _ body: (Name) throws(Failure) -> Void
  ) throws(Failure) {
    guard let resident = store.resident else {
      for document in documents { try body(self[Int(document)]) }
      return
    }
    // In bounds: each buffer begins at the document's label and ends with the label section of its
    // chunk, which stays resident; `Label(checking:)` compares its lengths with the buffer's.
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

  /// Returns the id, title and location for a descriptor and a label.
  ///
  /// Its texts point into the label, so they are valid only as long as the label.
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
