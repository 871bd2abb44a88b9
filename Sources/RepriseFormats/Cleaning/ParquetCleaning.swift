/// Writes a Parquet file without the rows that a manifest drops, and without the passages that it cuts.
struct ParquetCleaning {
  let file: CleanedFile
  let target: BytePath
  /// The columns that hold the text of a row.
  let fields: [String]

  /// The bytes of text that are read together to find what is cut.
  private static let pieceByteCount = 4 << 20

  /// Writes the file without what is removed.
  ///
  /// - Returns: the size of the written file in bytes.
  /// - Throws: `changed` if the file has other bytes than the run read; `invalidResults`, `cannotClean`,
  ///   `cannotOpen`, `cannotRead` or `cannotWrite`.
  func run(
    _ changes: ManifestRowChanges, progress: (Int) throws(CorpusError) -> Void
  ) throws(CorpusError) -> Int {
    try write { rewriter throws(CorpusError) in
      try rewriter.run(changes, progress: progress)
      try changes.finish()
    }
  }

  /// Writes the whole file with the columns of the verdicts.
  ///
  /// - Returns: the size of the written file in bytes.
  /// - Throws: as ``run(_:progress:)``; `cannotClean` also if a column has one of the names.
  func add(
    _ verdicts: ManifestRowVerdicts, progress: (Int) throws(CorpusError) -> Void
  ) throws(CorpusError) -> Int {
    try write { rewriter throws(CorpusError) in
      if let name = VerdictColumns.names.first(where: rewriter.hasColumn) {
        throw VerdictColumns.clash(name, file.input.source)
      }
      rewriter.added = verdicts
      try rewriter.run(UnchangedRows(), progress: progress)
      try verdicts.finish()
    }
  }

  /// Changes no row.
  private final class UnchangedRows: ParquetChangeSource {
    func changes(ofRows rows: Range<Int>) -> ParquetRowChanges {
      ParquetRowChanges(rowCount: rows.count)
    }
  }

  private func write(
    _ body: (ParquetRewriter) throws(CorpusError) -> Void
  ) throws(CorpusError) -> Int {
    let opened = try file.open()
    // A file with other bytes is not said to be damaged, so they are compared first.
    try file.checkContent()
    let table = try ParquetFile(
      opened, byteCount: Int(clamping: file.input.checksum.byteCount),
      fields: DocumentFields(text: fields, id: ""), pieceByteCount: Self.pieceByteCount)
    let output = try EncodedStream(creating: target, compression: .none)
    try body(ParquetRewriter(table, to: output))
    try output.finish()
    try file.checkContent()
    return Int(output.byteCount)
  }
}
