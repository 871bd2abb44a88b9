/// The strings of a record that are joined to the text of a document.
///
/// The strings of one field are joined by a line feed, and those of different fields by a blank
/// line. A null is left out, and a string that several fields name is read once.
struct TextStrings {
  /// A string, and its range in the text.
  struct Part: Equatable {
    var value: JSONValue
    var range: Range<Int>
  }

  /// Why a record has no text.
  enum Missing: Error {
    /// No field has a value.
    case everything
    /// A field has another value than a string.
    case string(field: String, JSONValue)
  }

  private(set) var parts: [Part] = []
  private var found: [JSONValue] = []
  private var offsets: Set<Int> = []

  /// Finds the strings; their ranges are known after ``write(from:into:)``.
  ///
  /// - Parameters:
  ///   - fields: the fields of the text.
  ///   - values: what the scanner found in the record.
  ///   - record: the bytes of the record.
  /// - Returns: the maximum size of the text.
  /// - Throws: why there is no text.
  mutating func find(
    _ fields: [RecordFields.Field], in values: [JSONValue?], of record: UnsafeRawBufferPointer
  ) throws(Missing) -> Int {
    parts.removeAll(keepingCapacity: true)
    offsets.removeAll(keepingCapacity: true)
    var byteCount = 0
    var null: (field: String, value: JSONValue)?
    for field in fields {
      found.removeAll(keepingCapacity: true)
      unsafe field.find(in: values, of: record, into: &found)
      var gap = parts.isEmpty ? 0 : 2
      for value in found {
        if value.kind == .null { null = (field.name, value) }
        guard value.kind != .null else { continue }
        guard value.kind == .string else { throw .string(field: field.name, value) }
        guard fields.count == 1 || offsets.insert(value.offset).inserted else { continue }
        byteCount += gap
        parts.append(Part(value: value, range: byteCount..<byteCount + value.length))
        byteCount += value.length
        gap = 1
      }
    }
    if parts.isEmpty, let null { throw .string(field: null.field, null.value) }
    guard !parts.isEmpty else { throw .everything }
    return byteCount
  }

  /// Writes the text.
  ///
  /// - Parameters:
  ///   - record: the bytes of the record.
  ///   - form: how the strings are written.
  ///   - output: space for as many bytes as ``find(_:in:of:)`` returned.
  /// - Returns: the size of the text, and its number of lone surrogate escapes.
  mutating func write(
    from record: UnsafeRawBufferPointer, _ form: StringForm,
    into output: UnsafeMutableRawBufferPointer
  ) -> JSONString.Unescaped {
    var (end, lone, raw) = (0, 0, 0)
    for index in parts.indices {
      // In bounds: a text has at most as many bytes as its string, so that `end` never passes the
      // place that `find` counted for this part.
      for _ in raw..<parts[index].range.lowerBound {
        unsafe output[end] = 0x0A
        end += 1
      }
      raw = parts[index].range.upperBound
      let string = unsafe UnsafeRawBufferPointer(rebasing: record[parts[index].value.range])
      let target = unsafe UnsafeMutableRawBufferPointer(rebasing: output[end...])
      var count = string.count
      if parts[index].value.hasEscapes {
        let text = unsafe form.unescape(string, into: target)
        count = text.byteCount
        lone += text.loneSurrogates
      } else {
        unsafe target.copyMemory(from: string)
      }
      parts[index].range = end..<end + count
      end += count
    }
    return (end, lone)
  }
}
