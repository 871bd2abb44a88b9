extension JSONCursor {
  /// The value that starts at the position, with everything in it checked.
  ///
  /// - Throws: The first rule that it breaks.
  mutating func value() throws(JSONSyntaxError) -> JSONValue {
    switch current {
    case UInt8(ascii: "{"): try container(.object)
    case UInt8(ascii: "["): try container(.array)
    default: try scalar()
    }
  }

  private mutating func scalar() throws(JSONSyntaxError) -> JSONValue {
    switch current {
    case UInt8(ascii: "\""): try string()
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    case UInt8(ascii: "t"): try literal("true", .true)
    case UInt8(ascii: "f"): try literal("false", .false)
    case UInt8(ascii: "n"): try literal("null", .null)
    default: throw failure(.expectedValue)
    }
  }

  /// A field's name, its colon and the white space up to its value.
  mutating func name() throws(JSONSyntaxError) -> JSONValue {
    guard current == UInt8(ascii: "\"") else { throw failure(.expectedName) }
    let name = try string()
    skipWhiteSpace()
    guard current == UInt8(ascii: ":") else { throw failure(.expectedColon) }
    position += 1
    skipWhiteSpace()
    return name
  }

  /// Goes past a comma to the next element, or past the bracket that closes an object or array.
  ///
  /// - Returns: Whether an element follows.
  /// - Throws: If neither a comma nor the bracket comes next, or the bracket follows a comma.
  mutating func advance(inObject: Bool) throws(JSONSyntaxError) -> Bool {
    skipWhiteSpace()
    let closing = inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")
    if current == closing {
      position += 1
      return false
    }
    guard current == UInt8(ascii: ",") else { throw failure(.expectedCommaOrEnd) }
    position += 1
    skipWhiteSpace()
    guard current != closing else { throw failure(.trailingComma) }
    return true
  }

  /// Goes past an opening bracket, and past the closing one if it follows at once.
  ///
  /// - Returns: Whether an element follows.
  mutating func open(inObject: Bool) -> Bool {
    position += 1
    skipWhiteSpace()
    guard current == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return true }
    position += 1
    return false
  }

  // A loop with a bit a level, so that nesting costs no stack.
  private mutating func container(_ kind: JSONValue.Kind) throws(JSONSyntaxError) -> JSONValue {
    let start = position
    var nesting = NestingStack()
    repeat {
      var hasElement = true
      if current == UInt8(ascii: "{") || current == UInt8(ascii: "[") {
        guard nesting.depth < JSONFieldScanner.depthLimit - 1 else {
          throw failure(.tooDeep(limit: JSONFieldScanner.depthLimit))
        }
        nesting.push(isObject: current == UInt8(ascii: "{"))
        hasElement = open(inObject: nesting.isObject)
      } else {
        _ = try scalar()
        hasElement = try advance(inObject: nesting.isObject)
      }
      while !hasElement {
        nesting.pop()
        guard nesting.depth > 0 else { break }
        hasElement = try advance(inObject: nesting.isObject)
      }
      if hasElement && nesting.isObject { _ = try name() }
    } while nesting.depth > 0
    return JSONValue(kind: kind, offset: start, length: position - start)
  }
}
