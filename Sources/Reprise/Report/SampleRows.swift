internal import RepriseCore
internal import RepriseFormats

/// Two texts as rows for the page: put together, the cells of a side are the text.
///
/// A row is a string that both sides have, or two cells: arrays of parts, each a string that both
/// have, or `[1, string]` for words of one side, `[2, string]` for other bytes that differ. Of a text that is
/// too long, first the middle of equal stretches is left out, then the end.
struct SampleRows {
  private(set) var rows: [JSONTree] = []
  private(set) var common = 0
  private(set) var onlyFirst = 0
  private(set) var onlySecond = 0

  private typealias Cell = [(kind: Int, bytes: [UInt8])]
  private var first: Cell = []
  private var second: Cell = []
  private var allRows: [Row] = []
  private var words = 0

  /// A row, and what is needed to leave it out.
  private struct Row {
    var tree: JSONTree
    var byteCount: Int
    var words: Int
    var isEqual: Bool
  }

  /// The equal rows that stay next to a difference where the middle is left out.
  private static let context = 3

  /// Aligns two texts.
  ///
  /// - Parameters:
  ///   - one: the kept text.
  ///   - other: the text that repeats it.
  ///   - limit: the bytes of the rows; the rest is left out.
  init(_ one: ShownText, _ other: ShownText, limit: Int) {
    for part in TextAlignment(one.tokens, other.tokens).parts {
      guard part.isEqual else {
        onlyFirst += part.first.count
        onlySecond += part.second.count
        for index in part.first { Self.add(1, one.token(index) + one.gap(after: index), &first) }
        for index in part.second {
          Self.add(1, other.token(index) + other.gap(after: index), &second)
        }
        if Self.endsLine(first), Self.endsLine(second) { end() }
        continue
      }
      common += part.first.count
      for (left, right) in zip(part.first, part.second) {
        both(one.token(left), other.token(right))
        both(one.gap(after: left), other.gap(after: right))
        words += 1
        let size = first.reduce(0) { $0 + $1.bytes.count }
        if one.endsLine(left) && other.endsLine(right) || size > 600 { end() }
      }
    }
    end()
    fit(limit)
  }

  private mutating func both(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) {
    let isEqual = one == other
    Self.add(isEqual || Self.isBlank(one) ? 0 : 2, one, &first)
    Self.add(isEqual || Self.isBlank(other) ? 0 : 2, other, &second)
  }

  private static func isBlank(_ bytes: ArraySlice<UInt8>) -> Bool {
    bytes.allSatisfy { $0 == 0x20 || (9...13).contains($0) }
  }

  private static func endsLine(_ cell: Cell) -> Bool { cell.last?.bytes.contains(10) ?? true }

  private static func add(_ kind: Int, _ bytes: ArraySlice<UInt8>, _ cell: inout Cell) {
    guard !bytes.isEmpty else { return }
    if let last = cell.indices.last, cell[last].kind == kind {
      cell[last].bytes += bytes
    } else {
      cell.append((kind, Array(bytes)))
    }
  }

  private mutating func end() {
    defer { (first, second, words) = ([], [], 0) }
    guard !first.isEmpty || !second.isEmpty else { return }
    let isEqual =
      first.count == 1 && second.count == 1 && first[0].kind == 0
      && first[0].bytes == second[0].bytes
    allRows.append(
      Row(
        tree: isEqual
          ? .string(String(decoding: first[0].bytes, as: UTF8.self))
          : .array([Self.json(first), Self.json(second)]),
        byteCount: (first + second).reduce(0) { $0 + $1.bytes.count }, words: words,
        isEqual: isEqual))
  }

  /// Leaves out rows until the others have at most `limit` bytes.
  private mutating func fit(_ limit: Int) {
    defer { allRows = [] }
    if allRows.reduce(0, { $0 + $1.byteCount }) > limit { leaveOutEqual() }
    var remaining = limit
    for row in allRows {
      guard row.byteCount <= remaining else {
        rows.append(["rest": .bool(true)])
        return
      }
      remaining -= row.byteCount
      rows.append(row.tree)
    }
  }

  private mutating func leaveOutEqual() {
    var kept: [Row] = []
    var start = 0
    while start < allRows.count {
      let end = allRows[start...].firstIndex { !$0.isEqual } ?? allRows.count
      // The beginning of a text has no difference before it, and its end none after it.
      let middle = start + Self.context..<max(start + Self.context, end - Self.context)
      if middle.count > 1 {
        let words = allRows[middle].reduce(0) { $0 + $1.words }
        kept += allRows[start..<middle.lowerBound]
        kept.append(
          Row(tree: ["equal": .integer(words)], byteCount: 0, words: words, isEqual: true))
        kept += allRows[middle.upperBound..<end]
      } else {
        kept += allRows[start..<end]
      }
      if end < allRows.count { kept.append(allRows[end]) }
      start = end + 1
    }
    allRows = kept
  }

  private static func json(_ cell: Cell) -> JSONTree {
    .array(
      cell.map { part in
        let text = JSONTree.string(String(decoding: part.bytes, as: UTF8.self))
        return part.kind == 0 ? text : .array([.integer(part.kind), text])
      })
  }
}
