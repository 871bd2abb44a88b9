/// Reads the documents of a Parquet file, some rows at a time.
///
/// Not thread-safe.
@safe
final class ParquetRows {
  /// Rows whose value of a column could not be read.
  struct Loss {
    /// The rows of the row group.
    let rows: Range<Int>
    let column: ParquetColumn
    let fault: ParquetFault
  }

  let file: ParquetFile
  /// The text of each row.
  private(set) var texts: [ParquetCell] = []
  /// The rows whose text is longer than the limit, with its size.
  private(set) var longTexts: [Int: Int] = [:]
  /// The rows that could not be read, of all columns.
  private(set) var losses: [Loss] = []
  private let reader: ParquetPageReader
  private let columns: [ParquetColumnReader]
  private var parts: [(cell: ParquetCell, gap: Int)] = []

  /// Creates a reader of a file.
  init(_ file: ParquetFile) {
    self.file = file
    let reader = ParquetPageReader(file.file, byteCount: file.byteCount)
    self.reader = reader
    columns = file.selection.columns.map { ParquetColumnReader($0, reader) }
  }

  /// Returns the values of a column that is not a list, one for each row that was read last.
  func cells(ofColumn column: Int) -> [ParquetCell] { columns[column].cells }

  /// Reads rows of a row group.
  ///
  /// - Parameters:
  ///   - piece: the rows.
  ///   - limit: the most bytes of a text.
  ///   - storage: the buffer to which the values are added.
  /// - Returns: the rows of which something could be read; the rest of the piece is lost.
  func read(
    _ piece: ParquetFile.Piece, limit: Int, into storage: inout PaddedBytes
  ) -> Range<Int> {
    texts.removeAll(keepingCapacity: true)
    longTexts.removeAll()
    losses.removeAll()
    let group = file.groups[piece.group]
    let pages = file.pages(ofGroup: piece.group, reader)
    // The number of rows that the metadata states is not trusted further than the pages go.
    let covered = file.selection.text.map { pages[$0.column].rowCount }.min() ?? 0
    let rows = piece.rows.clamped(to: 0..<covered)
    for (index, column) in columns.enumerated() {
      column.read(rows, of: pages[index], group.chunks[index], into: &storage)
      losses += column.losses.map { Loss(rows: $0.rows, column: column.column, fault: $0.fault) }
    }
    let end = max(rows.upperBound, piece.rows.lowerBound)
    if end < piece.rows.upperBound {
      for text in file.selection.text {
        guard let fault = pages[text.column].fault else { continue }
        losses.append(
          Loss(
            rows: end..<piece.rows.upperBound, column: columns[text.column].column, fault: fault))
        break
      }
    }
    join(rows.count, limit, &storage)
    return piece.rows.lowerBound..<piece.rows.lowerBound + rows.count
  }

  private func join(_ count: Int, _ limit: Int, _ storage: inout PaddedBytes) {
    let fields = file.selection.text
    if fields.count == 1, columns[fields[0].column].column.leaf.repetitionLevel == 0 {
      texts = columns[fields[0].column].cells
    } else {
      texts.reserveCapacity(count)
      for row in 0..<count { texts.append(text(ofRow: row, limit, &storage)) }
    }
    for (row, cell) in texts.enumerated() where cell.byteCount > limit {
      longTexts[row] = cell.byteCount
    }
  }

  /// Makes the text of a row of the strings of several columns, or of a list: the strings of one column
  /// are joined by a line feed, those of different columns by a blank line.
  private func text(
    ofRow row: Int, _ limit: Int, _ storage: inout PaddedBytes
  ) -> ParquetCell {
    parts.removeAll(keepingCapacity: true)
    var (hasNull, isLost) = (false, false)
    for (index, _) in file.selection.text {
      let column = columns[index]
      var gap = parts.isEmpty ? 0 : 2
      guard column.column.leaf.repetitionLevel > 0 else {
        let cell = column.cells[row]
        if cell.isValue { parts.append((cell, gap)) }
        hasNull = hasNull || cell == .null
        isLost = isLost || cell == .lost
        continue
      }
      isLost = isLost || column.isLost[row]
      hasNull = hasNull || column.hasNull[row]
      for cell in column.cells[column.starts[row]..<column.starts[row + 1]] {
        parts.append((cell, gap))
        gap = 1
      }
    }
    if isLost { return .lost }
    guard parts.count != 1 else { return parts[0].cell }
    guard !parts.isEmpty else { return hasNull ? .null : .absent }
    let byteCount = parts.reduce(0) { $0 + $1.gap + $1.cell.byteCount }
    guard byteCount <= limit else { return ParquetCell(position: 0, byteCount: byteCount) }
    return written(byteCount, &storage)
  }

  private func written(_ byteCount: Int, _ storage: inout PaddedBytes) -> ParquetCell {
    let start = storage.count
    // In bounds: `reserve` returns at least `byteCount` bytes, the sum of the parts and the gaps, and
    // the cells are within the buffer.
    let target = unsafe storage.reserve(byteCount)
    let source = unsafe UnsafeRawBufferPointer(storage.bytes)
    var end = 0
    for part in parts {
      for _ in 0..<part.gap {
        unsafe target[end] = 0x0A
        end += 1
      }
      let string = unsafe UnsafeRawBufferPointer(rebasing: source[part.cell.range])
      unsafe UnsafeMutableRawBufferPointer(rebasing: target[end...]).copyMemory(from: string)
      end += string.count
    }
    storage.commit(byteCount)
    return ParquetCell(position: start, byteCount: byteCount)
  }
}
