/// A whole JSON value in memory, its objects in the order in which they are written.
///
/// For small files such as `summary.json`; records of a corpus are scanned in place instead.
public enum JSONTree: Hashable, Sendable {
  /// A field of an object.
  public struct Field: Hashable, Sendable {
    /// The field's name.
    public var name: String
    /// The field's value.
    public var value: JSONTree

    /// Creates a field.
    public init(_ name: String, _ value: JSONTree) {
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

  /// The value of an object's last field of this name; `nil` for every other kind.
  public subscript(name: String) -> JSONTree? {
    guard case .object(let fields) = self else { return nil }
    return fields.last { $0.name == name }?.value
  }

  /// The text of a string.
  public var string: String? {
    guard case .string(let text) = self else { return nil }
    return text
  }

  /// The value of a number without fraction and exponent.
  public var integer: Int? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  /// The value of a number.
  public var double: Double? {
    switch self {
    case .integer(let number): Double(number)
    case .double(let number): number
    default: nil
    }
  }

  /// The elements of an array.
  public var array: [JSONTree]? {
    guard case .array(let elements) = self else { return nil }
    return elements
  }
}

extension JSONTree: ExpressibleByDictionaryLiteral {
  /// An object with its fields in the order of the literal.
  public init(dictionaryLiteral fields: (String, JSONTree)...) {
    self = .object(fields.map { Field($0, $1) })
  }
}

extension JSONTree: ExpressibleByStringLiteral {
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
}
