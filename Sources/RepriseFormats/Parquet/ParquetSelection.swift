/// The columns of a file that are read, chosen by the fields of a document.
struct ParquetSelection: Sendable {
  /// Where the value of a field for the keep order comes from.
  enum Order: Sendable {
    /// A column, by its place among those that are read.
    case column(Int)
    /// The file has a column whose values cannot be ordered; the text says what they are.
    case unusable(String)
    /// The file has no such column.
    case missing
  }

  /// The columns that are read, each once.
  private(set) var columns: [ParquetColumn] = []
  /// The places of the columns with the text, each with its field.
  private(set) var text: [(column: Int, field: String)] = []
  /// The place of the column with the id; nil if there is none.
  private(set) var id: Int?
  /// The columns for the keep order.
  private(set) var order: [Order] = []

  /// Chooses the columns.
  ///
  /// - Throws: `missing-text` if no column has the text, or `text-not-a-string`; both list the columns.
  init(_ fields: DocumentFields, in schema: ParquetSchema) throws(ParquetFault) {
    for field in fields.text { try addText(field, schema) }
    guard !text.isEmpty else {
      let names = fields.text.map { "\"\($0)\"" }.joined(separator: ", ")
      let missing = fields.text.count == 1 ? "no column \(names)" : "none of the columns \(names)"
      throw ParquetFault(
        reason: .missingText, detail: "the file has \(missing); it has \(schema.list(limit: 20))")
    }
    if let place = schema.find(fields.id), let column = try add(place, fields.id, schema),
      columns[column].leaf.repetitionLevel == 0, columns[column].leaf.type != .boolean
    {
      id = column
    }
    for field in fields.order {
      guard let place = schema.find(field) else {
        order.append(.missing)
        continue
      }
      if let column = try add(place, field, schema), columns[column].leaf.repetitionLevel == 0 {
        order.append(.column(column))
      } else {
        order.append(.unusable(schema.kindWithArticle(place)))
      }
    }
  }

  private mutating func addText(
    _ field: String, _ schema: ParquetSchema
  ) throws(ParquetFault) {
    guard let place = schema.find(field) else { return }
    guard let column = try ParquetColumn(schema, place, name: field, isText: true),
      column.format.isBytes, column.leaf.type == .bytes
    else {
      let hint = schema.isList(place) ? " (\"\(field)[]\" names its elements)" : ""
      throw ParquetFault(
        reason: .textNotString,
        detail: "the column \"\(field)\" is \(schema.kindWithArticle(place)), not a string\(hint); "
          + "the file has \(schema.list(limit: 20))")
    }
    guard !columns.contains(where: { $0.leaf == column.leaf }) else { return }
    text.append((columns.count, field))
    columns.append(column)
  }

  private mutating func add(
    _ place: Int, _ field: String, _ schema: ParquetSchema
  ) throws(ParquetFault) -> Int? {
    guard let column = try ParquetColumn(schema, place, name: field, isText: false) else {
      return nil
    }
    if let known = columns.firstIndex(where: { $0.leaf == column.leaf }) { return known }
    guard column.leaf.repetitionLevel == 0 else { return nil }
    columns.append(column)
    return columns.count - 1
  }
}
