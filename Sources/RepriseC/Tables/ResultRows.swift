internal import Reprise

/// One row of a result: the decision on a document.
struct ResultRow: Sendable {
  var id: String?
  var status: String
  var reason: String?
  /// The row that it repeats; of a table of reference documents if `duplicateIn` is there.
  var duplicateOf: Int?
  var duplicateIn: String?
  var duplicateOfID: String?
  var similarity: Double?
  var cluster: Int?
  var copies: Int
  var words: Int
  var cuts: [ResultCut]
}

/// A cut in a row.
struct ResultCut: Sendable {
  var bytes: Range<Int>
  var duplicateOf: Int?
  var duplicateIn: String?
  var sourceBytes: Range<Int>
  var words: Int
  var identity: Double
}

/// The places of rows in files.
struct FileRow: Sendable {
  var source: String
  var offset: Int
  var length: Int
  var title: String?
}

extension OutputTable {
  /// Makes the table of rows.
  ///
  /// - Parameters:
  ///   - rows: the decisions.
  ///   - ids: the columns with the ids of the rows, and of the rows that they repeat; none if there
  ///     are no ids.
  ///   - files: the columns for rows in files; none for a table.
  convenience init(
    _ rows: some Collection<ResultRow>, ids: [OutputColumn], files: [OutputColumn]
  ) {
    // A column at a time, so that a large table is never there twice.
    let cuts = rows.flatMap(\.cuts)
    let rows = rows.lazy
    self.init(
      ids + files + [
        OutputColumn("status", rows.map { Optional($0.status) }),
        OutputColumn("reason", rows.map(\.reason)),
        OutputColumn("duplicate_of", rows.map(\.duplicateOf)),
        OutputColumn("duplicate_in", rows.map(\.duplicateIn)),
        OutputColumn("similarity", rows.map(\.similarity)),
        OutputColumn("cluster", rows.map(\.cluster)),
        OutputColumn("copies", rows.map { Optional($0.copies) }),
        OutputColumn("words", rows.map { Optional($0.words) }),
        OutputColumn(
          "cuts", counts: rows.map(\.cuts.count),
          entries: [
            OutputColumn("start", cuts.map { Optional($0.bytes.lowerBound) }),
            OutputColumn("end", cuts.map { Optional($0.bytes.upperBound) }),
            OutputColumn("duplicate_of", cuts.map(\.duplicateOf)),
            OutputColumn("duplicate_in", cuts.map(\.duplicateIn)),
            OutputColumn("source_start", cuts.map { Optional($0.sourceBytes.lowerBound) }),
            OutputColumn("source_end", cuts.map { Optional($0.sourceBytes.upperBound) }),
            OutputColumn("words", cuts.map { Optional($0.words) }),
            OutputColumn("identity", cuts.map { Optional($0.identity) }),
          ]),
      ])
  }

  /// Makes the table of clusters: the rows of each, and those that are not dropped.
  convenience init(clustersOf rows: some Collection<ResultRow>) {
    var (members, kept) = ([[Int]](), [[Int]]())
    for (index, row) in rows.enumerated() {
      guard let cluster = row.cluster, cluster >= 0, cluster < rows.count else { continue }
      while members.count <= cluster {
        members.append([])
        kept.append([])
      }
      members[cluster].append(index)
      if row.status != ManifestEntry.Status.drop.rawValue { kept[cluster].append(index) }
    }
    func lists(_ name: String, _ lists: [[Int]]) -> OutputColumn {
      OutputColumn(
        name, counts: lists.map(\.count),
        items: OutputColumn("item", lists.joined().map { Optional($0) }))
    }
    self.init([
      OutputColumn("cluster", members.indices.map { Optional($0) }), lists("rows", members),
      lists("kept", kept),
    ])
  }
}
