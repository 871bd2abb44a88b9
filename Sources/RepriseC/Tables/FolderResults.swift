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

  func row(_ document: JSONTree?) -> Int? {
    guard let source = document?["source"]?.string, let offset = document?["offset"]?.integer,
      let id = document?["id"]?.string
    else { return nil }
    return rows[Key(source: source, offset: offset, id: id)]
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
      guard let reason = line["reason"]?.string, let jaccard = line["jaccard"]?.double else {
        return nil
      }
      return ResultPair(
        first: numbers.row(line["first"]), second: numbers.row(line["second"]), firstIn: nil,
        reason: reason, jaccard: jaccard, intersection: line["intersection"]?.integer,
        union: line["union"]?.integer, isEstimated: line["estimated"] == .bool(true))
    }
  }

  func passages() throws(CorpusError) -> [ResultPassage] {
    try read(.passages) { line in
      guard let title = line["title"]?.string, let words = line["words"]?.integer,
        let documents = line["documents"]?.integer, let places = line["places"]?.array
      else { return nil }
      return ResultPassage(
        title: title, words: words, documents: documents,
        boilerplate: line["boilerplate_documents"]?.integer.map {
          ($0, line["text"]?.string ?? "")
        },
        places: places.map { place in
          ResultPassage.Place(
            row: place["row"]?.integer, rowIn: place["in"]?.string,
            start: place["start"]?.integer ?? 0, end: place["end"]?.integer ?? 0,
            identity: place["identity"]?.double ?? 0, isKept: place["kept"] == .bool(true))
        })
    }
  }

  func problems() throws(CorpusError) -> [Problem] { try read(.problems, Problem.init) }

  private func read<Value>(
    _ name: ResultsFolder.Name, _ value: (JSONTree) -> Value?
  ) throws(CorpusError) -> [Value] {
    let reader = try LineReader(folder.appending(BytePath(name.rawValue)))
    var values: [Value] = []
    while let line = try reader.next() {
      if values.count.isMultiple(of: 4096) { try cancellation.check() }
      guard let tree = try? JSONTree(parsing: line), let one = value(tree) else {
        throw .invalidResults(
          reader.path, "a field is missing or has an impossible value",
          line: UInt64(reader.lineCount))
      }
      values.append(one)
    }
    return values
  }
}
