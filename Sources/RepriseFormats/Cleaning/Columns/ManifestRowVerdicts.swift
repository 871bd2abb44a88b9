/// The columns of the verdicts on the rows of a Parquet file, as the manifest lists them.
final class ManifestRowVerdicts: ParquetAddedColumns {
  let columns = VerdictColumns.columns
  private let ranges: DropRanges
  private var next: (entry: ManifestEntry, end: Int?)?

  /// Reads the first entry.
  init(_ ranges: DropRanges) throws(CorpusError) {
    self.ranges = ranges
    try advance()
  }

  private func advance() throws(CorpusError) {
    guard let entry = try ranges.nextEntry() else {
      next = nil
      return
    }
    // Rows that could not be read together have one entry.
    next = (entry, try ranges.nextOffset())
  }

  func write(
    _ rows: Range<Int>, to writers: inout [ParquetColumnWriter], _ compressor: ParquetCompressor
  ) throws(CorpusError) {
    for row in rows {
      guard let (entry, end) = next, entry.offset <= row, end ?? .max > row else {
        throw ranges.disordered
      }
      for (index, value) in VerdictColumns.values(entry).enumerated() {
        try writers[index].add(value, compressor)
      }
      if row + 1 == end { try advance() }
    }
  }

  /// Reads the last entry, whose rows end with the file.
  ///
  /// - Throws: `invalidResults` if there are more entries than rows.
  func finish() throws(CorpusError) { if next?.end != nil { throw ranges.disordered } }
}
