/// Finds the values of columns from which the cuts of texts take words.
///
/// The text of a row may be made of several strings. A cut of it is one range in each of them that it
/// takes words from; what joins the strings is not in the file.
///
/// Not thread-safe.
final class ParquetTextCuts {
  private let file: ParquetFile
  private let rows: ParquetRows
  private var storage = PaddedBytes()
  private var nextPiece = 0

  private static let retainedByteCount = 4 << 20

  /// Prepares to read the texts of a file.
  init(_ file: ParquetFile) {
    self.file = file
    rows = ParquetRows(file)
  }

  /// Finds the values that are cut in a row group; row groups must be asked for in their order.
  ///
  /// - Returns: the values of each column, by its index among the columns with values.
  /// - Throws: a fault if a text cannot be read, or is shorter than a cut.
  func values(
    of changes: ParquetRowChanges, inGroup group: Int
  ) throws(ParquetFault) -> [Int: ParquetValueTrims] {
    var found: [Int: ParquetValueTrims] = [:]
    var next = 0
    while nextPiece < file.pieces.count, file.pieces[nextPiece].group <= group {
      let piece = file.pieces[nextPiece]
      nextPiece += 1
      let start = next
      while next < changes.trims.count, piece.group == group,
        changes.trims[next].row < piece.rows.upperBound
      {
        next += 1
      }
      if start < next { try find(changes.trims[start..<next], piece, &found) }
    }
    guard next == changes.trims.count else { throw Self.noText }
    return found
  }

  private static let noText = ParquetFault.damaged("a row that is trimmed has no text")

  private func find(
    _ trims: ArraySlice<ParquetRowChanges.Trim>, _ piece: ParquetFile.Piece,
    _ found: inout [Int: ParquetValueTrims]
  ) throws(ParquetFault) {
    storage.reset(keeping: Self.retainedByteCount)
    let covered = rows.load(piece, into: &storage)
    for trim in trims {
      guard covered.contains(trim.row), rows.findParts(ofRow: trim.row - covered.lowerBound) == nil
      else { throw Self.noText }
      var start = 0
      for part in rows.parts {
        start += part.gap
        let range = start..<start + part.cell.byteCount
        start = range.upperBound
        let cuts = trim.cuts.map { $0.clamped(to: range) }.filter { !$0.isEmpty }.map {
          $0.lowerBound - range.lowerBound..<$0.upperBound - range.lowerBound
        }
        if cuts.isEmpty { continue }
        let leaf = file.selection.columns[part.column].leaf.index
        found[leaf, default: ParquetValueTrims()].trims.append(
          ParquetValueTrims.Trim(row: trim.row, ordinal: part.ordinal, cuts: cuts))
      }
      guard trim.cuts.allSatisfy({ $0.upperBound <= start }) else {
        throw .damaged("a cut ends after its text")
      }
    }
  }
}
