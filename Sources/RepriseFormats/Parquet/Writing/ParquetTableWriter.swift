/// A field of the rows of a new Parquet file.
indirect enum ParquetNewField: Sendable {
  case value(String, ParquetNewColumn.Kind)
  case structure(String, [ParquetNewField])
  /// A list of structures.
  case list(String, [ParquetNewField])
}

/// Writes JSON objects as the rows of a new Parquet file, compressed by zstd.
///
/// Memory is bounded by a row group, which ends after some MiB of compressed pages, and by the largest row.
/// Not thread-safe.
final class ParquetTableWriter {
  private let fields: [ParquetNewField]
  private let output: EncodedStream
  private let compressor: ParquetCompressor
  private var hasher: ChecksumHasher
  private var schema: [ThriftFields] = []
  private var columns: [ParquetNewColumn] = []
  private var writers: [ParquetColumnWriter] = []
  private var groupRowCount = 0
  private var groups: [ThriftFields] = []
  /// The number of rows so far.
  private(set) var rowCount = 0

  private static let groupByteCount = 16 << 20
  private static let groupRowLimit = 1 << 18

  /// The number of an optional, a required and a repeated field.
  private static let (required, repeated) = (0, 2)

  /// Creates a file, which must not exist yet.
  ///
  /// - Throws: `cannotOpen` or `outOfMemory`.
  init(creating path: BytePath, _ fields: [ParquetNewField]) throws(CorpusError) {
    self.fields = fields
    output = try EncodedStream(creating: path, compression: .none)
    hasher = try ChecksumHasher(path: path)
    compressor = ParquetCompressor(path: path)
    schema = [Self.group("schema", Self.required, childCount: fields.count)]
    for field in fields { add(field, path: [], levels: (0, 0)) }
    try write(ParquetFile.mark)
    beginGroup()
  }

  /// The checksum of all that was written.
  var checksum: FileChecksum { hasher.checksum() }

  private static func group(
    _ name: String, _ repetition: Int, childCount: Int, isList: Bool = false
  ) -> ThriftFields {
    var element = ThriftFields([
      (3, .int32(repetition)), (4, .binary(Array(name.utf8))), (5, .int32(childCount)),
    ])
    if isList {
      // LIST, in the old and in the new form.
      element.set(6, .int32(3))
      element.set(10, .structure(ThriftFields([(3, .structure(ThriftFields()))])))
    }
    return element
  }

  private func add(
    _ field: ParquetNewField, path: [String], levels: (definition: Int, repetition: Int)
  ) {
    switch field {
    case .value(let name, let kind):
      let column = ParquetNewColumn(
        path: path + [name], kind: kind, definitionLevel: levels.definition + 1,
        repetitionLevel: levels.repetition)
      columns.append(column)
      schema.append(column.element())
    case .structure(let name, let fields):
      schema.append(Self.group(name, Self.required, childCount: fields.count))
      for field in fields { add(field, path: path + [name], levels: levels) }
    case .list(let name, let fields):
      schema.append(Self.group(name, Self.required, childCount: 1, isList: true))
      schema.append(Self.group("list", Self.repeated, childCount: 1))
      schema.append(Self.group("element", Self.required, childCount: fields.count))
      for field in fields {
        add(
          field, path: path + [name, "list", "element"],
          levels: (levels.definition + 1, levels.repetition + 1))
      }
    }
  }

  private func beginGroup() {
    writers = columns.map { ParquetColumnWriter($0, codec: ParquetNewColumn.zstd) }
    groupRowCount = 0
  }

  private func write(_ bytes: [UInt8]) throws(CorpusError) {
    try unsafe bytes.span.withUnsafeBytes { bytes throws(CorpusError) in
      unsafe hasher.update(bytes)
      unsafe try output.write(bytes)
    }
  }

  /// Appends a row.
  ///
  /// A key that is absent, or has a value of another kind, is null.
  ///
  /// - Throws: `cannotWrite` or `outOfMemory`.
  func append(_ row: JSONTree) throws(CorpusError) {
    var column = 0
    for field in fields { try append(row, field, repetition: 0, definition: 0, &column) }
    rowCount += 1
    groupRowCount += 1
    let byteCount = writers.reduce(0) { $0 + $1.byteCount }
    if byteCount >= Self.groupByteCount || groupRowCount >= Self.groupRowLimit { try endGroup() }
  }

  private func append(
    _ object: JSONTree, _ field: ParquetNewField, repetition: Int, definition: Int,
    _ column: inout Int
  ) throws(CorpusError) {
    switch field {
    case .value(let name, let kind):
      let value = object[name].flatMap { Self.value($0, kind) }
      try writers[column].add(
        value, definition: definition, repetition: repetition, compressor)
      column += 1
    case .structure(let name, let fields):
      let inner = object[name] ?? .null
      for field in fields {
        try append(inner, field, repetition: repetition, definition: definition, &column)
      }
    case .list(let name, let fields):
      let elements = object[name]?.array ?? []
      let first = column
      for (index, element) in elements.enumerated() {
        column = first
        for field in fields {
          try append(
            element, field, repetition: index == 0 ? repetition : repetition + 1,
            definition: definition + 1, &column)
        }
      }
      guard elements.isEmpty else { return }
      // A list without elements is a level in each of its columns.
      for field in fields {
        try append(.null, field, repetition: repetition, definition: definition, &column)
      }
    }
  }

  private static func value(_ tree: JSONTree, _ kind: ParquetNewColumn.Kind)
    -> ParquetNewColumn.Value?
  {
    switch kind {
    case .text: tree.string.map { .text($0) }
    case .integer: tree.integer.map { .integer($0) }
    case .number: tree.double.map { .number($0) }
    case .boolean: if case .bool(let value) = tree { .boolean(value) } else { nil }
    }
  }

  private func endGroup() throws(CorpusError) {
    var chunks: [ThriftFields] = []
    var byteCount = 0
    for index in writers.indices {
      let chunk = try writers[index].finish(at: Int(output.byteCount), compressor)
      chunks.append(chunk.fields)
      byteCount += chunk.decompressed
      try write(writers[index].pages)
    }
    groups.append(
      ThriftFields([
        (1, .structures(chunks)), (2, .int64(byteCount)), (3, .int64(groupRowCount)),
      ]))
    beginGroup()
  }

  /// Writes what is left and the metadata, and waits until the file is on the disk.
  ///
  /// - Throws: `cannotWrite` or `outOfMemory`.
  func finish() throws(CorpusError) {
    if groupRowCount > 0 { try endGroup() }
    let metadata = ThriftFields([
      (1, .int32(2)), (2, .structures(schema)), (3, .int64(rowCount)), (4, .structures(groups)),
      (6, .binary(Array("reprise".utf8))),
    ])
    var footer: [UInt8] = []
    metadata.write(to: &footer)
    footer.append(size: footer.count)
    try write(footer + ParquetFile.mark)
    try output.finish(synchronizing: true)
  }
}
