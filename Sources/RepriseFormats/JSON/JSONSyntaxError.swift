/// The first rule that a record breaks, and where.
package struct JSONSyntaxError: Error, Equatable, Sendable {
  /// A rule of RFC 8259, or of this scanner.
  package enum Rule: Equatable, Sendable {
    /// The record is empty or blank.
    case emptyRecord
    /// The record is one valid JSON value, but not an object.
    case notAnObject(JSONValue.Kind)
    /// The record starts with U+FEFF.
    case byteOrderMark
    /// The record ends inside a value.
    case unexpectedEnd
    /// A string has no closing quote.
    case unterminatedString
    /// The byte does not start a value.
    case expectedValue
    /// A field's name must be a string in double quotes.
    case expectedName
    /// A field's name must be followed by a colon.
    case expectedColon
    /// A value must be followed by a comma or the end of its object or array.
    case expectedCommaOrEnd
    /// There is a comma before the end of an object or array.
    case trailingComma
    /// A number does not have the form that JSON requires.
    case invalidNumber
    /// A word is not true, false or null.
    case invalidLiteral
    /// A string contains a byte below 0x20.
    case controlCharacter
    /// A backslash is not followed by one of `"\/bfnrtu`.
    case invalidEscape
    /// `\u` is not followed by four hexadecimal digits.
    case invalidUnicodeEscape
    /// Too many objects and arrays are nested.
    case tooDeep(limit: Int)
    /// The object is followed by something other than white space.
    case trailingBytes
  }

  /// The rule that the record breaks.
  package var rule: Rule

  /// The byte offset in the record of the error.
  package var offset: Int

  /// The byte at `offset`, or `nil` at the end of the record.
  package var byte: UInt8?
}

extension JSONSyntaxError: CustomStringConvertible {
  /// A whole sentence with the offset, the byte found and the rule.
  package var description: String {
    switch rule {
    case .emptyRecord: "The record is empty."
    case .notAnObject(let kind): "The record is \(kind.article), not an object."
    case .byteOrderMark: "The record starts with a byte order mark."
    case .unexpectedEnd: "The record ends at its byte \(offset), inside a value."
    case .unterminatedString: "The record ends at its byte \(offset), inside a string."
    case .expectedValue: "\(place) is \(found), which does not start a JSON value."
    case .expectedName:
      "\(place) is \(found) instead of a field name in double quotes."
    case .expectedColon: "\(place) is \(found) instead of a colon after a field name."
    case .expectedCommaOrEnd:
      "\(place) is \(found) instead of a comma or the end of an object or array."
    case .trailingComma: "\(place) is \(found) after a comma, instead of a value."
    case .invalidNumber: "\(place) is \(found), which is not valid in a number."
    case .invalidLiteral: "The word at byte \(offset) of the record is not true, false or null."
    case .controlCharacter: "\(place) is \(found), which must be escaped in a string."
    case .invalidEscape:
      "The backslash at byte \(offset) of the record does not start a JSON escape."
    case .invalidUnicodeEscape:
      "The \\u at byte \(offset) of the record is not followed by four hexadecimal digits."
    case .tooDeep(let limit):
      "\(place) opens more than \(limit) levels of objects and arrays."
    case .trailingBytes: "\(place) is \(found), after the end of the object."
    }
  }

  /// The description without its period and its capital, to be used after a location.
  package var sentence: String {
    let text = String(description.dropLast())
    return text.prefix(1).lowercased() + text.dropFirst()
  }

  // Messages also name a byte of the file, so this text says that it counts from the record.
  private var place: String { "Byte \(offset) of the record" }

  private var found: String {
    guard let byte else { return "the end of the record" }
    if byte > 0x20 && byte < 0x7F { return "'\(Unicode.Scalar(byte))'" }
    let digits = String(byte, radix: 16, uppercase: true)
    return byte < 16 ? "0x0\(digits)" : "0x\(digits)"
  }
}

extension JSONValue.Kind {
  /// The kind with its article, for messages: "a string", "an array", "null".
  package var article: String {
    switch self {
    case .string: "a string"
    case .number: "a number"
    case .object: "an object"
    case .array: "an array"
    case .true: "true"
    case .false: "false"
    case .null: "null"
    case .notFinite: "a number that is not finite"
    }
  }
}
