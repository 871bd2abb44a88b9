extension JSONCursor {
  /// Reads and validates the value at the position.
  ///
  /// - Throws: the first rule that it breaks.
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
    case UInt8(ascii: "-") where isNext(UInt8(ascii: "I")): try literal("-Infinity", .notFinite)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number()
    case UInt8(ascii: "t"): try literal("true", .true)
    case UInt8(ascii: "f"): try literal("false", .false)
    case UInt8(ascii: "n"): try literal("null", .null)
    case UInt8(ascii: "N"): try literal("NaN", .notFinite)
    case UInt8(ascii: "I"): try literal("Infinity", .notFinite)
    default: throw failure(.expectedValue)
    }
  }

  /// Reads a field's name and its colon, and skips white space up to its value.
  mutating func name() throws(JSONSyntaxError) -> JSONValue {
    guard current == UInt8(ascii: "\"") else { throw failure(.expectedName) }
    let name = try string()
    skipWhiteSpace()
    guard current == UInt8(ascii: ":") else { throw failure(.expectedColon) }
    position += 1
    skipWhiteSpace()
    return name
  }

  /// Moves past a comma to the next element, or past the closing bracket of an object or array.
  ///
  /// - Returns: whether an element follows.
  /// - Throws: an error if there is neither a comma nor the bracket, or the bracket follows a
  ///   comma.
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

  /// Moves past an opening bracket, and past the closing bracket if it follows directly.
  ///
  /// - Returns: whether an element follows.
  mutating func open(inObject: Bool) -> Bool {
    position += 1
    skipWhiteSpace()
    guard current == (inObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return true }
    position += 1
    return false
  }

  // Uses a loop with one bit per level, so that nesting does not use the call stack.
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
