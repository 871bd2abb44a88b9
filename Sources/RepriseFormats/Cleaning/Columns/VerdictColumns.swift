/// The columns that say what became of a document, where a corpus is copied with all of them.
enum VerdictColumns {
  /// The names of the columns, the first one without nulls.
  static let names = [
    "reprise_status", "reprise_reason", "reprise_duplicate_of", "reprise_similarity",
    "reprise_cluster",
  ]

  /// The columns of a Parquet file.
  static let columns = zip(names, [ParquetNewColumn.Kind.text, .text, .text, .number, .integer])
    .map { ParquetNewColumn(path: [$0], kind: $1) }

  /// The values of a document.
  static func values(_ entry: ManifestEntry) -> [ParquetNewColumn.Value?] {
    [
      .text(entry.status.rawValue), entry.reason.map { .text($0.rawValue) },
      entry.duplicateOf.map { .text($0) }, entry.similarity.map { .number($0) },
      entry.cluster.map { .integer($0) },
    ]
  }

  /// Writes the fields of a document as those of a JSON object, without its braces.
  static func json(_ entry: ManifestEntry, into target: inout [UInt8]) {
    var writer = JSONWriter(capacity: 256)
    writer.beginObject()
    for (name, value) in zip(names, values(entry)) {
      writer.name(name)
      switch value {
      case .text(let text): writer.string(text)
      case .integer(let number): writer.integer(number)
      case .number(let number): writer.double(number)
      case .boolean, nil: writer.null()
      }
    }
    writer.endObject()
    unsafe writer.buffer.withUnsafeBytes { bytes in
      // In bounds: the object has two braces.
      unsafe target.append(contentsOf: bytes[1..<bytes.count - 1])
    }
  }

  /// Writes the fields of a document as those of a table's row, each after a delimiter.
  static func cells(_ entry: ManifestEntry, _ delimiter: UInt8, into target: inout [UInt8]) {
    for value in values(entry) {
      target.append(delimiter)
      switch value {
      case .text(let text): append(text, delimiter, to: &target)
      case .integer(let number): target += Array(String(number).utf8)
      case .number(let number): target += Array(number.description.utf8)
      case .boolean, nil: break
      }
    }
  }

  /// Writes the names as fields of a table's header, each after a delimiter.
  static func header(_ delimiter: UInt8, into target: inout [UInt8]) {
    for name in names {
      target.append(delimiter)
      target += Array(name.utf8)
    }
  }

  private static func append(_ text: String, _ delimiter: UInt8, to target: inout [UInt8]) {
    let quote = RowScanner.quote
    guard text.utf8.contains(where: { [delimiter, quote, 0x0A, 0x0D].contains($0) }) else {
      target += Array(text.utf8)
      return
    }
    target.append(quote)
    for byte in text.utf8 { target += byte == quote ? [quote, quote] : [byte] }
    target.append(quote)
  }

  /// The error of a file that has one of the columns.
  static func clash(_ name: String, _ path: BytePath, line: Int? = nil) -> CorpusError {
    CorpusError(
      .cannotClean, "there is a \"\(name)\" already, so the columns cannot be added", path: path,
      line: line.map { UInt64($0) })
  }
}
