import RepriseCore
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite("Rows and fields of tables")
struct RowScannerTests {
  private static let delimiter = UInt8(ascii: ",")
  private static let alphabet = Array("a\",\n\r\"b,".utf8)

  private static func bytes(_ random: inout SplitMix64) -> [UInt8] {
    (0..<Int.random(in: 1...40, using: &random)).map { _ in
      alphabet.randomElement(using: &random) ?? 0
    }
  }

  @Test func `rows end where a naive reader ends them, in pieces of any size`() {
    var random = SplitMix64(state: 21)
    for _ in 0..<20_000 {
      let bytes = Self.bytes(&random)
      let rows = NaiveTable(bytes, delimiter: Self.delimiter).rows
      var ends: [Int] = []
      for row in rows { ends.append((ends.last ?? 0) + row.bytes.count) }
      if rows.last?.bytes.last != 0x0A || Self.isOpen(rows) { ends.removeLast() }
      #expect(Self.nextEnds(bytes) == ends, "\(String(decoding: bytes, as: UTF8.self))")
      #expect(Self.lastEnds(bytes, &random) == ends.last)
    }
  }

  /// Whether the last row has a quote that is not closed, so that no line feed ends it.
  private static func isOpen(_ rows: [NaiveTable.Row]) -> Bool {
    guard let last = rows.last else { return false }
    return NaiveTable(last.bytes + [0x22, 0x0A], delimiter: delimiter).rows.count == 1
      && NaiveTable(last.bytes + [0x61, 0x0A], delimiter: delimiter).rows.count == 1
  }

  private static func nextEnds(_ bytes: [UInt8]) -> [Int] {
    var scanner = RowScanner(delimiter: delimiter)
    var (ends, place, quote) = ([Int](), 0, -1)
    unsafe bytes.withUnsafeBytes { bytes in
      while let end = unsafe scanner.nextRowEnd(in: bytes, from: place, quote: &quote) {
        ends.append(end)
        place = end
      }
    }
    return ends
  }

  /// The end of the last row, found in pieces.
  private static func lastEnds(
    _ bytes: [UInt8], _ random: inout SplitMix64
  ) -> Int? {
    var scanner = RowScanner(delimiter: delimiter)
    var (last, start): (Int?, Int) = (nil, 0)
    while start < bytes.count {
      let end = Int.random(in: start...bytes.count, using: &random)
      let found = unsafe Array(bytes[start..<end]).withUnsafeBytes { piece in
        unsafe scanner.lastRowEnd(in: piece, from: 0)
      }
      last = found.map { start + $0 } ?? last
      start = end
    }
    return last
  }

  @Test func `fields are those of a naive reader, and a broken rule is found where it finds one`() {
    var random = SplitMix64(state: 22)
    for _ in 0..<20_000 {
      let bytes = Self.bytes(&random)
      for row in NaiveTable(bytes, delimiter: Self.delimiter).rows {
        #expect(
          Self.fields(row.bytes) == row.fields, "\(String(decoding: row.bytes, as: UTF8.self))")
      }
    }
  }

  /// The fields of a row with its line end; nil if it breaks a rule.
  private static func fields(_ row: [UInt8]) -> [[UInt8]]? {
    unsafe row.withUnsafeBytes { bytes in
      let range = unsafe RowSplitter.withoutLineEnd(0..<bytes.count, in: bytes)
      let content = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
      var cells: [JSONValue] = []
      guard
        (try? unsafe RowCells.find(in: content, delimiter: delimiter, into: &cells)) != nil
      else { return nil }
      return cells.map { cell in
        let raw = unsafe UnsafeRawBufferPointer(rebasing: content[cell.range])
        guard cell.hasEscapes else { return unsafe Array(raw) }
        var text = [UInt8](repeating: 0, count: raw.count)
        let count = unsafe text.withUnsafeMutableBytes { unsafe CellText.unescape(raw, into: $0) }
        return Array(text[..<count])
      }
    }
  }

  @Test func `an offset in a text is that of the same character in the quotes`() {
    let raw = Array("ab\"\"c\"\"\"\"d".utf8)
    let offsets = [0, 1, 2, 4, 5, 7, 9, 10]
    unsafe raw.withUnsafeBytes { raw in
      for (text, offset) in offsets.enumerated() {
        #expect(unsafe CellText.rawOffset(ofTextOffset: text, in: raw) == offset)
      }
    }
  }
}
