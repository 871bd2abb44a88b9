/// The format of an input's records, with the header of a table.
package enum RecordLayout: Hashable, Sendable {
  /// See ``RecordFormat/text``.
  case text
  /// See ``RecordFormat/jsonLines``.
  case jsonLines
  /// See ``RecordFormat/jsonArray``.
  case jsonArray
  /// Rows of fields.
  case table(TableHeader)
  /// See ``RecordFormat/parquet``.
  case rows

  /// The format.
  var format: RecordFormat {
    switch self {
    case .text: .text
    case .jsonLines: .jsonLines
    case .jsonArray: .jsonArray
    case .table(let header): header.format
    case .rows: .parquet
    }
  }

  /// Finds the layout of an input whose format is known.
  ///
  /// - Parameters:
  ///   - format: the format.
  ///   - head: the first bytes, as ``TableHeader/init(_:isWhole:of:_:_:)`` needs them.
  ///   - isWhole: true if there are no more.
  ///   - path: the path in messages.
  ///   - rules: the options for tables.
  /// - Throws: what is wrong with the header of a table.
  init(
    _ format: RecordFormat, _ head: UnsafeRawBufferPointer, isWhole: Bool, of path: BytePath,
    _ rules: TableRules
  ) throws(CorpusError) {
    switch format {
    case .text: self = .text
    case .jsonLines: self = .jsonLines
    case .jsonArray: self = .jsonArray
    case .parquet: self = .rows
    case .csv, .tsv:
      self = .table(unsafe try TableHeader(head, isWhole: isWhole, of: path, format, rules))
    }
  }

  /// Finds the layout of an input again.
  ///
  /// - Parameters:
  ///   - format: the format.
  ///   - head: the first bytes, one more than formats are recognized by, unless there are fewer.
  ///   - path: the path in messages.
  ///   - rules: the options for tables.
  /// - Throws: what is wrong with the header of a table.
  init(
    _ format: RecordFormat, head: [UInt8], of path: BytePath, _ rules: TableRules
  ) throws(CorpusError) {
    let isWhole = head.count <= ContentFormat.searchedByteCount
    self = try unsafe head.withUnsafeBufferPointer { bytes throws(CorpusError) in
      let bytes = UnsafeRawBufferPointer(bytes)
      return unsafe try RecordLayout(format, bytes, isWhole: isWhole, of: path, rules)
    }
  }
}
