/// Reads passages of a `passages.jsonl`.
package enum PassagesFile {
  /// Returns a passage of a results folder.
  ///
  /// - Parameters:
  ///   - number: the number of the passage.
  ///   - resultsFolder: the results folder.
  /// - Returns: the passage; nil if there is none with this number.
  /// - Throws: `cannotOpen`, `cannotRead`, or `invalidResults` with the line.
  /// - Complexity: O(bytes) up to the passage.
  package static func passage(
    _ number: Int, in resultsFolder: BytePath
  ) throws(CorpusError) -> PassageEntry? {
    // Passages are numbered in the order of their lines.
    let reader = try EntryReader(.passages, in: resultsFolder) {
      PassageEntry($0).flatMap { $0.passage == number ? $0 : nil }
    }
    for _ in 0..<max(0, number) { guard try reader.skip() else { return nil } }
    return number < 0 ? nil : try reader.next()
  }

  /// Returns all passages of a results folder, in memory.
  ///
  /// - Throws: `cannotOpen`, `cannotRead`, or `invalidResults` with the line.
  /// - Complexity: O(bytes).
  package static func passages(in resultsFolder: BytePath) throws(CorpusError) -> [PassageEntry] {
    let reader = try EntryReader(.passages, in: resultsFolder, PassageEntry.init)
    var passages: [PassageEntry] = []
    while let passage = try reader.next() { passages.append(passage) }
    return passages
  }
}

extension PassagesFile {
  /// Finds the reference documents that keep what is cut.
  ///
  /// A cut names a reference document by its id, which several can have. The passage of the cut has its file and
  /// offset.
  ///
  /// - Parameters:
  ///   - cuts: the cuts by the rows of their documents; those that name a document of the manifest are left out.
  ///   - resultsFolder: the results folder.
  /// - Returns: the occurrences in reference documents by row and by the start of the cut.
  /// - Throws: `cannotOpen`, `cannotRead`, or `invalidResults` with the line.
  /// - Complexity: O(bytes), if a cut names a reference document.
  package static func references(
    of cuts: [Int: [Cut]], in resultsFolder: BytePath
  ) throws(CorpusError) -> [Int: [Int: PassageEntry.Occurrence]] {
    let wanted = cuts.mapValues { $0.filter { $0.duplicateRow == nil } }.filter {
      !$0.value.isEmpty
    }
    var found: [Int: [Int: PassageEntry.Occurrence]] = [:]
    guard !wanted.isEmpty else { return found }
    let reader = try EntryReader(.passages, in: resultsFolder, PassageEntry.init)
    while let passage = try reader.next() {
      let references = passage.occurrences.filter { $0.reference != nil && $0.offset != nil }
      guard !references.isEmpty else { continue }
      for place in passage.occurrences {
        guard let row = place.row, let cuts = wanted[row] else { continue }
        for cut in cuts where place.start < cut.end && cut.start < place.end {
          found[row, default: [:]][cut.start] =
            references.first {
              $0.id == cut.duplicateOf && $0.reference == cut.duplicateIn
                && $0.start <= cut.sourceStart && cut.sourceEnd <= $0.end
            } ?? found[row]?[cut.start]
        }
      }
    }
    return found
  }
}

extension PassageEntry {
  /// Reads the JSON form; nil if a field is missing or has a value that no run writes.
  package init?(_ tree: JSONTree) {
    guard let passage = tree["passage"]?.integer, let title = tree["title"]?.string,
      let excerpt = tree["excerpt"]?.string, let words = tree["words"]?.integer,
      let bytes = tree["bytes"]?.integer, let documents = tree["documents"]?.integer,
      let cutBytes = tree["cut_bytes"]?.integer, let places = tree["places"]?.array
    else { return nil }
    let occurrences = places.compactMap(Occurrence.init)
    guard occurrences.count == places.count else { return nil }
    self.init(
      passage: passage, title: title, excerpt: excerpt, words: words, bytes: bytes,
      documentCount: documents, cutByteCount: cutBytes, occurrences: occurrences)
    if let count = tree["boilerplate_documents"]?.integer, let text = tree["text"]?.string {
      boilerplate = Boilerplate(documentCount: count, text: text)
    }
  }
}

extension PassageEntry.Occurrence {
  /// Reads the JSON form; nil if a field is missing or has a value that no run writes.
  init?(_ tree: JSONTree) {
    guard let id = tree["id"]?.string, let source = tree["source"]?.string,
      let start = tree["start"]?.integer, let end = tree["end"]?.integer,
      let words = tree["words"]?.integer,
      let line = tree["line"]?.integer, let identity = tree["identity"]?.double,
      let isKept = tree["kept"]?.bool, start >= 0, start <= end
    else { return nil }
    self.init(
      id: id, row: tree["row"]?.integer, reference: tree["in"]?.string, source: source,
      offset: tree["offset"]?.integer, start: start, end: end, words: words, line: line,
      identity: identity, isKept: isKept)
  }
}
