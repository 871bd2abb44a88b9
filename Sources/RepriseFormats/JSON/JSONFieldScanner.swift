import CKernels
import RepriseSystem

/// Finds some top-level fields of JSON records in their bytes, and validates the whole records.
///
/// A record is one JSON object by RFC 8259, optionally surrounded by white space. In addition, a
/// value can be `NaN`, `Infinity` or `-Infinity`, which many programs write. Names are
/// compared byte by byte after unescaping. If a name is repeated, its last value counts. Fields of
/// nested objects are ignored. Bytes of 0x80 or above are not checked to be UTF-8, and lone
/// surrogate escapes are accepted: ``JSONString`` replaces and counts them. A scanner does not
/// allocate memory for a record with fewer than 64 levels of nesting. To read a whole value, use
/// ``JSONTree``.
package struct JSONFieldScanner: Sendable {
  /// The maximum number of nested objects and arrays.
  package static let depthLimit = 100_000

  /// The names of the fields to find.
  package let fields: [String]

  /// The UTF-8 of all names, one after another, and the ends of the names.
  private let nameBytes: [UInt8]
  private let nameEnds: [Int]
  private let instructionSet: reprise_instruction_set

  /// Creates a scanner for the given top-level fields.
  package init(fields: [String]) {
    self.init(fields: fields, instructionSet: reprise_best_instruction_set())
  }

  init(fields: [String], instructionSet: reprise_instruction_set) {
    self.fields = fields
    var (bytes, ends) = ([UInt8](), [Int]())
    for field in fields {
      bytes.append(contentsOf: field.utf8)
      ends.append(bytes.count)
    }
    (nameBytes, nameEnds) = (bytes, ends)
    self.instructionSet = instructionSet
  }

  /// Finds the fields of one record.
  ///
  /// - Parameters:
  ///   - record: the bytes of the record, with or without its line end.
  ///   - values: receives one value for each of ``fields``, in their order; `nil` for a missing
  ///     field. Its storage is reused if it has the right number of elements.
  /// - Throws: the first rule that the record breaks; `values` is then unspecified.
  /// - Complexity: O(n) for n bytes.
  package func scan(
    _ record: UnsafeRawBufferPointer, into values: inout [JSONValue?]
  ) throws(JSONSyntaxError) {
    _ = unsafe try scan(record, into: &values) { fields, _ throws(JSONSyntaxError) in
      (try fields.value(), nil)
    }
  }

  /// Finds the fields of one record, and unescapes the string of the first field.
  ///
  /// - Parameters:
  ///   - record: the bytes of the record, with or without its line end.
  ///   - values: as in ``scan(_:into:)``.
  ///   - output: space for as many bytes as the record has, not overlapping it.
  /// - Returns: the size of the text in `output`; `nil` if the first field is not a string with
  ///   escapes.
  /// - Throws: the first rule that the record breaks; `values` is then unspecified.
  /// - Complexity: O(n) for n bytes.
  package func scan(
    _ record: UnsafeRawBufferPointer, into values: inout [JSONValue?],
    unescapingFirstInto output: UnsafeMutableRawBufferPointer
  ) throws(JSONSyntaxError) -> JSONString.Unescaped? {
    unsafe try scan(record, into: &values) { fields, isFirst throws(JSONSyntaxError) in
      guard isFirst else { return (try fields.value(), nil) }
      return unsafe try fields.value(unescapedInto: output)
    }
  }

  @inline(__always)
  private func scan(
    _ record: UnsafeRawBufferPointer, into values: inout [JSONValue?],
    _ take: (inout JSONFields, _ isFirst: Bool) throws(JSONSyntaxError) -> (
      value: JSONValue, text: JSONString.Unescaped?
    )
  ) throws(JSONSyntaxError) -> JSONString.Unescaped? {
    if values.count != fields.count {
      values = Array(repeating: nil, count: fields.count)
    } else {
      for index in values.indices { values[index] = nil }
    }
    var text: JSONString.Unescaped?
    var found = try JSONFields(unsafe JSONCursor(record, instructionSet))
    while let name = try found.nextName() {
      // In bounds: the cursor found the name in this record.
      let raw = unsafe UnsafeRawBufferPointer(rebasing: record[name.range])
      let isFirst = unsafe !fields.isEmpty && isName(0, raw, hasEscapes: name.hasEscapes)
      let taken = try take(&found, isFirst)
      if isFirst {
        values[0] = taken.value
        text = taken.text
      }
      for index in nameEnds.indices.dropFirst()
      where unsafe isName(index, raw, hasEscapes: name.hasEscapes) {
        values[index] = taken.value
      }
    }
    return text
  }

  /// Returns the unescaped names of a record's top-level fields in their order, each once.
  ///
  /// - Parameters:
  ///   - record: the bytes of the record.
  ///   - limit: the maximum number of names to return.
  /// - Returns: the names. The whole record is validated, even if there are more.
  /// - Throws: the first rule that the record breaks.
  package static func fieldNames(
    of record: UnsafeRawBufferPointer, limit: Int = 100
  ) throws(JSONSyntaxError) -> [String] {
    var found = try JSONFields(unsafe JSONCursor(record, reprise_best_instruction_set()))
    var seen: Set<String> = []
    var names: [String] = []
    while let name = try found.nextName() {
      _ = try found.value()
      guard names.count < limit else { continue }
      let text = unsafe JSONString.text(of: name, in: record)
      if seen.insert(text).inserted { names.append(text) }
    }
    return names
  }

  private func isName(_ index: Int, _ raw: UnsafeRawBufferPointer, hasEscapes: Bool) -> Bool {
    guard hasEscapes else { return unsafe isName(index, raw) }
    return unsafe withUnsafeTemporaryAllocation(byteCount: raw.count, alignment: 1) { buffer in
      let (count, _) = unsafe JSONString.unescape(raw, into: buffer)
      return unsafe isName(index, UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }

  private func isName(_ index: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
    let start = index == 0 ? 0 : nameEnds[index - 1]
    guard nameEnds[index] - start == bytes.count else { return false }
    // In bounds: both names have `bytes.count` bytes.
    return unsafe nameBytes.withUnsafeBytes { names in
      guard let one = names.baseAddress, let other = bytes.baseAddress else { return true }
      return unsafe memcmp(one + start, other, bytes.count) == 0
    }
  }
}
