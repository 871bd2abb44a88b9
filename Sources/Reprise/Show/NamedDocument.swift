internal import RepriseFormats

/// A document that is shown next to another: one of the manifest, or a reference document.
struct NamedDocument {
  let entry: ManifestEntry
  let place: ScannedTexts.Place

  init(_ entry: ManifestEntry) { (self.entry, place) = (entry, entry.place) }

  /// Finds a reference document, which has no line in the manifest.
  ///
  /// - Parameters:
  ///   - name: its file and offset, or the id by which a dropped document names it.
  ///   - summary: the files of the scan.
  ///   - results: the results folder.
  /// - Throws: `cannotOpen`, `cannotRead` or `invalidResults`.
  init?(reference name: String, _ summary: Summary, _ results: BytePath) throws(CorpusError) {
    guard !summary.references.isEmpty else { return nil }
    let mark = name.lastIndex(of: "@")
    let source = mark.map { String(name[..<$0]) } ?? name
    let offset = mark.map { Int(name[name.index(after: $0)...]) } ?? 0
    if let offset, summary.references.contains(where: { $0.source.text == source }) {
      self.init(name, source, offset)
      return
    }
    var writer = JSONWriter(capacity: 64)
    writer.string(name)
    let quoted = unsafe writer.buffer.withUnsafeBytes { unsafe Array($0) }
    let key = Array("\"duplicate_of\":".utf8) + quoted
    let reader = try ManifestReader(resultsFolder: results)
    while let (_, entry) = unsafe try reader.next(where: { unsafe $1.contains(key) }) {
      guard entry.duplicateIn != nil, entry.duplicateOf == name,
        let source = entry.duplicateSource, let offset = entry.duplicateOffset
      else { continue }
      self.init(name, source, offset)
      return
    }
    return nil
  }

  private init(_ id: String, _ source: String, _ offset: Int) {
    // Its length is not known; it is the record at the offset.
    entry = ManifestEntry(id: id, source: source, offset: offset, length: 0, status: .keep)
    place = ScannedTexts.Place(source: source, offset: offset, length: nil)
  }
}
