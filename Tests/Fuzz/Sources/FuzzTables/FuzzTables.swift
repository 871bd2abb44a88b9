import RepriseSystem
import RepriseTestSupport

@testable import RepriseFormats

/// Tables of any bytes: the ends of rows, in pieces of any size, and the fields of each row against
/// a reader that looks at one byte after the other; and the rows that a scan reads, in chunks of any
/// size.
///
/// The first byte chooses the delimiter, the second one the size of pieces and chunks.
func fuzzTables(_ data: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  guard count > 2 else { return 0 }
  let delimiter = TableRules.known[Int(data[0] % 4)]
  let size = 1 + Int(data[1])
  // The table ends where its memory ends: a read behind it is found by the sanitizer.
  let table = UnsafeRawBufferPointer(start: data + 2, count: count - 2)
  let rows = NaiveTable(Array(table), delimiter: delimiter).rows
  checkEnds(table, rows, delimiter, size)
  for row in rows { checkFields(row, delimiter) }
  checkReading(table, rows, delimiter, size)
  return 0
}

/// The ends of rows, one by one, and the last one that is found in pieces.
private func checkEnds(
  _ table: UnsafeRawBufferPointer, _ rows: [NaiveTable.Row], _ delimiter: UInt8, _ size: Int
) {
  var scanner = RowScanner(delimiter: delimiter)
  var (place, quote, ends) = (0, -1, [Int]())
  while let end = scanner.nextRowEnd(in: table, from: place, quote: &quote) {
    ends.append(end)
    place = end
  }
  var expected: [Int] = []
  for row in rows { expected.append((expected.last ?? 0) + row.bytes.count) }
  // The last row has no end if no line feed comes after it, or only one in quotes.
  let isOpen = ends.count + 1 == expected.count
  precondition(ends == expected || isOpen && ends == expected.dropLast(), "other rows")
  if isOpen, rows.last?.bytes.last == 0x0A {
    precondition(rows.last?.fields == nil, "a line feed that ends a row is not seen")
  }
  var pieces = RowScanner(delimiter: delimiter)
  var last: Int?
  for start in stride(from: 0, to: table.count, by: size) {
    let piece = UnsafeRawBufferPointer(rebasing: table[start..<min(start + size, table.count)])
    last = pieces.lastRowEnd(in: piece, from: 0).map { start + $0 } ?? last
  }
  precondition(last == ends.last, "another end is found in pieces")
}

/// The fields of a row, their texts, and the place of each byte of them.
private func checkFields(_ row: NaiveTable.Row, _ delimiter: UInt8) {
  row.bytes.withUnsafeBytes { bytes in
    let range = RowSplitter.withoutLineEnd(0..<bytes.count, in: bytes)
    let content = UnsafeRawBufferPointer(rebasing: bytes[range])
    var cells: [JSONValue] = []
    let isRead = (try? RowCells.find(in: content, delimiter: delimiter, into: &cells)) != nil
    precondition(isRead == (row.fields != nil), "one of the two refuses the row")
    guard let fields = row.fields else { return }
    precondition(cells.count == fields.count, "another number of fields")
    for (cell, field) in zip(cells, fields) {
      let raw = UnsafeRawBufferPointer(rebasing: content[cell.range])
      let space = UnsafeMutableRawBufferPointer.allocate(byteCount: raw.count, alignment: 1)
      defer { space.deallocate() }
      precondition(cell.hasEscapes || Array(raw) == field, "another field")
      guard cell.hasEscapes else { continue }
      let count = CellText.unescape(raw, into: space)
      precondition(Array(space[..<count]) == field, "another text")
      var offset = 0
      for place in 0...field.count {
        precondition(CellText.rawOffset(ofTextOffset: place, in: raw) == offset, "another place")
        if place < field.count { offset += field[place] == RowScanner.quote ? 2 : 1 }
      }
    }
  }
}

/// The rows that a scan reads from a file with a header and these bytes.
private func checkReading(
  _ table: UnsafeRawBufferPointer, _ rows: [NaiveTable.Row], _ delimiter: UInt8, _ size: Int
) {
  let header = Array("text".utf8) + [delimiter] + Array("id\n".utf8)
  tableFile.write(header + table)
  let whole = tableFile.read(.csv, delimiter: delimiter, chunkByteCount: 1 << 20)
  let chunks = tableFile.read(.csv, delimiter: delimiter, chunkByteCount: size)
  precondition(whole.isDense && chunks.isDense, "chunks are missing")
  precondition(whole.records == chunks.records, "chunks of another size give other rows")
  precondition(whole.reasons == chunks.reasons, "chunks of another size give other problems")
  let expected = rows.map { row in
    row.bytes.withUnsafeBytes { bytes in
      Array(bytes[RowSplitter.withoutLineEnd(0..<bytes.count, in: bytes)])
    }
  }
  precondition(whole.records.map(\.bytes) == expected, "other rows than the naive reader's")
}

private let tableFile = FuzzedFile()
