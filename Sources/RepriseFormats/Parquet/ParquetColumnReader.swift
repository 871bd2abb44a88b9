/// Reads the values of one column, some rows at a time.
///
/// Not thread-safe. Strings of a text column are ranges of the decompressed pages; the values of other
/// columns are written to the buffer as text, and their last page is kept.
@safe
final class ParquetColumnReader {
  /// Rows that could not be read.
  struct Loss {
    let rows: Range<Int>
    let fault: ParquetFault
  }

  let column: ParquetColumn
  /// The values: one for each row, or those of all rows of a list.
  private(set) var cells: [ParquetCell] = []
  /// The number of values before each row of a list, and of all.
  private(set) var starts: [Int] = []
  /// True for each row of a list with a value that is null.
  private(set) var hasNull: [Bool] = []
  /// True for each row of a list that could not be read.
  private(set) var isLost: [Bool] = []
  /// The rows that could not be read.
  private(set) var losses: [Loss] = []

  private let reader: ParquetPageReader
  private var values: ParquetValues
  private var repetitions: [UInt32] = []
  private var definitions: [UInt32] = []
  private var found: [ParquetCell] = []

  /// The number of levels that are read at once.
  static let levelBatch = 1024

  /// Creates a reader of a column.
  init(_ column: ParquetColumn, _ reader: ParquetPageReader) {
    self.column = column
    self.reader = reader
    values = ParquetValues(column, reader)
  }

  /// Reads the values of some rows of a row group.
  ///
  /// - Parameters:
  ///   - rows: the rows.
  ///   - pages: the pages of the column in the row group.
  ///   - chunk: the column in the row group.
  ///   - storage: the buffer for the values.
  func read(
    _ rows: Range<Int>, of pages: ParquetPages, _ chunk: ParquetColumnChunk,
    into storage: inout PaddedBytes
  ) {
    cells.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    losses.removeAll()
    values.begin(pages, chunk)
    if column.leaf.repetitionLevel > 0 {
      readLists(rows, pages, chunk, &storage)
    } else {
      readFlat(rows, pages, chunk, &storage)
    }
  }

  private func lose(_ rows: Range<Int>, _ fault: ParquetFault) {
    if !rows.isEmpty { losses.append(Loss(rows: rows, fault: fault)) }
  }

  private static let early = ParquetFault.damaged("its pages end early")

  private func readFlat(
    _ rows: Range<Int>, _ pages: ParquetPages, _ chunk: ParquetColumnChunk,
    _ storage: inout PaddedBytes
  ) {
    for page in pages.pages[min(pages.page(ofRow: rows.lowerBound), pages.pages.count)...] {
      let range = (page.firstRow..<page.firstRow + page.rowCount).clamped(to: rows)
      if range.isEmpty, page.firstRow >= rows.upperBound { break }
      if range.isEmpty { continue }
      let before = cells.count
      do throws(ParquetFault) {
        try readFlat(range, page, &storage)
      } catch {
        cells.removeLast(cells.count - before)
        cells.append(contentsOf: repeatElement(.lost, count: range.count))
        lose(range, error)
      }
    }
    let end = rows.lowerBound + cells.count
    lose(end..<rows.upperBound, pages.fault ?? Self.early)
    cells.append(contentsOf: repeatElement(.lost, count: rows.upperBound - end))
  }

  private func readFlat(
    _ rows: Range<Int>, _ page: ParquetPages.Page, _ storage: inout PaddedBytes
  ) throws(ParquetFault) {
    let loaded = try values.load(page, &storage)
    let skipped = rows.lowerBound - page.firstRow
    let level = column.leaf.definitionLevel
    guard level > 0 else {
      return try values.read(
        loaded, skipping: skipped, count: rows.count, &storage, into: &cells)
    }
    var levels = unsafe try ParquetLevels(
      values.bytes(loaded.definition, storage), width: ParquetLevels.width(upTo: level))
    let (first, maximum) = (cells.count, UInt32(level))
    var (before, left) = (0, skipped)
    while left > 0 {
      let taken = min(left, Self.levelBatch)
      try levels.read(taken, into: &definitions)
      before += definitions.count { $0 == maximum }
      left -= taken
    }
    var valueCount = 0
    left = rows.count
    while left > 0 {
      let taken = min(left, Self.levelBatch)
      try levels.read(taken, into: &definitions)
      for definition in definitions {
        guard definition <= maximum else { throw .damaged("a level is too high") }
        if definition == maximum {
          valueCount += 1
          cells.append(ParquetCell(position: 0, byteCount: 0))
        } else {
          cells.append(isNull(definition) ? .null : .absent)
        }
      }
      left -= taken
    }
    found.removeAll(keepingCapacity: true)
    try values.read(loaded, skipping: before, count: valueCount, &storage, into: &found)
    guard found.count == valueCount else { throw Self.early }
    var next = 0
    for place in first..<cells.count where cells[place].isValue {
      cells[place] = found[next]
      next += 1
    }
  }

  /// Whether a level means that the value itself is null, and not a group around it.
  private func isNull(_ definition: UInt32) -> Bool {
    column.leaf.isOptional && Int(definition) == column.leaf.definitionLevel - 1
  }

  private func readLists(
    _ rows: Range<Int>, _ pages: ParquetPages, _ chunk: ParquetColumnChunk,
    _ storage: inout PaddedBytes
  ) {
    var counts = [Int](repeating: 0, count: rows.count)
    hasNull = [Bool](repeating: false, count: rows.count)
    isLost = hasNull
    var end = rows.lowerBound
    for page in pages.pages[min(pages.page(ofRow: rows.lowerBound), pages.pages.count)...] {
      guard page.firstRow <= rows.upperBound else { break }
      end = page.firstRow + page.rowCount
      let before = cells.count
      do throws(ParquetFault) {
        try readLists(rows, page, &counts, &storage)
      } catch {
        cells.removeLast(cells.count - before)
        // The row before the page may continue on it.
        let lost = (max(0, page.firstRow - 1)..<end).clamped(to: rows)
        lose(lost, error)
        for row in lost { isLost[row - rows.lowerBound] = true }
      }
    }
    if end < rows.upperBound || pages.fault != nil && end == rows.upperBound {
      let lost = max(rows.lowerBound, end - 1)..<rows.upperBound
      lose(lost, pages.fault ?? Self.early)
      for row in lost { isLost[row - rows.lowerBound] = true }
    }
    var start = 0
    for count in counts {
      starts.append(start)
      start += count
    }
    starts.append(start)
  }

  private func readLists(
    _ rows: Range<Int>, _ page: ParquetPages.Page, _ counts: inout [Int],
    _ storage: inout PaddedBytes
  ) throws(ParquetFault) {
    let loaded = try values.load(page, &storage)
    let leaf = column.leaf
    var repetitionLevels = unsafe try ParquetLevels(
      values.bytes(loaded.repetition, storage),
      width: ParquetLevels.width(upTo: leaf.repetitionLevel))
    var definitionLevels = unsafe try ParquetLevels(
      values.bytes(loaded.definition, storage),
      width: ParquetLevels.width(upTo: leaf.definitionLevel))
    var (row, skipped, taken) = (page.firstRow - 1, 0, 0)
    var (added, nulls): ([(row: Int, count: Int)], [Int]) = ([], [])
    var left = loaded.header.valueCount
    while left > 0, row < rows.upperBound {
      let count = min(left, Self.levelBatch)
      left -= count
      try repetitionLevels.read(count, into: &repetitions)
      try definitionLevels.read(count, into: &definitions)
      for (repetition, definition) in zip(repetitions, definitions) {
        if repetition == 0 { row += 1 }
        guard row < rows.upperBound else { break }
        guard row >= rows.lowerBound else {
          skipped += Int(definition) == leaf.definitionLevel ? 1 : 0
          continue
        }
        if Int(definition) == leaf.definitionLevel {
          taken += 1
          if added.last?.row != row { added.append((row, 0)) }
          added[added.count - 1].count += 1
        } else if isNull(definition), nulls.last != row {
          nulls.append(row)
        }
      }
    }
    if row < rows.upperBound, row != page.firstRow + page.rowCount - 1 {
      throw .damaged("a page has another number of rows than it states")
    }
    let before = cells.count
    try values.read(loaded, skipping: skipped, count: taken, &storage, into: &cells)
    guard cells.count - before == taken else { throw Self.early }
    for (row, count) in added { counts[row - rows.lowerBound] += count }
    for row in nulls { hasNull[row - rows.lowerBound] = true }
  }
}
