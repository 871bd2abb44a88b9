/// A column that is added to a file or written to a new one.
struct ParquetNewColumn {
  /// What the values are.
  enum Kind {
    case text
    case integer
    case number
    case boolean

    /// The number of the physical type.
    fileprivate var type: Int {
      switch self {
      case .text: ParquetLeaf.PhysicalType.bytes.rawValue
      case .integer: ParquetLeaf.PhysicalType.int64.rawValue
      case .number: ParquetLeaf.PhysicalType.double.rawValue
      case .boolean: ParquetLeaf.PhysicalType.boolean.rawValue
      }
    }
  }

  /// A value.
  enum Value {
    case text(String)
    case integer(Int)
    case number(Double)
    case boolean(Bool)
  }

  /// The names from the top to the column.
  let path: [String]
  let kind: Kind
  /// The highest definition and repetition level.
  var definitionLevel = 1
  var repetitionLevel = 0

  /// The numbers of the codec and the encoding that are used here.
  static let (zstd, plain) = (6, 0)

  /// The element of the schema; its name is the last one of the path.
  func element(isRequired: Bool = false) -> ThriftFields {
    var element = ThriftFields([
      (1, .int32(kind.type)), (3, .int32(isRequired ? 0 : 1)),
      (4, .binary(Array((path.last ?? "").utf8))),
    ])
    if kind == .text {
      // UTF8, in the old and in the new form.
      element.set(6, .int32(0))
      element.set(10, .structure(ThriftFields([(1, .structure(ThriftFields()))])))
    }
    return element
  }

  /// The metadata of the column in a row group.
  ///
  /// - Parameters:
  ///   - valueCount: the number of values, with those that are null.
  ///   - sizes: the size of the pages with their headers, decompressed and as stored, in bytes.
  ///   - codec: the number of the codec.
  ///   - offset: where the pages begin in the file.
  /// - Returns: the fields of the column.
  func metadata(
    valueCount: Int, sizes: (decompressed: Int, stored: Int), codec: Int, offset: Int
  ) -> ThriftFields {
    let metadata = ThriftFields([
      (1, .int32(kind.type)), (2, .integers([Self.plain, ParquetPageHeader.runs])),
      (3, .strings(path.map { Array($0.utf8) })), (4, .int32(codec)), (5, .int64(valueCount)),
      (6, .int64(sizes.decompressed)), (7, .int64(sizes.stored)), (9, .int64(offset)),
    ])
    return ThriftFields([(2, .int64(0)), (3, .structure(metadata))])
  }
}
