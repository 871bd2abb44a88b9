/// Finds the fields of a document in the rows of a table, into reused buffers.
struct TableCells {
  private var cells: [JSONValue] = []
  private var header: TableHeader?
  /// The columns of the names that were asked for last; nil for a name that no column has.
  private var columns: [Int?] = []

  /// Finds the fields of a row.
  ///
  /// - Parameters:
  ///   - names: the names of columns; nil stands for none.
  ///   - row: the row without its line end.
  ///   - header: the header of its table.
  ///   - values: receives the field of each name; nil if no column has the name.
  /// - Throws: the rule that the row breaks.
  mutating func find(
    _ names: [String?], in row: UnsafeRawBufferPointer, _ header: TableHeader,
    into values: inout [JSONValue?]
  ) throws(DocumentReader.Failure) {
    guard unsafe !row.isEmpty else {
      throw DocumentReader.Failure(
        reason: .blankRecord, message: "The line is blank.", byte: nil)
    }
    if header != self.header {
      columns = names.map { name in name.flatMap(header.names.firstIndex(of:)) }
      self.header = header
    }
    do throws(RowCells.Fault) {
      unsafe try RowCells.find(in: row, delimiter: header.delimiter, into: &cells)
    } catch {
      throw DocumentReader.Failure(
        reason: .malformedRow, message: error.description, byte: error.offset)
    }
    let (count, expected) = (cells.count, header.names.count)
    guard count == expected else {
      throw DocumentReader.Failure(
        reason: .malformedRow,
        message: "The row has \(count) \(count == 1 ? "field" : "fields"), and the header has "
          + "\(expected) \(expected == 1 ? "column" : "columns").",
        byte: nil)
    }
    values.removeAll(keepingCapacity: true)
    for column in columns { values.append(column.map { cells[$0] }) }
  }
}
