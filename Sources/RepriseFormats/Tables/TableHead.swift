/// The first bytes of a file that may be a table.
@safe
struct TableHead {
  // All places are in bounds: the scanner finds them in these bytes.
  private let bytes: UnsafeRawBufferPointer
  private let isWhole: Bool
  private let start: Int

  /// Looks at the first bytes of a file as UTF-8; only as many count as formats are recognized by.
  init(_ head: UnsafeRawBufferPointer, isWhole: Bool) {
    let limit = ContentFormat.searchedByteCount
    unsafe bytes = UnsafeRawBufferPointer(rebasing: head.prefix(limit))
    self.isWhole = isWhole && head.count <= limit
    start = unsafe ByteOrderMark.isPresent(bytes) ? ByteOrderMark.byteCount : 0
  }

  /// True if the file has nothing but white space.
  var isEmpty: Bool { unsafe isWhole && bytes[start...].allSatisfy { JSONShape.isSpace($0) } }

  /// Reads the header with the delimiter that makes most of the columns with the text, or most
  /// columns at all if none makes one.
  ///
  /// - Returns: the header; nil if no delimiter makes one.
  func header(_ delimiters: [UInt8], _ textFields: [String]) -> TableHeader? {
    var best: (header: TableHeader, textCount: Int)?
    for delimiter in delimiters {
      guard let header = try? header(delimiter) else { continue }
      let textCount = Set(textFields).count { header.names.contains($0) }
      if let best, (best.textCount, best.header.names.count) >= (textCount, header.names.count) {
        continue
      }
      best = (header, textCount)
    }
    return best?.header
  }

  /// Returns where the header ends, before its line end; nil if it does not.
  func headerEnd(_ delimiter: UInt8) -> Int? {
    var rows = Rows(self, delimiter)
    return rows.next()?.upperBound
  }

  /// Says why there is no header with a delimiter.
  func firstFault(_ delimiter: UInt8) -> String {
    do throws(Fault) {
      _ = try header(delimiter)
      return ""
    } catch {
      switch error {
      case .blank: return "the first line is blank"
      case .endless: return "its first row does not end in the first 64 KiB"
      case .row(let fault): return "\(fault)".lowercasedFirst
      }
    }
  }

  /// Why there is no header.
  private enum Fault: Error {
    case blank
    case endless
    case row(RowCells.Fault)
  }

  private func header(_ delimiter: UInt8) throws(Fault) -> TableHeader {
    var rows = Rows(self, delimiter)
    guard let row = rows.next() else { throw .endless }
    guard !row.isEmpty else { throw .blank }
    do throws(RowCells.Fault) {
      let bytes = unsafe UnsafeRawBufferPointer(rebasing: bytes[row])
      var cells: [JSONValue] = []
      unsafe try RowCells.find(in: bytes, delimiter: delimiter, into: &cells)
      let names = cells.map { unsafe StringForm.cell.text(of: $0, in: bytes) }
      return TableHeader(names: names, delimiter: delimiter)
    } catch {
      throw .row(error)
    }
  }

  /// Returns the format of a file that is a table by its content alone: its first row has a column
  /// with the text, all names differ and none has a space around it, as prose has after commas, and
  /// every row has as many fields.
  ///
  /// - Returns: the format; nil if it is none of a table.
  func format(_ rules: TableRules) -> RecordFormat? {
    guard mayHaveColumn(rules.textFields),
      let header = header(rules.delimiters(.csv), rules.textFields),
      header.names.count > 1, Set(header.names).count == header.names.count,
      rules.textFields.contains(where: header.names.contains),
      !header.names.contains(where: { $0.hasPrefix(" ") || $0.hasSuffix(" ") })
    else { return nil }
    var rows = Rows(self, header.delimiter)
    _ = rows.next()
    var (cells, rowCount): ([JSONValue], Int) = ([], 0)
    while let row = rows.next() {
      if row.isEmpty { continue }
      let bytes = unsafe UnsafeRawBufferPointer(rebasing: bytes[row])
      guard
        (try? unsafe RowCells.find(in: bytes, delimiter: header.delimiter, into: &cells)) != nil,
        cells.count == header.names.count
      else { return nil }
      rowCount += 1
    }
    return rowCount > 0 ? header.format : nil
  }

  /// The length of a header in bytes up to which it makes a table of a file with another name.
  private static let headerLimit = 4096

  /// Whether a name is in a first line that may be a header, which is asked of every text.
  private func mayHaveColumn(_ names: [String]) -> Bool {
    let limit = unsafe min(start + Self.headerLimit, bytes.count)
    let end = unsafe RowScanner.find(0x0A, in: bytes, start..<limit)
    guard end < limit else { return false }
    return names.contains { name in
      let name = Array(name.utf8)
      guard let first = name.first else { return false }
      var place = unsafe RowScanner.find(first, in: bytes, start..<end)
      while place < end {
        if unsafe bytes[place..<end].starts(with: name) { return true }
        place = unsafe RowScanner.find(first, in: bytes, place + 1..<end)
      }
      return false
    }
  }

  /// The rows that end in the bytes, without their line ends.
  private struct Rows {
    private let head: TableHead
    private var scanner: RowScanner
    private var place: Int
    private var quote = -1

    init(_ head: TableHead, _ delimiter: UInt8) {
      self.head = head
      scanner = RowScanner(delimiter: delimiter)
      place = head.start
    }

    mutating func next() -> Range<Int>? {
      let bytes = unsafe head.bytes
      guard place < bytes.count else { return nil }
      let end = unsafe scanner.nextRowEnd(in: bytes, from: place, quote: &quote)
      guard let end = end ?? (head.isWhole ? bytes.count : nil) else { return nil }
      defer { place = end }
      return unsafe RowSplitter.withoutLineEnd(place..<end, in: bytes)
    }
  }
}

extension String {
  /// The sentence as a clause.
  fileprivate var lowercasedFirst: String {
    String(prefix(1).lowercased() + dropFirst().dropLast())
  }
}
