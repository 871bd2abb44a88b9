package import RepriseFormats

/// Shows the decisions of a scan on documents, next to what they repeat.
///
/// The texts are read again from the files of the scan. Do not use it to read a whole manifest:
/// ``Results`` is for that.
package struct Show: Sendable {
  /// The results folder.
  package let results: BytePath
  /// Checks that files are those of the scan; says which are not.
  package let changes: InputChanges

  /// Creates a reader of a results folder.
  ///
  /// - Parameters:
  ///   - results: the results folder.
  ///   - allowsChanges: true to read files that have changed since the scan, too.
  package init(_ results: BytePath, allowsChanges: Bool = false) {
    self.results = results
    changes = InputChanges(areAllowed: allowsChanges)
  }

  /// Returns documents by name, in the order of the names.
  ///
  /// - Parameter names: ids, or `SOURCE@OFFSET` where ids repeat.
  /// - Returns: a document for each name.
  /// - Throws: an error for a name that no document has, or several; for results or files that
  ///   cannot be read or have changed.
  /// - Complexity: O(bytes) of the manifest and of the files up to the documents.
  package func documents(_ names: [String]) throws(RepriseError) -> [ShownDocument] {
    let rows = try rows(named: names)
    return try corpus { summary throws(CorpusError) in
      try ShownDocuments(results, summary, changes).documents(rows)
    }
  }

  /// Returns two documents next to each other.
  ///
  /// - Parameters:
  ///   - first: the name of a document, or of a reference document: its `SOURCE@OFFSET`, or the id by which a
  ///     dropped document names it.
  ///   - second: as the first.
  /// - Returns: both, with their similarity.
  /// - Throws: as ``documents(_:)``.
  package func pair(_ first: String, _ second: String) throws(RepriseError) -> ShownPair {
    let names = [first, second]
    let (search, documents) = try corpus { summary throws(CorpusError) in
      let search = try ManifestSearch(names.map(ManifestKey.init), in: results)
      var documents: [NamedDocument?] = []
      for (name, found) in zip(names, search.found) {
        documents.append(
          found.count == 1
            ? NamedDocument(found[0].entry)
            : found.isEmpty
              ? try NamedDocument(reference: name, summary, results) : nil)
      }
      return (search, documents)
    }
    for (index, name) in names.enumerated() where documents[index] == nil {
      throw .invalidParameter(search.sentence(name, search.found[index]))
    }
    return try corpus { summary throws(CorpusError) in
      try ShownDocuments(results, summary, changes).pair(documents.compactMap { $0 })
    }
  }

  /// Returns the entries of a cluster in the order of the manifest; empty if there is none.
  package func cluster(_ number: Int) throws(RepriseError) -> [ManifestEntry] {
    try corpus { _ throws(CorpusError) in
      let key = Array("\"cluster\":\(number),".utf8)
      let reader = try ManifestReader(resultsFolder: results)
      var members: [ManifestEntry] = []
      while let found = unsafe try reader.next(where: { unsafe $1.contains(key) }) {
        if found.entry.cluster == number { members.append(found.entry) }
      }
      return members
    }
  }

  /// Returns a passage with the text of two of its occurrences next to each other.
  ///
  /// - Throws: an error if there is no such passage, and as ``documents(_:)``.
  package func passage(_ number: Int) throws(RepriseError) -> ShownPassage {
    let found = try corpus { summary throws(CorpusError) -> ShownPassage? in
      guard let entry = try PassagesFile.passage(number, in: results) else { return nil }
      return try ShownDocuments(results, summary, changes).passage(entry)
    }
    guard let found else {
      throw .invalidParameter("the results have no passage with the number \(number)")
    }
    return found
  }

  /// Returns documents at random that were dropped or trimmed.
  ///
  /// A document is taken by a hash of its file and offset, so the same documents are taken from run
  /// to run, whatever their number.
  ///
  /// - Parameters:
  ///   - count: the number of documents.
  ///   - reason: takes only those with this reason.
  ///   - similarities: takes only those with such a similarity.
  ///   - seed: another seed takes other documents.
  /// - Returns: the documents, and the number of those from which they were taken.
  /// - Throws: an error for results or files that cannot be read or have changed.
  package func sample(
    _ count: Int, reason: ManifestEntry.Reason? = nil,
    similarities: ClosedRange<Double> = 0...1, seed: UInt64 = 1
  ) throws(RepriseError) -> (documents: [ShownDocument], total: Int) {
    try corpus { summary throws(CorpusError) in
      let (rows, totals) = try sample(count, parts: 1, seed: seed) { entry in
        guard entry.status == .drop || entry.status == .trim,
          reason == nil || entry.reason == reason,
          entry.similarity.map(similarities.contains) ?? (similarities == 0...1)
        else { return nil }
        return 0
      }
      return (try ShownDocuments(results, summary, changes).documents(rows), totals[0])
    }
  }

  /// Returns near-duplicates at random, as many of each fifth of the similarities.
  ///
  /// - Parameters:
  ///   - count: the number of documents in all; it is rounded up to a multiple of 5.
  ///   - seed: another seed takes other documents.
  /// - Returns: the documents, in an order that does not depend on their similarity; the numbers of near-duplicates
  ///   in each fifth; and the threshold of the scan.
  /// - Throws: as ``sample(_:reason:similarities:seed:)``.
  package func sampleBySimilarity(
    _ count: Int, seed: UInt64 = 1
  ) throws(RepriseError) -> (documents: [ShownDocument], totals: [Int], threshold: Double) {
    try corpus { summary throws(CorpusError) in
      let threshold = summary.configuration["threshold"]?.double ?? 0
      let parts = JudgementStrata.count
      let (rows, totals) = try sample((count + parts - 1) / parts, parts: parts, seed: seed) {
        guard $0.status == .drop, $0.reason == .near, let similarity = $0.similarity else {
          return nil
        }
        return JudgementStrata.index(of: similarity, threshold: threshold)
      }
      return (try ShownDocuments(results, summary, changes).documents(rows), totals, threshold)
    }
  }

  /// Takes rows of the manifest by a hash of file and offset.
  ///
  /// - Parameters:
  ///   - count: the number of rows of each part.
  ///   - parts: the number of parts.
  ///   - seed: another seed takes other rows.
  ///   - part: the part of an entry; nil for one that cannot be taken.
  /// - Returns: the rows by ascending hash, and the number of entries of each part.
  /// - Throws: `cannotOpen`, `cannotRead` or `invalidResults`.
  private func sample(
    _ count: Int, parts: Int, seed: UInt64, _ part: (ManifestEntry) -> Int?
  ) throws(CorpusError) -> (rows: [ManifestRow], totals: [Int]) {
    var taken = [LowestHashes<(hash: UInt64, row: ManifestRow)>](
      repeating: LowestHashes(limit: count), count: parts)
    var totals = [Int](repeating: 0, count: parts)
    var row = 0
    let reader = try ManifestReader(resultsFolder: results)
    while let entry = try reader.next() {
      defer { row += 1 }
      guard let part = part(entry) else { continue }
      totals[part] += 1
      let name = Array("\(seed) \(entry.source)@\(entry.offset)".utf8)
      let hash = unsafe name.withUnsafeBytes { unsafe FileChecksum.hash(block: $0) }
      taken[part].insert((hash, ManifestRow(index: row, entry: entry)), hash)
    }
    let rows = taken.flatMap(\.values).sorted { $0.hash < $1.hash }
    return (rows.map(\.row), totals)
  }

  /// Calls `body` with the summary, and gives its errors as those of the library.
  private func corpus<Result>(
    _ body: (Summary) throws(CorpusError) -> Result
  ) throws(RepriseError) -> Result {
    do throws(CorpusError) {
      return try body(try Summary(readingFrom: results))
    } catch {
      throw RepriseError(error)
    }
  }

  /// The rows of documents by name.
  private func rows(named names: [String]) throws(RepriseError) -> [ManifestRow] {
    let search = try corpus { _ throws(CorpusError) in
      try ManifestSearch(names.map(ManifestKey.init), in: results)
    }
    var rows: [ManifestRow] = []
    for (name, found) in zip(names, search.found) {
      guard found.count == 1 else { throw .invalidParameter(search.sentence(name, found)) }
      rows.append(found[0])
    }
    return rows
  }
}
