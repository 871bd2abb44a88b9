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

  /// The record's id; without one the source, with the line unless the document is all of it.
  func id(_ document: Int) -> ResultText {
    let isMapped = reader.isMapped
    let text = reader.withLabel(document) { label -> ResultText in
      let text = id(label, store.part(of: document))
      return isMapped ? text : .string(text.string)
    }
    return text
  }

  /// The id of a document with this label in this part; valid as long as the label.
  func id(_ label: Label, _ part: SketchStore.Part) -> ResultText {
    guard unsafe label.id.isEmpty else { return unsafe .bytes(label.id) }
    let source = sources[Int(part.source)]
    return .string(label.line == 0 ? source : "\(source)#\(part.linesBefore + label.line)")
  }

  /// The line that the document begins on, counted from 1.
  func line(_ document: Int) -> Int {
    store.part(of: document).linesBefore + max(1, reader.withLabel(document) { $0.line })
  }

  /// The document's first words; nothing for one that could not be read.
  func title(_ document: Int) -> String? {
    guard !reader.record(document).isUnreadable else { return nil }
    return reader.withLabel(document) { label in
      unsafe String(decoding: label.title, as: UTF8.self)
    }
  }

  /// The path of the document's source.
  func source(_ document: Int) -> String { source(of: store.part(of: document)) }

  /// The path of a part's source.
  func source(of part: SketchStore.Part) -> String { sources[Int(part.source)] }

  /// The byte that the document begins at.
  func offset(_ document: Int) -> Int { Int(clamping: reader.record(document).offset) }

  /// The document by its id and its place.
  func reference(_ document: Int) -> DocumentReference {
    DocumentReference(
      id: id(document).string, source: source(document), offset: offset(document))
  }
}
