import CKernels
import RepriseTestSupport

@testable import RepriseFormats

/// One record of JSON Lines: fields, text and places on every instruction set against a reader that
/// looks at one byte after the other.
func fuzzJSON(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  // The record ends where its memory ends: a read behind it is found by the sanitizer.
  let record = UnsafeRawBufferPointer(start: data, count: count)
  var naive = NaiveJSON(Array(record))
  let expected = naive.fields()
  for set in instructionSets {
    let scanner = JSONFieldScanner(fields: ["text", "id"], instructionSet: set)
    var values: [JSONValue?] = []
    let isScanned = (try? scanner.scan(record, into: &values)) != nil
    precondition(isScanned == (expected != nil), "\(set): one of the two refuses the record")
    guard let expected else { continue }
    for (place, name) in ["text", "id"].enumerated() {
      let field = expected.last { $0.name == Array(name.utf8) }
      precondition(values[place]?.range == field?.range, "\(set): another \(name)")
      precondition(values[place]?.kind == field?.kind, "\(set): another kind of \(name)")
      if let field, field.kind == .string { check(record, field.range, set) }
    }
  }
  checkDocument(record, expected)
  checkTree(record)
  checkWriting(record)
  return 0
}

private let instructionSets = [REPRISE_PLAIN, REPRISE_AVX2, REPRISE_AVX512].filter {
  $0.rawValue <= reprise_best_instruction_set().rawValue
}

/// The text of a string, and where each of its bytes stands.
private func check(
  _ record: UnsafeRawBufferPointer, _ range: Range<Int>, _ set: reprise_instruction_set
) {
  let raw = UnsafeRawBufferPointer(rebasing: record[range])
  let room = UnsafeMutableRawBufferPointer.allocate(byteCount: raw.count, alignment: 1)
  defer { room.deallocate() }
  let (count, lone) = JSONString.unescape(raw, into: room, set)
  let naive = naiveUnescape(Array(raw))
  precondition(Array(room[..<count]) == naive.bytes && lone == naive.loneSurrogates, "\(set)")
  for (place, offset) in naiveOffsets(Array(raw)).enumerated() {
    precondition(JSONString.rawOffset(ofTextOffset: place, in: raw) == offset, "another place")
  }
}

private func checkDocument(_ record: UnsafeRawBufferPointer, _ fields: [NaiveJSON.Field]?) {
  var reader = DocumentReader(DocumentFields(text: ["text"], id: "id", order: ["n"]))
  let isRead = (try? reader.read(record, .jsonLines, isFirst: false)) != nil
  let text = fields?.last { $0.name == Array("text".utf8) }
  precondition(isRead == (text?.kind == .string), "a document is lost or made up")
  guard isRead, let text, let fields else { return }
  let naive = naiveUnescape(Array(record[text.range]))
  precondition(Array(reader.text) == naive.bytes)
  precondition(reader.loneSurrogateCount == naive.loneSurrogates)
  let id = fields.last { $0.name == Array("id".utf8) }
  let hasID = id?.kind == .string || id?.kind == .number
  let name = hasID ? naiveUnescape(Array(record[id?.range ?? 0..<0])).bytes : []
  precondition(Array(reader.id()) == name, "another id")
  _ = reader.orderTexts
}

/// A tree, written and read again, is the same, unless a number has no finite value.
private func checkTree(_ record: UnsafeRawBufferPointer) {
  guard let tree = try? JSONTree(parsing: record), isFinite(tree) else { return }
  var writer = JSONWriter(capacity: 64)
  tree.write(to: &writer)
  let again = writer.buffer.withUnsafeBytes { try? JSONTree(parsing: $0) }
  precondition(again == tree, "a tree is another one when it is read again")
}

private func isFinite(_ tree: JSONTree) -> Bool {
  switch tree {
  case .double(let number): number.isFinite
  case .array(let elements): elements.allSatisfy(isFinite)
  case .object(let fields): fields.allSatisfy { isFinite($0.value) }
  default: true
  }
}

/// Any bytes, written as a string, are read as their UTF-8.
private func checkWriting(_ bytes: UnsafeRawBufferPointer) {
  var buffer = ByteBuffer(capacity: 64)
  buffer.append(jsonString: bytes)
  let tree = buffer.withUnsafeBytes { try? JSONTree(parsing: $0) }
  let wanted = Array(String(decoding: bytes, as: UTF8.self).utf8)
  precondition(tree?.string.map { Array($0.utf8) } == wanted, "another string is read")
}
