/// A ``ManifestEntry`` to be written to `manifest.jsonl`.
///
/// Its text can be strings or bytes.
///
/// A manifest has one line per document, and most of it is text that is only copied. To read a
/// manifest, use ``ManifestReader``.
package struct ManifestLine: ~Copyable {
  /// See ``ManifestEntry/id``.
  package var id: ResultText
  /// See ``ManifestEntry/source``.
  package var source: ResultText
  /// See ``ManifestEntry/offset``.
  package var offset: Int
  /// See ``ManifestEntry/length``.
  package var length: Int
  /// See ``ManifestEntry/words``.
  package var words: Int
  /// See ``ManifestEntry/status-swift.property``.
  package var status: ManifestEntry.Status
  /// See ``ManifestEntry/reason-swift.property``.
  package var reason: ManifestEntry.Reason?
  /// See ``ManifestEntry/duplicateOf``.
  package var duplicateOf: ResultText?
  /// See ``ManifestEntry/duplicateSource``.
  package var duplicateSource: ResultText?
  /// See ``ManifestEntry/duplicateOffset``.
  package var duplicateOffset: Int?
  /// See ``ManifestEntry/duplicateRow``.
  package var duplicateRow: Int?
  /// See ``ManifestEntry/duplicateIn``.
  package var duplicateIn: String?
  /// See ``ManifestEntry/similarity``.
  package var similarity: Double?
  /// See ``ManifestEntry/cluster``.
  package var cluster: Int?
  /// See ``ManifestEntry/copies``.
  package var copies: Int
  /// See ``ManifestEntry/cuts``.
  package var cuts: [Cut]
  /// See ``ManifestEntry/title``.
  package var title: ResultText?

  /// Creates a line; omitted values are absent.
  @inline(__always)
  package init(
    id: ResultText, source: ResultText, offset: Int, length: Int, words: Int = 0,
    status: ManifestEntry.Status,
    reason: ManifestEntry.Reason? = nil, duplicateOf: ResultText? = nil,
    duplicateSource: ResultText? = nil, duplicateOffset: Int? = nil, duplicateRow: Int? = nil,
    duplicateIn: String? = nil,
    similarity: Double? = nil,
    cluster: Int? = nil, copies: Int = 0, cuts: [Cut] = [], title: ResultText? = nil
  ) {
    self.id = id
    self.source = source
    self.offset = offset
    self.length = length
    self.words = words
    self.status = status
    self.reason = reason
    self.duplicateOf = duplicateOf
    self.duplicateSource = duplicateSource
    self.duplicateOffset = duplicateOffset
    self.duplicateRow = duplicateRow
    self.duplicateIn = duplicateIn
    self.similarity = similarity
    self.cluster = cluster
    self.copies = copies
    self.cuts = cuts
    self.title = title
  }
}

extension ManifestLine: ResultEntry {
  /// Writes every key, with null for absent values.
  package func write(to writer: inout JSONWriter) {
    writer.beginObject()
    writer.text(id, for: "id")
    writer.text(source, for: "source")
    writer.integer(offset, for: "offset")
    writer.integer(length, for: "length")
    writer.integer(words, for: "words")
    writer.key("status")
    status.write(to: &writer)
    writer.string(reason?.rawValue, for: "reason")
    writer.text(duplicateOf, for: "duplicate_of")
    writer.text(duplicateSource, for: "duplicate_source")
    writer.integer(duplicateOffset, for: "duplicate_offset")
    writer.integer(duplicateRow, for: "duplicate_row")
    writer.string(duplicateIn, for: "duplicate_in")
    writer.double(similarity, for: "similarity")
    writer.integer(cluster, for: "cluster")
    writer.integer(copies, for: "copies")
    writer.key("cuts")
    writer.beginArray()
    for cut in cuts { cut.write(to: &writer) }
    writer.endArray()
    writer.text(title, for: "title")
    writer.endObject()
  }
}

extension ManifestEntry.Status {
  @inline(__always)
  fileprivate func write(to writer: inout JSONWriter) {
    switch self {
    case .keep: writer.literal("keep")
    case .drop: writer.literal("drop")
    case .trim: writer.literal("trim")
    case .empty: writer.literal("empty")
    case .unreadable: writer.literal("unreadable")
    }
  }
}
