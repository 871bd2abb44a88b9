@testable import RepriseCorpus

/// One record of JSON Lines: the field scanner on every instruction set against the reader of whole
/// values, and what is made of the text.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  // The record ends where its memory ends: a read behind it is found by the sanitizer.
  let record = UnsafeRawBufferPointer(start: data, count: count)
  let tree = try? JSONTree(parsing: record)
  let scanner = JSONFieldScanner(fields: ["text", "id"])
  var values: [JSONValue?] = []
  let isScanned = (try? scanner.scan(record, into: &values)) != nil
  if case .object? = tree { precondition(isScanned, "a good record is refused") }
  guard isScanned else { return 0 }
  for value in values.compactMap({ $0 }) where value.kind == .string {
    let raw = UnsafeRawBufferPointer(rebasing: record[value.range])
    check(raw)
    // The tree keeps the last of several fields of one name, as the scanner does.
    let name = value == values[0] ? "text" : "id"
    if let text = tree?[name]?.string, String(validating: raw, as: UTF8.self) != nil {
      precondition(Array(text.utf8) == unescaped(raw), "another \(name)")
    }
  }
  var reader = DocumentReader(textField: "text", idField: "id", orderField: "n")
  try? reader.read(record, .jsonLines, isFirst: true)
  _ = reader.withID { $0.count }
  _ = reader.orderText
  return 0
}

private func unescaped(_ raw: UnsafeRawBufferPointer) -> [UInt8] {
  let room = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, raw.count), alignment: 1)
  defer { room.deallocate() }
  let (count, _) = JSONString.unescape(raw, into: room)
  return Array(room[..<count])
}

/// Every place of the text has a place in the raw bytes, in the same order.
private func check(_ raw: UnsafeRawBufferPointer) {
  let text = unescaped(raw)
  var last = 0
  for place in stride(from: 0, through: text.count, by: max(1, text.count / 16)) {
    let offset = JSONString.rawOffset(ofTextOffset: place, in: raw)
    precondition(offset >= last && offset <= raw.count, "a place outside of the string")
    last = offset
  }
}
