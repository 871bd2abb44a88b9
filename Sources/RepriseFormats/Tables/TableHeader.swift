/// The delimiter of a table, and the names of its columns.
package struct TableHeader: Hashable, Sendable {
  /// The names of the columns; none for a file without a header.
  package let names: [String]
  /// The byte between two fields.
  let delimiter: UInt8

  /// Reads the header of a table.
  ///
  /// - Parameters:
  ///   - head: the first bytes of the file as UTF-8, at least ``ContentFormat/searchedByteCount``
  ///     unless there are fewer.
  ///   - isWhole: true if there are no more.
  ///   - path: the path in messages.
  ///   - format: the format of the table.
  ///   - rules: the options.
  /// - Throws: `missingText` if no delimiter makes a column of the text; `malformedTable` if there
  ///   is no header, or two columns have a name that is read.
  init(
    _ head: UnsafeRawBufferPointer, isWhole: Bool, of path: BytePath, _ format: RecordFormat,
    _ rules: TableRules
  ) throws(CorpusError) {
    let start = unsafe TableHead(head, isWhole: isWhole)
    guard !start.isEmpty else {
      self.init(names: [], delimiter: rules.delimiters(format)[0])
      return
    }
    guard let header = start.header(rules.delimiters(format), rules.textFields) else {
      throw Self.fault(start.firstFault(rules.delimiters(format)[0]), of: path)
    }
    guard rules.textFields.contains(where: header.names.contains) else {
      throw CorpusError(
        .missingText, header.missingText(rules), path: path, byte: 0, line: 1)
    }
    for name in rules.textFields + rules.otherFields
    where header.names.count(where: { $0 == name }) > 1 {
      throw Self.fault("two columns have the name \"\(name)\"", of: path)
    }
    self = header
  }

  init(names: [String], delimiter: UInt8) {
    self.names = names
    self.delimiter = delimiter
  }

  /// The format of a table with this delimiter.
  var format: RecordFormat { delimiter == 0x09 ? .tsv : .csv }

  private func missingText(_ rules: TableRules) -> String {
    let wanted = rules.textFields.map { "\"\($0)\"" }.joined(separator: ", ")
    let columns = names.prefix(Self.shownCount).map { "\"\($0)\"" }.joined(separator: ", ")
    let missing = rules.textFields.count == 1 ? "no column" : "none of the columns"
    return "the header of this table has \(missing) \(wanted); split at \(Self.name(delimiter)), "
      + (names.count > Self.shownCount ? "its first columns are " : "its columns are ") + columns
  }

  private static let shownCount = 20

  private static func name(_ delimiter: UInt8) -> String {
    switch delimiter {
    case 0x09: "tabs"
    case 0x20: "spaces"
    default: "\"\(Character(Unicode.Scalar(delimiter)))\""
    }
  }

  private static func fault(_ what: String, of path: BytePath) -> CorpusError {
    CorpusError(
      .malformedRow, "this is not a table with a header: \(what)", path: path, byte: 0, line: 1)
  }
}
