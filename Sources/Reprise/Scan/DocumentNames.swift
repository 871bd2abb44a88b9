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

  private func label(_ document: Int) -> Label {
    let chunk = table.chunks[table.chunk(of: document)]
    return labels[chunk.labels.lowerBound + UInt64(table.documents[document].labelOffset)]
  }

  /// The record's id; without one the source, with the line unless the document is all of it.
  func id(_ document: Int) -> ResultText {
    let label = label(document)
    guard unsafe label.id.isEmpty else { return unsafe .bytes(label.id) }
    let source = source(document)
    return .string(label.line == 0 ? source : "\(source)#\(line(document))")
  }

  /// The line that the document begins on, counted from 1.
  func line(_ document: Int) -> Int {
    table.part(of: document).linesBefore + max(1, label(document).line)
  }

  /// The document's first words; nothing for one that could not be read.
  func title(_ document: Int) -> ResultText? {
    table.documents[document].isUnreadable ? nil : unsafe .bytes(label(document).title)
  }

  /// The class of the problem with a document that could not be read.
  func problem(_ document: Int) -> ManifestEntry.Reason? {
    guard table.documents[document].isUnreadable else { return nil }
    return unsafe ManifestEntry.Reason(
      rawValue: String(decoding: label(document).title, as: UTF8.self))
  }

  /// The path of the document's source.
  func source(_ document: Int) -> String { sources[table.part(of: document).source] }

  /// The document by its id and its place.
  func reference(_ document: Int) -> DocumentReference {
    DocumentReference(
      id: id(document).string, source: source(document),
      offset: Int(clamping: table.documents[document].offset))
  }
}
