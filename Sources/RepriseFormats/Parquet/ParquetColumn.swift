/// A column with values.
struct ParquetLeaf: Hashable, Sendable {
  /// The physical type.
  enum PhysicalType: Int, Sendable {
    case boolean
    case int32
    case int64
    case int96
    case float
    case double
    case bytes
    case fixedBytes
  }

  /// The index among the columns with values.
  let index: Int
  /// The name as it was asked for.
  let name: String
  let type: PhysicalType
  /// The size of a value in bytes; 0 for strings.
  let valueByteCount: Int
  /// The highest definition and repetition level.
  let definitionLevel: Int
  let repetitionLevel: Int
  /// True if a value itself may be null.
  let isOptional: Bool

  /// Creates the column of an element of the schema.
  ///
  /// - Returns: nil if the element is a group, or has an unknown type.
  init?(_ schema: ParquetSchema, _ place: Int, name: String) throws(ParquetFault) {
    let node = schema.nodes[place]
    guard let index = node.leafIndex, let number = node.element.type,
      let type = PhysicalType(rawValue: number)
    else { return nil }
    let byteCount =
      switch type {
      case .boolean, .bytes: 0
      case .int32, .float: 4
      case .int64, .double: 8
      case .int96: 12
      case .fixedBytes: node.element.typeByteCount
      }
    guard type != .fixedBytes || byteCount > 0 && byteCount < 1 << 20 else {
      throw .damaged("the values of the column \"\(name)\" have \(byteCount) bytes")
    }
    guard node.levels.definition < 256, node.levels.repetition < 256 else {
      throw .damaged("the column \"\(name)\" is nested too deeply")
    }
    self.index = index
    self.name = name
    self.type = type
    valueByteCount = byteCount
    definitionLevel = node.levels.definition
    repetitionLevel = node.levels.repetition
    isOptional = node.element.repetition == .optional
  }

  static func == (left: Self, right: Self) -> Bool { left.index == right.index }

  func hash(into hasher: inout Hasher) { hasher.combine(index) }
}

/// A column that is read, and how its values become text.
struct ParquetColumn: Sendable {
  let leaf: ParquetLeaf
  let format: ParquetValueFormat
  /// True if it is a part of the text of a document.
  var isText: Bool

  /// Creates the column of an element of the schema.
  ///
  /// - Returns: nil if the element is a group, or has values that are not read.
  init?(_ schema: ParquetSchema, _ place: Int, name: String, isText: Bool) throws(ParquetFault) {
    guard let leaf = try ParquetLeaf(schema, place, name: name),
      let format = ParquetValueFormat(schema.nodes[place].element, leaf.type)
    else { return nil }
    self.leaf = leaf
    self.format = format
    self.isText = isText
  }
}
