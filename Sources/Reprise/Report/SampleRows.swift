internal import RepriseCore
internal import RepriseFormats

/// Two texts as rows for the page: put together, the cells of a side are the text.
///
/// A row is a string that both sides have, or two cells: arrays of parts, each a string that both
/// have, or `[1, string]` for words of one side, `[2, string]` for other bytes that differ.
struct SampleRows {
  private(set) var rows: [JSONTree] = []
  private(set) var common = 0
  private(set) var onlyFirst = 0
  private(set) var onlySecond = 0

  private typealias Cell = [(kind: Int, bytes: [UInt8])]
  private var first: Cell = []
  private var second: Cell = []
  private var remaining: Int

  /// Aligns two texts.
  ///
  /// - Parameters:
  ///   - one: the kept text.
  ///   - other: the text that repeats it.
  ///   - limit: the bytes of the rows; the rest is left out.
  init(_ one: ShownText, _ other: ShownText, limit: Int) {
    remaining = limit
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
        let size = first.reduce(0) { $0 + $1.bytes.count }
        if one.endsLine(left) && other.endsLine(right) || size > 600 { end() }
      }
    }
    end()
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
    defer { (first, second) = ([], []) }
    guard !first.isEmpty || !second.isEmpty, remaining > 0 else { return }
    let size = (first + second).reduce(0) { $0 + $1.bytes.count }
    guard size <= remaining else {
      remaining = 0
      rows.append(["rest": .bool(true)])
      return
    }
    remaining -= size
    if first.count == 1, second.count == 1, first[0].kind == 0, first[0].bytes == second[0].bytes {
      rows.append(.string(String(decoding: first[0].bytes, as: UTF8.self)))
    } else {
      rows.append(.array([Self.json(first), Self.json(second)]))
    }
  }

  private static func json(_ cell: Cell) -> JSONTree {
    .array(
      cell.map { part in
        let text = JSONTree.string(String(decoding: part.bytes, as: UTF8.self))
        return part.kind == 0 ? text : .array([.integer(part.kind), text])
      })
  }
}
