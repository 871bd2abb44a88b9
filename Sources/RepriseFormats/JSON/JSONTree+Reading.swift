import CKernels

extension JSONTree {
  /// The maximum number of nested objects and arrays.
  private static let depthLimit = 512

  /// Parses one JSON value by the same strict rules as ``JSONFieldScanner``.
  ///
  /// - Parameter bytes: the value, optionally surrounded by white space.
  /// - Throws: the first rule that it breaks.
  package init(parsing bytes: UnsafeRawBufferPointer) throws(JSONSyntaxError) {
    var cursor = unsafe JSONCursor(bytes, reprise_best_instruction_set())
    cursor.skipWhiteSpace()
    self = try Self.read(&cursor, depth: 0)
    cursor.skipWhiteSpace()
    guard cursor.isAtEnd else { throw cursor.failure(.trailingBytes) }
  }

  /// Parses one JSON value from bytes in an array.
  ///
  /// - Parameter bytes: the value, optionally surrounded by white space.
  /// - Throws: the first rule that it breaks.
  package init(parsing bytes: [UInt8]) throws(JSONSyntaxError) {
    self = try unsafe bytes.withUnsafeBufferPointer { bytes throws(JSONSyntaxError) in
      try unsafe JSONTree(parsing: UnsafeRawBufferPointer(bytes))
    }
  }

  private static func read(
    _ cursor: inout JSONCursor, depth: Int
  ) throws(JSONSyntaxError) -> JSONTree {
    let opens = cursor.current == UInt8(ascii: "{") || cursor.current == UInt8(ascii: "[")
    guard depth < depthLimit || !opens else { throw cursor.failure(.tooDeep(limit: depthLimit)) }
    switch cursor.current {
    case UInt8(ascii: "{"):
      var fields: [Field] = []
      var hasField = cursor.open(inObject: true)
      while hasField {
        let name = unsafe JSONString.text(of: try cursor.name(), in: cursor.bytes)
        fields.append(Field(name, try read(&cursor, depth: depth + 1)))
        hasField = try cursor.advance(inObject: true)
      }
      return .object(fields)
    case UInt8(ascii: "["):
      var elements: [JSONTree] = []
      var hasElement = cursor.open(inObject: false)
      while hasElement {
        elements.append(try read(&cursor, depth: depth + 1))
        hasElement = try cursor.advance(inObject: false)
      }
      return .array(elements)
    default:
      let start = cursor.position
      let value = try cursor.value()
      guard value.kind != .notFinite else {
        cursor.position = start
        throw cursor.failure(.expectedValue)
      }
      return unsafe scalar(value, in: cursor.bytes)
    }
  }

  private static func scalar(_ value: JSONValue, in bytes: UnsafeRawBufferPointer) -> JSONTree {
    // In bounds: the cursor found the value in these bytes.
    switch value.kind {
    case .string: return .string(unsafe JSONString.text(of: value, in: bytes))
    case .true: return .bool(true)
    case .false: return .bool(false)
    case .number:
      let digits = unsafe String(decoding: bytes[value.range], as: UTF8.self)
      if let integer = Int(digits) { return .integer(integer) }
      return .double(Double(digits) ?? .infinity)
    default: return .null
    }
  }
}
