@testable import RepriseFormats

/// Writes Thrift's compact protocol.
struct ThriftBytes {
  private(set) var bytes: [UInt8] = []
  private var last = 0

  /// Appends a structure of a list, or the only one.
  mutating func structure(_ body: (inout ThriftBytes) -> Void) {
    var inner = ThriftBytes()
    body(&inner)
    bytes += inner.bytes + [0]
  }

  mutating func structure(_ id: Int, _ body: (inout ThriftBytes) -> Void) {
    header(id, 12)
    structure(body)
  }

  mutating func integer(_ id: Int, _ value: Int) {
    header(id, 6)
    number(UInt64(bitPattern: Int64(value << 1 ^ value >> 63)))
  }

  mutating func text(_ id: Int, _ value: String) {
    header(id, 8)
    number(UInt64(value.utf8.count))
    bytes += Array(value.utf8)
  }

  mutating func list(_ id: Int, _ elements: [(inout ThriftBytes) -> Void]) {
    header(id, 9)
    bytes.append(UInt8(elements.count) << 4 | 12)
    for element in elements { structure(element) }
  }

  private mutating func header(_ id: Int, _ kind: UInt8) {
    bytes.append(UInt8(id - last) << 4 | kind)
    last = id
  }

  private mutating func number(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }
}

/// A Parquet file with a column "text", written byte by byte, so that it can be wrong.
struct CraftedParquet {
  /// The texts of each row group, which has one page.
  var groups = [["one text", "two texts"]]
  /// The number of rows that each row group states.
  var statedRowCounts: [Int]?
  /// The number of the codec that is stated.
  var codec = 0
  /// The number of the encoding of the levels that is stated.
  var levelEncoding = 3
  /// The offset and the decompressed size of each column that are stated; nil for the right ones.
  var statedOffset: Int?
  var statedByteCount: Int?
  /// The checksum of each page; nil for none.
  var checksum: Int?

  var bytes: [UInt8] {
    var file = Array("PAR1".utf8)
    let pages = groups.map { texts in
      let start = file.count
      file += page(texts)
      return start..<file.count
    }
    let counts = statedRowCounts ?? groups.map(\.count)
    var footer = ThriftBytes()
    footer.structure { file in
      file.integer(1, 1)
      file.list(
        2,
        [
          {
            $0.text(4, "schema")
            $0.integer(5, 1)
          },
          {
            $0.integer(1, 6)
            $0.integer(3, 1)
            $0.text(4, "text")
          },
        ])
      file.integer(3, counts.reduce(0, &+))
      file.list(
        4,
        zip(pages, counts).map { page, count in
          { group in
            group.list(1, [{ $0.structure(3) { column(&$0, page, count) } }])
            group.integer(3, count)
          }
        })
    }
    let count = footer.bytes.count
    return file + footer.bytes + (0..<4).map { UInt8(count >> (8 * $0) & 0xFF) }
      + Array("PAR1".utf8)
  }

  private func column(_ column: inout ThriftBytes, _ page: Range<Int>, _ count: Int) {
    column.integer(1, 6)
    column.integer(4, codec)
    column.integer(5, count)
    column.integer(6, statedByteCount ?? page.count)
    column.integer(7, page.count)
    column.integer(9, statedOffset ?? page.lowerBound)
  }

  private func page(_ texts: [String]) -> [UInt8] {
    // One run of the level 1.
    var body: [UInt8] = [2, 0, 0, 0, UInt8(texts.count) << 1, 1]
    for text in texts { body += [UInt8(text.utf8.count), 0, 0, 0] + Array(text.utf8) }
    var header = ThriftBytes()
    header.structure { page in
      page.integer(1, 0)
      page.integer(2, body.count)
      page.integer(3, body.count)
      if let checksum { page.integer(4, checksum) }
      page.structure(5) {
        $0.integer(1, texts.count)
        $0.integer(2, 0)
        $0.integer(3, levelEncoding)
        $0.integer(4, 3)
      }
    }
    return header.bytes + body
  }
}
