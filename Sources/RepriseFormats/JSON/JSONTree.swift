/// A whole JSON value in memory.
///
/// Objects keep the order of their fields.
///
/// Use it for small files such as `summary.json`; use ``JSONFieldScanner`` for records of a corpus.
package enum JSONTree: Hashable, Sendable {
  /// A field of an object.
  package struct Field: Hashable, Sendable {
    /// The name of the field.
    package var name: String
    /// The value of the field.
    package var value: JSONTree

    /// Creates a field.
    package init(_ name: String, _ value: JSONTree) {
      self.name = name
      self.value = value
    }
  }

  case null
  case bool(Bool)
  case integer(Int)
  case double(Double)
  case string(String)
  case array([JSONTree])
  case object([Field])

  /// The value of the last field with this name; `nil` if there is none, or if this is not an
  /// object.
  package subscript(name: String) -> JSONTree? {
    guard case .object(let fields) = self else { return nil }
    return fields.last { $0.name == name }?.value
  }

  /// The text of a string; `nil` for other values.
  package var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The value of a number without fraction and exponent; `nil` for other values.
  package var integer: Int? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  /// The value of a number; `nil` for other values.
  package var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  /// The value of a Boolean; `nil` for other values.
  package var bool: Bool? {
    guard case .bool(let value) = self else { return nil }
    return value
  }

  /// The elements of an array; `nil` for other values.
  package var array: [JSONTree]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }
}

extension JSONTree: ExpressibleByDictionaryLiteral {
  /// Creates an object with its fields in the order of the literal.
  package init(dictionaryLiteral fields: (String, JSONTree)...) {
    self = .object(fields.map { Field($0, $1) })
  }
}

extension JSONTree: ExpressibleByStringLiteral {
  /// Creates a string.
  package init(stringLiteral value: String) { self = .string(value) }
}
