/// The options for reading tables.
struct TableRules: Hashable, Sendable {
  /// The columns with the text.
  var textFields: [String]
  /// Other columns that are read: the id and those of the keep order.
  var otherFields: [String] = []
  /// The byte between two fields of CSV; nil to find it.
  var delimiter: UInt8?

  /// Returns the delimiters that a table of a format may have, the most likely first.
  func delimiters(_ format: RecordFormat) -> [UInt8] {
    if format == .tsv { return [0x09] }
    return delimiter.map { [$0] } ?? Self.known
  }

  /// Comma, semicolon, tab and vertical bar.
  static let known: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
}

extension ReadingOptions {
  /// The options for reading tables.
  var tableRules: TableRules {
    TableRules(textFields: textFields, otherFields: otherFields, delimiter: delimiter)
  }
}
