/// Formats rows of cells in columns that are two spaces apart.
struct TextTable {
  /// The alignment of the cells in a column.
  enum Side {
    case left
    case right
  }

  private let columns: [Side]
  private var rows: [[String]] = []

  init(columns: [Side]) { self.columns = columns }

  /// Adds a row; missing cells at its end are empty.
  mutating func append(_ cells: [String]) { rows.append(cells) }

  /// Returns the lines, without trailing spaces.
  func text() -> String {
    let widths = columns.indices.map { column in
      rows.map { column < $0.count ? $0[column].columnCount : 0 }.max() ?? 0
    }
    return rows.map { row in
      let cells = zip(row, zip(columns, widths)).map { cell, layout in
        layout.0 == .left ? cell.aligned(left: layout.1) : cell.aligned(right: layout.1)
      }
      var line = cells.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }
}
