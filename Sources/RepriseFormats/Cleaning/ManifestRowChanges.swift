/// The changes of the rows of a Parquet file, as the manifest lists them.
final class ManifestRowChanges: ParquetChangeSource {
  private let ranges: DropRanges
  private var next: DropRanges.RowChange?

  /// Reads the first change; returns nil if no row is changed.
  init?(_ ranges: DropRanges) throws(CorpusError) {
    self.ranges = ranges
    guard let first = try ranges.nextRowChange() else { return nil }
    next = first
  }

  func changes(ofRows rows: Range<Int>) throws(CorpusError) -> ParquetRowChanges {
    var changes = ParquetRowChanges(rowCount: rows.count)
    var end = 0
    while let change = next, change.rows.lowerBound < rows.upperBound {
      guard change.rows.lowerBound >= rows.lowerBound + end else { throw ranges.disordered }
      let first = change.rows.lowerBound - rows.lowerBound
      switch change {
      case .drop(let dropped):
        // Rows that could not be read may be the last ones of a file.
        end = min(dropped.upperBound - rows.lowerBound, rows.count)
        if let last = changes.removed.last, last.upperBound == first {
          changes.removed[changes.removed.count - 1] = last.lowerBound..<end
        } else {
          changes.removed.append(first..<end)
        }
      case .trim(_, let cuts):
        changes.trims.append(ParquetRowChanges.Trim(row: first, cuts: cuts))
        end = first + 1
      }
      next = try ranges.nextRowChange()
    }
    return changes
  }

  /// Checks that the file has all rows that are changed.
  ///
  /// - Throws: `invalidResults`.
  func finish() throws(CorpusError) { if next != nil { throw ranges.disordered } }
}
