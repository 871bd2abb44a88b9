import RepriseTestSupport

@testable import RepriseFormats

/// Names of fields inside a record.
private let pathNames = [
  "a.b", "a[]", "a[].b", "/a/0", "/a/b", "/a/1/b", "a.b.a", "/a~1b", "a[][]",
]

/// The values of paths in a record, against a walk through its text with one level inside the other.
func checkPaths(_ record: [UInt8]) {
  var naive = NaiveJSON(record)
  let fields = naive.fields()
  record.withUnsafeBytes { bytes in
    for name in pathNames {
      let reader = RecordFields(DocumentFields(text: [name], id: ""))
      var values: [JSONValue?] = []
      let isRead = (try? reader.scanner.scan(bytes, into: &values)) != nil
      precondition(isRead == (fields != nil), "one of the two refuses the record")
      guard let fields else { return }
      var found: [JSONValue] = []
      reader.text[0].find(in: values, of: bytes, into: &found)
      let expected = naiveValues(of: name, fields, record)
      precondition(found.map(\.range) == expected.map(\.range), "other values of \(name)")
      precondition(found.map(\.kind) == expected.map(\.kind), "other kinds of \(name)")
    }
  }
}

private typealias Value = (kind: JSONValue.Kind, range: Range<Int>)

private func naiveValues(
  of name: String, _ fields: [NaiveJSON.Field], _ record: [UInt8]
) -> [Value] {
  if let exact = fields.last(where: { $0.name == Array(name.utf8) }) {
    return [(exact.kind, exact.range)]
  }
  var steps: [String]
  if name.hasPrefix("/") {
    steps = name.split(separator: "/").map { String($0).replacing("~1", with: "/") }
  } else {
    steps = name.replacing("[]", with: ".[]").split(separator: ".").map(String.init)
  }
  let first = Array(steps.removeFirst().utf8)
  guard let start = fields.last(where: { $0.name == first }) else { return [] }
  return steps.reduce([(start.kind, start.range)]) { values, step in
    values.flatMap { inside($0, step, record, isPointer: name.hasPrefix("/")) }
  }
}

/// The values of one step inside a value.
private func inside(
  _ value: Value, _ step: String, _ record: [UInt8], isPointer: Bool
) -> [Value] {
  let start = value.range.lowerBound
  var naive = NaiveJSON(Array(record[value.range]))
  func moved(_ value: Value) -> Value {
    (value.kind, value.range.lowerBound + start..<value.range.upperBound + start)
  }
  switch value.kind {
  case .object where step != "[]":
    let field = naive.fields()?.last { $0.name == Array(step.utf8) }
    return field.map { [moved(($0.kind, $0.range))] } ?? []
  case .array:
    let elements = (naive.elements() ?? []).map(moved)
    if step == "[]" { return elements }
    guard isPointer, let place = Int(step), place < elements.count else { return [] }
    return [elements[place]]
  default: return []
  }
}
