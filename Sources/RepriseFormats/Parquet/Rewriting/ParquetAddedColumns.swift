/// Gives the values of columns that are added to a file.
protocol ParquetAddedColumns: AnyObject {
  /// The columns, at the top of the schema.
  var columns: [ParquetNewColumn] { get }

  /// Writes the values of the next rows, in their order.
  ///
  /// - Parameters:
  ///   - rows: the rows of a row group, counted in the file.
  ///   - writers: the writers of the columns.
  ///   - compressor: compresses pages.
  /// - Throws: `invalidResults` if the values are not those of the rows; `cannotRead`, `cannotClean` or
  ///   `outOfMemory`.
  func write(
    _ rows: Range<Int>, to writers: inout [ParquetColumnWriter], _ compressor: ParquetCompressor
  ) throws(CorpusError)
}

/// The metadata of a file to which columns are added.
enum ParquetAddedMetadata {
  /// The numbers of the fields.
  private enum Field {
    static let schema = 2
    static let keyValues = 5
    static let orders = 7
  }

  /// Adds columns to the schema, and to what other programs keep about it.
  ///
  /// - Throws: a fault if the metadata is damaged.
  static func add(
    _ columns: [ParquetNewColumn], to metadata: inout ThriftFields
  ) throws(ParquetFault) {
    guard var old = try metadata.structures(Field.schema), var root = try old.next() else {
      throw .damaged("the schema is not a list of columns")
    }
    root.set(5, .int32(columns.count + (try root.integer(5) ?? 0)))
    var elements = [root]
    while let element = try old.next() { elements.append(element) }
    metadata.set(Field.schema, .structures(elements + columns.map { $0.element() }))
    if var old = try metadata.structures(Field.orders) {
      var orders: [ThriftFields] = []
      while let order = try old.next() { orders.append(order) }
      let byType = ThriftFields([(1, .structure(ThriftFields()))])
      metadata.set(
        Field.orders, .structures(orders + [ThriftFields](repeating: byType, count: columns.count)))
    }
    guard var old = try metadata.structures(Field.keyValues) else { return }
    var pairs: [ThriftFields] = []
    while let pair = try old.next() {
      if let changed = try changed(pair, columns) { pairs.append(changed) }
    }
    metadata.set(Field.keyValues, .structures(pairs))
  }

  /// Adds columns to a schema in the metadata; returns nil for one that would be wrong.
  private static func changed(
    _ pair: ThriftFields, _ columns: [ParquetNewColumn]
  ) throws(ParquetFault) -> ThriftFields? {
    let key = try pair.read(1, .binary) { reader throws(ParquetFault) in try reader.text() }
    guard let key,
      let value = try pair.read(2, .binary, { reader throws(ParquetFault) in try reader.text() })
    else { return pair }
    var pair = pair
    if key == ArrowSchemaMetadata.key {
      // The schema has a copy of all other metadata, which Arrow prefers.
      let schema = ArrowSchemaMetadata.adding(columns, to: Array(value.utf8)) {
        withFeatures(columns, name: $0, $1)
      }
      guard let schema else { return nil }
      pair.set(2, .binary(schema))
    } else if let features = withFeatures(columns, name: key, value) {
      pair.set(2, .binary(features))
    }
    return pair
  }

  /// Adds columns to `info.features`, as the library `datasets` writes them.
  ///
  /// - Returns: nil if the metadata of this name has no features.
  private static func withFeatures(
    _ columns: [ParquetNewColumn], name: String, _ value: String
  ) -> [UInt8]? {
    guard name == "huggingface" else { return nil }
    let tree = unsafe Array(value.utf8).withUnsafeBytes { try? unsafe JSONTree(parsing: $0) }
    guard let tree, let info = tree["info"], case .object(let features) = info["features"] else {
      return nil
    }
    let added = columns.map { column in
      let type =
        switch column.kind {
        case .text: "string"
        case .integer: "int64"
        case .number: "float64"
        case .boolean: "bool"
        }
      return JSONTree.Field(
        column.path.last ?? "", ["dtype": .string(type), "_type": .string("Value")])
    }
    var writer = JSONWriter(capacity: value.utf8.count + 1024)
    tree.replacing("info", by: info.replacing("features", by: .object(features + added)))
      .write(to: &writer)
    return unsafe writer.buffer.withUnsafeBytes { unsafe Array($0) }
  }
}

extension JSONTree {
  /// Returns an object with another value of its last field with this name.
  fileprivate func replacing(_ name: String, by value: JSONTree) -> JSONTree {
    guard case .object(var fields) = self,
      let place = fields.lastIndex(where: { $0.name == name })
    else { return self }
    fields[place].value = value
    return .object(fields)
  }
}
