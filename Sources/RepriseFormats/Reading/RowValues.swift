/// The values of a slice's rows, other than their texts.
///
/// Rows are counted in the slice, as the lines of its records are.
struct RowValues {
  /// Why a row has no text.
  enum Missing {
    /// The text is null.
    case null
    /// A group around the text is null, or a list has no elements.
    case absent
  }

  /// The values of a field for the keep order.
  enum Order {
    case cells([ParquetCell])
    case unusable(String)
    case missing
  }

  /// The ids; empty if there are none.
  var ids: [ParquetCell] = []
  /// The values of each field for the keep order.
  var orders: [Order] = []
  /// The rows without a text.
  var missing: [Int: Missing] = [:]

  /// Returns the id of a row.
  func id(ofRow row: Int) -> ParquetCell { row < ids.count ? ids[row] : .absent }

  /// Adds the values of rows.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - reader: read the rows.
  ///   - line: the place of the first of them in the slice.
  mutating func add(_ file: ParquetFile, _ reader: ParquetRows, at line: Int) {
    if let id = file.selection.id { Self.add(reader.cells(ofColumn: id), to: &ids, at: line) }
    if orders.isEmpty {
      orders = file.selection.order.map { order in
        switch order {
        case .column: .cells([])
        case .unusable(let kind): .unusable(kind)
        case .missing: .missing
        }
      }
    }
    for (place, order) in file.selection.order.enumerated() {
      if case .column(let column) = order, case .cells(var cells) = orders[place] {
        Self.add(reader.cells(ofColumn: column), to: &cells, at: line)
        orders[place] = .cells(cells)
      }
    }
  }

  /// Adds values; rows before them that have none are lost.
  private static func add(_ cells: [ParquetCell], to all: inout [ParquetCell], at line: Int) {
    if all.isEmpty, line == 0 {
      all = cells
    } else {
      all.append(contentsOf: repeatElement(.lost, count: line - all.count))
      all += cells
    }
  }
}
