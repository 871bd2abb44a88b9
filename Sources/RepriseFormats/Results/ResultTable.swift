/// A results file as a table: a Parquet file next to the JSON Lines of the same name.
package final class ResultTable {
  private let writer: ParquetTableWriter
  private let name: ResultsFolder.Name
  private let finished: FinishedFiles

  init(
    creating name: ResultsFolder.Name, in folder: BytePath, _ finished: FinishedFiles
  ) throws(CorpusError) {
    (self.name, self.finished) = (name, finished)
    writer = try ParquetTableWriter(creating: folder.appending(name.path), name.columns)
  }

  /// Appends a row.
  ///
  /// - Throws: `cannotWrite` or `outOfMemory`.
  func append(_ row: JSONTree) throws(CorpusError) { try writer.append(row) }

  /// Appends the members of a cluster, each as a row.
  ///
  /// - Parameters:
  ///   - members: some members.
  ///   - cluster: the number of the cluster.
  /// - Throws: `cannotWrite` or `outOfMemory`.
  package func append(
    _ members: ArraySlice<ClusterLine.Member>, of cluster: Int
  ) throws(CorpusError) {
    for member in members {
      try writer.append([
        "cluster": .integer(cluster), "id": .string(member.document.id.string),
        "source": .string(member.document.source.string),
        "offset": .integer(member.document.offset),
        "similarity": member.similarity.map { .double($0) } ?? .null,
        "survivor": .bool(member.similarity == nil),
      ])
    }
  }

  /// Ends the file.
  ///
  /// - Throws: `cannotWrite` or `outOfMemory`.
  package func finish() throws(CorpusError) {
    try writer.finish()
    finished.add(
      ResultsFileRecord(
        name: name.rawValue, lineCount: writer.rowCount, checksum: writer.checksum))
  }
}

extension ResultsFolder {
  /// Creates a table.
  ///
  /// - Throws: `cannotOpen`, also if the file was created before.
  package func table(_ name: Name) throws(CorpusError) -> ResultTable {
    try ResultTable(creating: name, in: scratch, finished)
  }

  /// Writes the tables of the complete manifest, pairs and passages.
  ///
  /// - Parameter onRow: called for each row.
  /// - Throws: `cannotOpen`, `cannotRead`, `cannotWrite` or `outOfMemory`, and errors of `onRow`.
  package func writeTables(onRow: () throws(CorpusError) -> Void) throws(CorpusError) {
    for (lines, name) in [
      (Name.manifest, Name.manifestTable), (.pairs, .pairsTable), (.passages, .passagesTable),
    ] {
      let reader = try LineReader(scratch.appending(lines.path), lineLimit: .max)
      let table = try table(name)
      while let line = unsafe try reader.next() {
        try onRow()
        let row: JSONTree
        do throws(JSONSyntaxError) { row = unsafe try JSONTree(parsing: line) } catch {
          throw .invalidResults(reader.path, error.sentence, line: UInt64(reader.lineCount))
        }
        try table.append(row)
      }
      try table.finish()
    }
  }
}

extension ResultsFolder.Name {
  /// The columns of a table.
  fileprivate var columns: [ParquetNewField] {
    switch self {
    case .manifestTable: Self.manifestColumns
    case .pairsTable: Self.pairColumns
    case .clustersTable:
      [
        .value("cluster", .integer), .value("id", .text), .value("source", .text),
        .value("offset", .integer), .value("similarity", .number), .value("survivor", .boolean),
      ]
    case .passagesTable: Self.passageColumns
    case .manifest, .clusters, .pairs, .passages, .problems, .summary: []
    }
  }

  private static let manifestColumns: [ParquetNewField] = [
    .value("id", .text), .value("source", .text), .value("offset", .integer),
    .value("length", .integer), .value("words", .integer), .value("status", .text),
    .value("reason", .text), .value("duplicate_of", .text), .value("duplicate_source", .text),
    .value("duplicate_offset", .integer), .value("duplicate_row", .integer),
    .value("duplicate_in", .text), .value("similarity", .number), .value("cluster", .integer),
    .value("copies", .integer),
    .list(
      "cuts",
      [
        .value("start", .integer), .value("end", .integer), .value("duplicate_of", .text),
        .value("duplicate_row", .integer), .value("duplicate_in", .text),
        .value("source_start", .integer), .value("source_end", .integer),
        .value("words", .integer), .value("identity", .number),
      ]), .value("title", .text),
  ]

  private static let document: [ParquetNewField] = [
    .value("id", .text), .value("source", .text), .value("offset", .integer),
  ]

  private static let pairColumns: [ParquetNewField] = [
    .structure("first", document), .structure("second", document), .value("reason", .text),
    .value("jaccard", .number), .value("intersection", .integer), .value("union", .integer),
    .value("estimated", .boolean),
  ]

  private static let passageColumns: [ParquetNewField] = [
    .value("passage", .integer), .value("title", .text), .value("excerpt", .text),
    .value("words", .integer), .value("bytes", .integer), .value("documents", .integer),
    .value("cut_bytes", .integer), .value("boilerplate_documents", .integer),
    .value("text", .text),
    .list(
      "places",
      [
        .value("id", .text), .value("row", .integer), .value("in", .text),
        .value("source", .text), .value("offset", .integer), .value("start", .integer),
        .value("end", .integer), .value("words", .integer), .value("line", .integer),
        .value("identity", .number), .value("kept", .boolean),
      ]),
  ]
}
