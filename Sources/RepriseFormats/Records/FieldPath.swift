import CKernels

/// Where a value is inside the objects and arrays of a record.
///
/// `a.b` is the field `b` of the object in the field `a`; `a[]` are all elements of the array in
/// `a`, and `a[].b` is the field `b` of each. A name that begins with a slash is a JSON pointer
/// (RFC 6901): `/a/b`, where a number is also the place of an element in an array, `~1` is a slash
/// and `~0` a tilde.
struct FieldPath: Hashable, Sendable {
  enum Step: Hashable, Sendable {
    /// A field of an object; or the element at a place of an array, which only a pointer names.
    case key(String, place: Int?)
    /// All elements of an array.
    case elements
  }

  /// The name of the top-level field at which the path begins.
  let first: String
  /// The steps from there.
  let steps: [Step]

  /// Parses a path; nil for the plain name of a top-level field.
  init?(_ name: String) {
    guard let (first, steps) = name.hasPrefix("/") ? Self.pointer(name) : Self.dotted(name) else {
      return nil
    }
    (self.first, self.steps) = (first, steps)
  }

  private static func pointer(_ name: String) -> (String, [Step]) {
    var keys = name.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
      $0.replacing("~1", with: "/").replacing("~0", with: "~")
    }
    let first = keys.removeFirst()
    let steps = keys.map { key in
      Step.key(String(key), place: Int(key).flatMap { $0 >= 0 && String($0) == key ? $0 : nil })
    }
    return (String(first), steps)
  }

  private static func dotted(_ name: String) -> (String, [Step])? {
    var keys: [String] = []
    var steps: [Step] = []
    for part in name.split(separator: ".", omittingEmptySubsequences: false) {
      var (key, depth) = (part, 0)
      while key.hasSuffix("[]") {
        key.removeLast(2)
        depth += 1
      }
      if keys.isEmpty {
        keys.append(String(key))
      } else {
        steps.append(.key(String(key), place: nil))
      }
      steps += Array(repeating: .elements, count: depth)
    }
    guard let first = keys.first, !steps.isEmpty else { return nil }
    return (first, steps)
  }

  /// Finds the values of the path, in the order of the record.
  ///
  /// Of fields with one name, the last counts. A path that leads through a value of another kind
  /// has no value there.
  ///
  /// - Parameters:
  ///   - value: the value of the field ``first``, which the scanner found in the record.
  ///   - record: the bytes of the record, which the scanner accepted.
  ///   - found: receives the values.
  /// - Complexity: O(bytes of the value) for each step.
  func find(
    from value: JSONValue, in record: UnsafeRawBufferPointer, into found: inout [JSONValue]
  ) {
    unsafe Self.walk(value, steps[...], record, &found)
  }

  private static func walk(
    _ value: JSONValue, _ steps: ArraySlice<Step>, _ record: UnsafeRawBufferPointer,
    _ found: inout [JSONValue]
  ) {
    guard let step = steps.first else { return found.append(value) }
    let rest = steps.dropFirst()
    switch (step, value.kind) {
    case (.elements, .array):
      unsafe forEachElement(of: value, record) { _, element in
        unsafe walk(element, rest, record, &found)
      }
    case (.key(_, let place?), .array):
      unsafe forEachElement(of: value, record) { index, element in
        if index == place { unsafe walk(element, rest, record, &found) }
      }
    case (.key(let name, _), .object):
      if let field = unsafe lastField(name, of: value, record) {
        unsafe walk(field, rest, record, &found)
      }
    default: return
    }
  }

  private static func forEachElement(
    of array: JSONValue, _ record: UnsafeRawBufferPointer, _ body: (Int, JSONValue) -> Void
  ) {
    var cursor = unsafe JSONCursor(record, at: array)
    var (index, hasElement) = (0, cursor.open(inObject: false))
    // The scanner accepted the record, so nothing throws.
    while hasElement, let element = try? cursor.value() {
      body(index, element)
      index += 1
      hasElement = (try? cursor.advance(inObject: false)) ?? false
    }
  }

  private static func lastField(
    _ name: String, of object: JSONValue, _ record: UnsafeRawBufferPointer
  ) -> JSONValue? {
    var cursor = unsafe JSONCursor(record, at: object)
    var last: JSONValue?
    var hasField = cursor.open(inObject: true)
    while hasField, let key = try? cursor.name(), let value = try? cursor.value() {
      if unsafe JSONString.isText(of: key, in: record, equalTo: name) { last = value }
      hasField = (try? cursor.advance(inObject: true)) ?? false
    }
    return last
  }
}

extension JSONCursor {
  /// Creates a cursor at the opening bracket of a value.
  fileprivate init(_ record: UnsafeRawBufferPointer, at value: JSONValue) {
    unsafe self.init(record, reprise_best_instruction_set())
    position = value.offset
  }
}

extension JSONString {
  /// Returns whether a string has the UTF-8 of a name.
  fileprivate static func isText(
    of value: JSONValue, in record: UnsafeRawBufferPointer, equalTo name: String
  ) -> Bool {
    let raw = unsafe UnsafeRawBufferPointer(rebasing: record[value.range])
    guard value.hasEscapes else { return unsafe raw.elementsEqual(name.utf8) }
    return unsafe text(of: value, in: record).utf8.elementsEqual(name.utf8)
  }
}
