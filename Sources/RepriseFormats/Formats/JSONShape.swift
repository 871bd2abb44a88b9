/// Looks at the first bytes of a text for JSON values, without checking all of their syntax.
struct JSONShape {
  /// The forms of JSON that are told apart.
  enum Form: Equatable {
    /// One object a line.
    case lines
    /// An array of objects.
    case array
    /// Several objects, each over several lines.
    case objects
    /// Anything else, a single object among it.
    case other
  }

  private let content: [UInt8]
  private let isWhole: Bool
  /// The fields that make an object alone in its file a record; nil if nothing does.
  private let textFields: [String]?

  /// The number of lines that must look like objects, unless there are fewer.
  private static let lineCount = 8

  init(_ content: [UInt8], isWhole: Bool, textFields: [String]?) {
    self.content = content
    self.isWhole = isWhole
    self.textFields = textFields
  }

  /// Finds the form.
  func find() -> Form {
    let start = skipSpace(from: 0)
    guard start < content.count else { return .other }
    switch content[start] {
    case UInt8(ascii: "{"): return object(at: start)
    case UInt8(ascii: "["): return array(at: start)
    default: return .other
    }
  }

  private func object(at start: Int) -> Form {
    guard begins(at: start) else { return .other }
    let lines = lines(from: start)
    if lines.count > 1, lines.allSatisfy({ isObject($0) }) { return .lines }
    if let line = lines.first, isObject(line), skipSpace(from: line.upperBound) == content.count {
      // One object may be a record, or a file of settings.
      return !isWhole || hasText(line) ? .lines : .other
    }
    if lines.isEmpty { return isWhole ? .other : .lines }
    guard let end = objectEnd(from: start) else { return .other }
    let next = skipSpace(from: end)
    return next < content.count && begins(at: next) ? .objects : .other
  }

  private func array(at start: Int) -> Form {
    let first = skipSpace(from: start + 1)
    guard first < content.count else { return .other }
    // What is left of an array whose elements were all dropped.
    let isEmpty = content[first] == UInt8(ascii: "]") && skipSpace(from: first + 1) == content.count
    if isEmpty && isWhole { return .array }
    guard begins(at: first) else { return .other }
    guard let end = objectEnd(from: first) else { return isWhole ? .other : .array }
    let next = skipSpace(from: end)
    guard next < content.count else { return isWhole ? .other : .array }
    switch content[next] {
    case UInt8(ascii: ","): return .array
    // A comma is missing before another object.
    case UInt8(ascii: "]"), UInt8(ascii: "{"): return hasText(first..<end) ? .array : .other
    default: return .other
    }
  }

  /// Whether an object begins at a place: a brace, and then a name or the end.
  private func begins(at place: Int) -> Bool {
    guard content[place] == UInt8(ascii: "{") else { return false }
    let next = skipSpace(from: place + 1)
    guard next < content.count else { return false }
    return content[next] == UInt8(ascii: "\"") || content[next] == UInt8(ascii: "}")
  }

  /// Whether a line has the first and the last byte of an object.
  private func isObject(_ line: Range<Int>) -> Bool {
    begins(at: line.lowerBound) && content[line.upperBound - 1] == UInt8(ascii: "}")
  }

  /// The first lines that are not blank, without white space around them.
  ///
  /// The last line of the content is one of them only if it is whole.
  private func lines(from start: Int) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var place = start
    while place < content.count, lines.count < Self.lineCount {
      var end = place
      while end < content.count && content[end] != 0x0A { end += 1 }
      if end == content.count && !isWhole { break }
      var last = end
      while last > place && Self.isSpace(content[last - 1]) { last -= 1 }
      if last > place { lines.append(place..<last) }
      place = skipSpace(from: end)
    }
    return lines
  }

  /// Whether an object has the field with the text.
  private func hasText(_ object: Range<Int>) -> Bool {
    guard let textFields else { return false }
    let fields = RecordFields(DocumentFields(text: textFields, id: ""))
    return unsafe content.withUnsafeBytes { content in
      // In bounds: the object is a range of the content.
      let bytes = unsafe UnsafeRawBufferPointer(rebasing: content[object])
      var values: [JSONValue?] = []
      guard (try? unsafe fields.scanner.scan(bytes, into: &values)) != nil else { return false }
      var found: [JSONValue] = []
      for field in fields.text { unsafe field.find(in: values, of: bytes, into: &found) }
      return !found.isEmpty
    }
  }

  /// The place after the object that begins at a place; nil if it does not end in the content.
  private func objectEnd(from start: Int) -> Int? {
    var nesting = JSONNesting()
    return unsafe content.withUnsafeBytes { unsafe nesting.end(in: $0, from: start) }
  }

  private func skipSpace(from start: Int) -> Int {
    var place = start
    while place < content.count && Self.isSpace(content[place]) { place += 1 }
    return place
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
