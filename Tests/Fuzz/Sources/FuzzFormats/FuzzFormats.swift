import RepriseTestSupport

@testable import RepriseFormats

/// Files of any bytes whose format and encoding are recognized by their content: what is said of
/// them is true of them by a naive reader, and reading them in chunks of any size gives the same.
///
/// The first byte chooses the name, the second one the size of chunks.
func fuzzFormats(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 2 else { return 0 }
  // The file ends where its memory ends: a read behind it is found by the sanitizer.
  let content = UnsafeRawBufferPointer(start: data + 2, count: count - 2)
  let name = names[Int(data[0]) % names.count]
  let rules = TableRules(textFields: ["text"])
  let found = ContentFormat.find(content, isWhole: true, name: name, named: .text, rules: rules)
  check(found, content, name)
  // A beginning never reads as anything but a format, and it never crashes.
  let half = UnsafeRawBufferPointer(rebasing: content[..<(content.count / 2)])
  _ = ContentFormat.find(half, isWhole: false, name: name, named: .text, rules: rules)
  formatFile.write(Array(content))
  for detects in [false, true] {
    let whole = formatFile.read(nil, chunkByteCount: 1 << 20, detectsEncodings: detects)
    let chunks = formatFile.read(nil, chunkByteCount: 1 + Int(data[1]), detectsEncodings: detects)
    precondition(whole.isDense && chunks.isDense, "chunks are missing")
    // What follows the end of an array is read in later chunks, and not in the same one.
    if whole.reasons.isEmpty {
      precondition(whole.records == chunks.records, "chunks of another size give other records")
      precondition(whole.reasons == chunks.reasons, "chunks of another size give other problems")
    }
    precondition(
      !whole.records.isEmpty || !whole.reasons.isEmpty || isBlank(content) || isEmptyArray(content),
      "no word")
  }
  return 0
}

private let names: [BytePath] = ["a.txt", "a.md", "a", "a.log.gz"]
private let formatFile = FuzzedFile()

private func isBlank(_ content: UnsafeRawBufferPointer) -> Bool {
  content.allSatisfy { JSONShape.isSpace($0) } || content.starts(with: [0xEF, 0xBB, 0xBF])
}

private func isEmptyArray(_ content: UnsafeRawBufferPointer) -> Bool {
  content.filter { !JSONShape.isSpace($0) } == Array("[]".utf8)
}

private func check(_ found: ContentFormat, _ content: UnsafeRawBufferPointer, _ name: BytePath) {
  let hasMark = content.starts(with: [0xEF, 0xBB, 0xBF])
  let bytes = Array(content.dropFirst(hasMark ? 3 : 0))
  let lines = bytes.split(separator: 0x0A).filter { !$0.allSatisfy { JSONShape.isSpace($0) } }
  let areObjects = lines.allSatisfy { line in
    var naive = NaiveJSON(Array(line))
    return naive.fields() != nil
  }
  switch found {
  case .read(.csv), .read(.tsv):
    let delimiters = TableRules.known.filter { delimiter in
      let rows = NaiveTable(bytes, delimiter: delimiter).rows
      guard let header = rows.first?.fields, header.contains(Array("text".utf8)) else {
        return false
      }
      // A blank line is not a row.
      let others = rows.dropFirst().filter { $0.bytes != [0x0A] && $0.bytes != [0x0D, 0x0A] }
      return others.allSatisfy { $0.fields?.count == header.count }
    }
    precondition(!delimiters.isEmpty, "a text is read as a table")
  case .read(.jsonArray):
    precondition(bytes.first { !JSONShape.isSpace($0) } == UInt8(ascii: "["))
  case .read(.text), .refused:
    // A first line of an object and others of them are never a text.
    let isKnown = KnownFormat.find(in: content) != nil
    precondition(isKnown || lines.count < 2 || !areObjects, "JSON Lines are read as a text")
  default: break
  }
}
