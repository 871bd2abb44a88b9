internal import Reprise

/// The rows of a table whose texts, ids and order values are in Arrow columns.
///
/// Texts are read in place.
final class ArrowRows: MemoryRows, @unchecked Sendable {
  /// Keeps the memory of the columns.
  private let table: ArrowTable
  private let texts: ArrowColumn
  /// The column of ids; nil if the table has none.
  let ids: ArrowColumn?
  private let order: [ArrowColumn]

  /// Finds the columns of a table.
  ///
  /// - Parameters:
  ///   - table: the table.
  ///   - text: the name of the column with the text; of a table that is one column, it is that one.
  ///   - id: the name of the column with the ids. A table need not have it, unless `requiresID`.
  ///   - requiresID: whether a table without the column of ids is an error.
  ///   - order: the names of the columns for the keep order.
  /// - Throws: an error for a column that is missing or has values of another kind.
  init(
    _ table: ArrowTable, text: String, id: String?, requiresID: Bool, order: [String]
  ) throws(CallError) {
    self.table = table
    texts = try table.column(Self.find(table.isStruct ? text : "", table, "text"))
    guard texts.isText else {
      throw .data("The column \"\(text)\" of the \(table.name) does not have texts.")
    }
    if let id, let index = table.column(named: id) {
      ids = try table.column(index)
    } else {
      if requiresID, let id { _ = try Self.find(id, table, "ids") }
      ids = nil
    }
    var columns: [ArrowColumn] = []
    for name in order {
      columns.append(try table.column(Self.find(name, table, "values for the keep order")))
    }
    self.order = columns
  }

  private static func find(
    _ column: String, _ table: ArrowTable, _ purpose: String
  ) throws(CallError) -> Int {
    if let index = table.column(named: column) { return index }
    let names = table.columnNames.prefix(20).map { "\"\($0)\"" }.joined(separator: ", ")
    throw .data(
      "The \(table.name) has no column \"\(column)\" with \(purpose). Its columns are: \(names).")
  }

  var count: Int { texts.count }

  var hasIDs: Bool { ids != nil }

  func textByteCount(ofRow row: Int) -> Int? { texts.find(row) { $0.bytes($1)?.count } }

  func withText(ofRow row: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
    if let bytes = texts.find(row, { $0.bytes($1) }) { body(bytes) }
  }

  func withID(ofRow row: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
    guard let ids else { return }
    ids.find(row) { piece, row in
      if let bytes = piece.bytes(row) {
        body(bytes)
      } else if var text = piece.text(row) {
        text.withUTF8 { body(UnsafeRawBufferPointer($0)) }
      }
    }
  }

  func orderTexts(ofRow row: Int) -> [String?] {
    order.map { column in column.find(row) { $0.text($1) } }
  }
}
