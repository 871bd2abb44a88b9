internal import Reprise

/// The tables and the summary of a results folder.
struct FolderResults {
  let tables: [OutputTable]
  /// The content of `summary.json`.
  let summary: String

  /// Reads a results folder.
  ///
  /// - Parameters:
  ///   - folder: the folder.
  ///   - cancellation: lets another thread stop the reading.
  /// - Throws: an error for a folder that is not a results folder, or for a file that is damaged.
  /// - Complexity: O(bytes of the files); the tables are in memory.
  init(_ folder: BytePath, _ cancellation: Cancellation) throws(CallError) {
    do throws(CorpusError) {
      try self.init(reading: folder, cancellation)
    } catch {
      throw CallError(RepriseError(error, cancellation))
    }
  }

  private init(reading folder: BytePath, _ cancellation: Cancellation) throws(CorpusError) {
    let summary = try Summary(readingFrom: folder)
    let manifest = try ManifestReader(resultsFolder: folder)
    var (rows, places, ids) = ([ResultRow](), [FileRow](), [String]())
    while let entry = try manifest.next() {
      if rows.count.isMultiple(of: 4096) { try cancellation.check() }
      ids.append(entry.id)
      rows.append(ResultRow(entry))
      places.append(
        FileRow(
          source: entry.source, offset: entry.offset, length: entry.length, title: entry.title))
    }
    let lines = ResultLines(folder, cancellation)
    let pairs = try lines.pairs(RowNumbers(places, ids))
    let passages = try lines.passages()
    let problems = try lines.problems()
    tables = [
      OutputTable(
        rows,
        ids: [
          OutputColumn("id", ids.map { Optional($0) }),
          OutputColumn("duplicate_of_id", rows.map(\.duplicateOfID)),
        ],
        files: [
          OutputColumn("source", places.map { Optional($0.source) }),
          OutputColumn("offset", places.map { Optional($0.offset) }),
          OutputColumn("length", places.map { Optional($0.length) }),
          OutputColumn("title", places.map(\.title)),
        ]),
      OutputTable(clustersOf: rows), OutputTable(pairs: pairs), OutputTable(passages: passages),
      OutputTable(problems, row: { _ in nil }, areInFiles: true),
    ]
    self.summary = summary.tree.json
  }
}

extension ResultRow {
  fileprivate init(_ entry: ManifestEntry) {
    self.init(
      status: entry.status.rawValue, reason: entry.reason?.rawValue,
      duplicateOf: entry.duplicateRow, duplicateIn: entry.duplicateIn,
      duplicateOfID: entry.duplicateOf, similarity: entry.similarity, cluster: entry.cluster,
      copies: entry.copies, words: entry.words,
      cuts: entry.cuts.map { cut in
        ResultCut(
          bytes: cut.start..<cut.end, duplicateOf: cut.duplicateRow, duplicateIn: cut.duplicateIn,
          sourceBytes: cut.sourceStart..<max(cut.sourceStart, cut.sourceEnd), words: cut.words,
          identity: cut.identity)
      })
  }
}

/// Finds the rows of documents that are named by id, file and offset.
private struct RowNumbers {
  private struct Key: Hashable {
    let source: String
    let offset: Int
    let id: String
  }

  private let rows: [Key: Int]

  init(_ places: [FileRow], _ ids: [String]) {
    var rows: [Key: Int] = [:]
    for (row, place) in places.enumerated() {
      rows[Key(source: place.source, offset: place.offset, id: ids[row])] = row
    }
    self.rows = rows
  }

  func row(_ document: DocumentName) -> Int? {
    rows[Key(source: document.source, offset: document.offset, id: document.id)]
  }
}

/// Reads the JSON Lines files of a results folder that have one object per line.
private struct ResultLines {
  private let folder: BytePath
  private let cancellation: Cancellation

  init(_ folder: BytePath, _ cancellation: Cancellation) {
    (self.folder, self.cancellation) = (folder, cancellation)
  }

  func pairs(_ numbers: RowNumbers) throws(CorpusError) -> [ResultPair] {
    try read(.pairs) { line in
      guard let pair = PairEntry(line) else { return nil }
      return ResultPair(
        first: numbers.row(pair.first), second: numbers.row(pair.second), firstIn: nil,
        reason: pair.reason.rawValue, jaccard: pair.jaccard, intersection: pair.intersection,
        union: pair.union, isEstimated: pair.isEstimated)
    }
  }

  func passages() throws(CorpusError) -> [ResultPassage] {
    try read(.passages) { line in
      guard let passage = PassageEntry(line) else { return nil }
      return ResultPassage(
        title: passage.title, words: passage.words, documents: passage.documentCount,
        boilerplate: passage.boilerplate.map { ($0.documentCount, $0.text) },
        places: passage.occurrences.map { place in
          ResultPassage.Place(
            row: place.row, rowIn: place.reference, start: place.start, end: place.end,
            identity: place.identity, isKept: place.isKept)
        })
    }
  }

  func problems() throws(CorpusError) -> [Problem] { try read(.problems, Problem.init) }

  private func read<Value>(
    _ name: ResultsFolder.Name, _ value: @escaping (JSONTree) -> Value?
  ) throws(CorpusError) -> [Value] {
    let reader = try EntryReader(name, in: folder, value)
    var values: [Value] = []
    while let one = try reader.next() {
      if values.count.isMultiple(of: 4096) { try cancellation.check() }
      values.append(one)
    }
    return values
  }
}
