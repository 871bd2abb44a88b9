/// Why a record is not one JSON object, and where.
public struct JSONSyntaxError: Error, Equatable, Sendable {
  /// The rule of RFC 8259 (or of this scanner) that a record breaks.
  public enum Rule: Equatable, Sendable {
    /// The record holds nothing but white space.
    case emptyRecord
    /// The record is one valid JSON value, but of another kind than object.
    case notAnObject(JSONValue.Kind)
    /// The record starts with U+FEFF.
    case byteOrderMark
    /// The record ends inside of a value.
    case unexpectedEnd
    /// A string has no closing quote.
    case unterminatedString
    /// No value starts with this byte.
    case expectedValue
    /// A field's name must be a string in double quotes.
    case expectedName
    /// A colon stands between a field's name and its value.
    case expectedColon
    /// After a value comes a comma or the end of its object or array.
    case expectedCommaOrEnd
    /// A comma stands before the end of an object or array.
    case trailingComma
    /// A number is not written as JSON writes it.
    case invalidNumber
    /// A word is neither true, false nor null.
    case invalidLiteral
    /// A string holds a byte below 0x20.
    case controlCharacter
    /// A backslash is followed by none of `"\/bfnrtu`.
    case invalidEscape
    /// `\u` is not followed by four hexadecimal digits.
    case invalidUnicodeEscape
    /// More objects and arrays than a limit are open at once.
    case tooDeep(limit: Int)
    /// Something other than white space follows the object.
    case trailingBytes
  }

  /// The rule that the record breaks.
  public var rule: Rule

  /// Offset in the record, in bytes, of what breaks the rule.
  public var offset: Int

  /// The byte at `offset`, or `nil` at the end of the record.
  public var byte: UInt8?
}

extension JSONSyntaxError: CustomStringConvertible {
  /// A whole sentence with the place, the byte found and the rule.
  public var description: String {
    switch rule {
    case .emptyRecord: "The record is empty."
    case .notAnObject(let kind): "The record is \(kind.article), not an object."
    case .byteOrderMark: "The record starts with a byte order mark."
    case .unexpectedEnd: "The record ends at byte \(offset), inside of a value."
    case .unterminatedString: "The record ends at byte \(offset), inside of a string."
    case .expectedValue: "Byte \(offset) is \(found), which starts no JSON value."
    case .expectedName: "Byte \(offset) is \(found), where a field name in double quotes must be."
    case .expectedColon: "Byte \(offset) is \(found), where a colon must follow a field name."
    case .expectedCommaOrEnd:
      "Byte \(offset) is \(found), where a comma or the end of an object or array must be."
    case .trailingComma: "Byte \(offset) is \(found) after a comma, where a value must be."
    case .invalidNumber: "Byte \(offset) is \(found), which breaks the grammar of numbers."
    case .invalidLiteral: "The word at byte \(offset) is not true, false or null."
    case .controlCharacter: "Byte \(offset) is \(found), which a string must escape."
    case .invalidEscape: "The backslash at byte \(offset) starts no JSON escape."
    case .invalidUnicodeEscape:
      "The \\u at byte \(offset) is not followed by four hexadecimal digits."
    case .tooDeep(let limit):
      "Byte \(offset) opens more than \(limit) objects and arrays."
    case .trailingBytes: "Byte \(offset) is \(found), after the end of the object."
    }
  }

  /// The description without its period and its capital, to stand after a place.
  var sentence: String {
    let text = String(description.dropLast())
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  private var found: String {
    guard let byte else { return "the end of the record" }
    if byte > 0x20 && byte < 0x7F { return "'\(Unicode.Scalar(byte))'" }
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "0x0\(digits)" : "0x\(digits)"
  }
}

extension JSONValue.Kind {
  /// The kind with its article, for messages: "a string", "an array", "null".
  public var article: String {
    switch self {
    case .string: "a string"
    case .number: "a number"
    case .object: "an object"
    case .array: "an array"
    case .true: "true"
    case .false: "false"
    case .null: "null"
    }
  }
}
