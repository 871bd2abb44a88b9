/// Adds columns to the schema that Arrow keeps in the metadata of a Parquet file.
///
/// The value is a message of Arrow's IPC format in base64, whose content is a FlatBuffer. References in
/// a FlatBuffer lead forwards, so a new beginning is put before the old buffer: it refers to the old
/// fields where they are, and no type of them has to be known. The source of the layout is Arrow's
/// `Schema.fbs` and `Message.fbs`.
enum ArrowSchemaMetadata {
  /// The name of the metadata.
  static let key = "ARROW:schema"

  /// Adds columns to the value.
  ///
  /// - Parameters:
  ///   - columns: the columns.
  ///   - value: the value as it was.
  ///   - changes: returns the new value of another name in the schema's own metadata; nil to keep it.
  /// - Returns: the value with more columns; nil if the value is not as Arrow writes it.
  static func adding(
    _ columns: [ParquetNewColumn], to value: [UInt8],
    changes: (_ name: String, _ value: String) -> [UInt8]?
  ) -> [UInt8]? {
    guard let bytes = Base64.decode(value), bytes.count >= 8 else { return nil }
    // The mark of a message, which old versions do not write, and its size.
    let start = bytes.prefix(4).allSatisfy { $0 == 0xFF } ? 8 : 4
    let old = FlatBytes(Array(bytes[start...]))
    guard let message = old.reference(at: 0), old.byte(message, field: 1) == 1,
      let schema = old.table(message, field: 2), let fields = old.vector(schema, field: 1)
    else { return nil }
    var new = FlatWriter()
    let metadata = old.vector(schema, field: 2)?.map { pair in
      let (name, text) = (old.string(pair, field: 0), old.string(pair, field: 1))
      let changed = name.flatMap { name in text.flatMap { changes(name, $0) } }
      return Builder.Pair(place: pair, name: name ?? "", changed: changed)
    }
    let builder = Builder(
      version: old.short(message, field: 0) ?? 4, fields: fields, metadata: metadata,
      features: old.table(schema, field: 3))
    builder.write(columns, to: &new)
    let buffer = new.finish(before: old.bytes)
    var target: [UInt8] = [0xFF, 0xFF, 0xFF, 0xFF]
    target.append(size: buffer.count)
    return Base64.encode(target + buffer)
  }

  /// Writes the tables that are before the old buffer.
  private struct Builder {
    let version: Int
    /// The places of the old fields.
    let fields: [Int]
    let metadata: [Pair]?
    let features: Int?

    /// A pair of the schema's metadata: its place, and its value if that changes.
    struct Pair {
      let place: Int
      let name: String
      let changed: [UInt8]?
    }

    func write(_ columns: [ParquetNewColumn], to new: inout FlatWriter) {
      let root = new.reserveReference()
      let message = new.table([
        .short(version), .byte(1), .reference, .long(0),
      ])
      new.set(root, to: message.place)
      let schema = new.table([
        .short(0), .reference, metadata == nil ? .absent : .reference,
        features == nil ? .absent : .reference,
      ])
      new.set(message.slots[2], to: schema.place)
      if let metadata { write(metadata, at: schema.slots[2], to: &new) }
      if let features { new.setOld(schema.slots[3], to: features) }
      let vector = new.vector(count: fields.count + columns.count)
      new.set(schema.slots[1], to: vector.place)
      for (slot, field) in zip(vector.slots, fields) { new.setOld(slot, to: field) }
      for (slot, column) in zip(vector.slots.dropFirst(fields.count), columns) {
        write(column, at: slot, to: &new)
      }
    }

    private func write(_ pairs: [Pair], at slot: Int, to new: inout FlatWriter) {
      let vector = new.vector(count: pairs.count)
      new.set(slot, to: vector.place)
      for (slot, pair) in zip(vector.slots, pairs) {
        guard let changed = pair.changed else {
          new.setOld(slot, to: pair.place)
          continue
        }
        let table = new.table([.reference, .reference])
        new.set(slot, to: table.place)
        new.set(table.slots[0], to: new.string(Array(pair.name.utf8)))
        new.set(table.slots[1], to: new.string(changed))
      }
    }

    private func write(_ column: ParquetNewColumn, at slot: Int, to new: inout FlatWriter) {
      // Name, nullable, the kind of the type, the type, no dictionary, no children.
      let kind =
        switch column.kind {
        case .integer: 2
        case .number: 3
        case .text: 5
        case .boolean: 6
        }
      let field = new.table([
        .reference, .byte(1), .byte(kind), .reference, .absent, .reference,
      ])
      new.set(slot, to: field.place)
      new.set(field.slots[0], to: new.string(Array((column.path.last ?? "").utf8)))
      let type =
        switch column.kind {
        case .integer: new.table([.int(64), .byte(1)])
        // Double precision.
        case .number: new.table([.short(2)])
        case .text, .boolean: new.table([])
        }
      new.set(field.slots[3], to: type.place)
      new.set(field.slots[5], to: new.vector(count: 0).place)
    }
  }
}
