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

  /// A string that is a part of the text of a row.
  struct Part {
    /// The place of its column among those that are read.
    let column: Int
    /// The number of strings of the row before it in this column.
    let ordinal: Int
    let cell: ParquetCell
    /// The number of line feeds before it.
    let gap: Int
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
  /// The parts of the text of the row that was looked at last.
  private(set) var parts: [Part] = []

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
    let rows = load(piece, into: &storage)
    join(rows.count, limit, &storage)
    return piece.rows.lowerBound..<piece.rows.lowerBound + rows.count
  }

  /// Reads the values of rows of a row group, but does not make their texts.
  ///
  /// - Parameters:
  ///   - piece: the rows.
  ///   - storage: the buffer to which the values are added.
  /// - Returns: the rows of which something could be read; the rest of the piece is lost.
  func load(_ piece: ParquetFile.Piece, into storage: inout PaddedBytes) -> Range<Int> {
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
    return rows
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

  /// Makes the text of a row of the strings of several columns, or of a list.
  private func text(
    ofRow row: Int, _ limit: Int, _ storage: inout PaddedBytes
  ) -> ParquetCell {
    if let none = findParts(ofRow: row) { return none }
    guard parts.count != 1 else { return parts[0].cell }
    let byteCount = parts.reduce(0) { $0 + $1.gap + $1.cell.byteCount }
    guard byteCount <= limit else { return ParquetCell(position: 0, byteCount: byteCount) }
    return written(byteCount, &storage)
  }

  /// Finds the strings of which the text of a row is made: the strings of one column are joined by a
  /// line feed, those of different columns by a blank line.
  ///
  /// - Parameter row: the row, counted from the first one that was read.
  /// - Returns: why there is no text; nil if there are parts.
  func findParts(ofRow row: Int) -> ParquetCell? {
    parts.removeAll(keepingCapacity: true)
    var (hasNull, isLost) = (false, false)
    for (index, _) in file.selection.text {
      let column = columns[index]
      var gap = parts.isEmpty ? 0 : 2
      guard column.column.leaf.repetitionLevel > 0 else {
        let cell = column.cells[row]
        if cell.isValue { parts.append(Part(column: index, ordinal: 0, cell: cell, gap: gap)) }
        hasNull = hasNull || cell == .null
        isLost = isLost || cell == .lost
        continue
      }
      isLost = isLost || column.isLost[row]
      hasNull = hasNull || column.hasNull[row]
      let start = column.starts[row]
      for place in start..<column.starts[row + 1] {
        parts.append(
          Part(column: index, ordinal: place - start, cell: column.cells[place], gap: gap))
        gap = 1
      }
    }
    if isLost { return .lost }
    return parts.isEmpty ? hasNull ? .null : .absent : nil
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
