/// The fields of a document in the records of its file: each a top-level field of this name or,
/// where a record has none, a ``FieldPath``.
struct RecordFields: Sendable {
  /// A field, by its places among those that the scanner finds.
  struct Field: Sendable {
    let name: String
    fileprivate let exact: Int
    fileprivate let path: (first: Int, steps: FieldPath)?

    /// Finds the values of the field in the scanner's.
    func find(
      in values: [JSONValue?], of record: UnsafeRawBufferPointer, into found: inout [JSONValue]
    ) {
      if let value = values[exact] {
        found.append(value)
      } else if let path, let value = values[path.first] {
        unsafe path.steps.find(from: value, in: record, into: &found)
      }
    }

    /// Returns the value of the field; nil if there is none, or more than one.
    func value(in values: [JSONValue?], of record: UnsafeRawBufferPointer) -> JSONValue? {
      guard path != nil, values[exact] == nil else { return values[exact] }
      var found: [JSONValue] = []
      unsafe find(in: values, of: record, into: &found)
      return found.count == 1 ? found[0] : nil
    }
  }

  /// The fields that are joined to the text.
  let text: [Field]
  let id: Field
  let order: [Field]
  /// Finds the top-level fields, the first text field first.
  let scanner: JSONFieldScanner

  /// True if the text is one top-level field, which is then the scanner's first.
  let hasPlainText: Bool
  /// The names of the scanner's fields; nil for one at which a path begins.
  let names: [String?]

  init(_ fields: DocumentFields) {
    var scanned: [String] = []
    var names: [String?] = []
    func field(_ name: String) -> Field {
      let exact = names.count
      names.append(name)
      scanned.append(name)
      guard let path = FieldPath(name) else { return Field(name: name, exact: exact, path: nil) }
      names.append(nil)
      scanned.append(path.first)
      return Field(name: name, exact: exact, path: (exact + 1, path))
    }
    text = fields.text.map(field)
    hasPlainText = text.count == 1 && text[0].path == nil
    id = field(fields.id)
    order = fields.order.map(field)
    scanner = JSONFieldScanner(fields: scanned)
    self.names = names
  }
}
