import RepriseTestSupport
import Testing

@testable import RepriseFormats

/// Files that are written byte by byte, and written again.
@Suite("Parquet: files that are written again")
struct ParquetRewritingTests {
  private let folder = TestFolder()

  /// Removes the first row of each row group.
  private final class FirstRows: ParquetChangeSource {
    func changes(ofRows rows: Range<Int>) -> ParquetRowChanges {
      ParquetRowChanges(rowCount: rows.count, removed: [0..<1])
    }
  }

  private final class NoRows: ParquetChangeSource {
    func changes(ofRows rows: Range<Int>) -> ParquetRowChanges {
      ParquetRowChanges(rowCount: rows.count)
    }
  }

  private final class RowNumbers: ParquetAddedColumns {
    let columns = [ParquetNewColumn(path: ["number"], kind: .integer)]

    func write(
      _ rows: Range<Int>, to writers: inout [ParquetColumnWriter],
      _ compressor: ParquetCompressor
    ) throws(CorpusError) {
      for row in rows { try writers[0].add(.integer(row), compressor) }
    }
  }

  private func rewrite(
    _ crafted: CraftedParquet, _ changes: some ParquetChangeSource, addsColumn: Bool
  ) throws -> BytePath {
    let path = folder.write("a.parquet", crafted.bytes)
    let file = SharedFile(try OpenFile.file(reading: path))
    let opened = try ParquetFile(
      file, byteCount: crafted.bytes.count,
      fields: DocumentFields(text: ["text"], id: "number"), pieceByteCount: 1 << 20)
    let target = folder.path("b\(Int.random(in: 0..<Int.max)).parquet")
    let output = try EncodedStream(creating: target, compression: .none)
    let rewriter = ParquetRewriter(opened, to: output)
    if addsColumn { rewriter.added = RowNumbers() }
    try rewriter.run(changes) { _ in }
    try output.finish()
    return target
  }

  private func rows(_ path: BytePath) throws -> [ReadRow] {
    let fields = DocumentFields(text: ["text"], id: "number")
    let (rows, problems, _) = try FileSource.of(path, fields).allRows()
    #expect(problems.isEmpty)
    return rows
  }

  @Test func `rows are removed, and a column is added`() throws {
    var file = CraftedParquet()
    file.groups = [["one", "two", "three"], ["four"], ["five", "six"]]
    let left = try rows(try rewrite(file, FirstRows(), addsColumn: false))
    #expect(left.map(\.text) == ["two", "three", "six"])
    let all = try rows(try rewrite(file, NoRows(), addsColumn: true))
    #expect(all.map(\.text) == ["one", "two", "three", "four", "five", "six"])
    #expect(all.map(\.id) == ["0", "1", "2", "3", "4", "5"])
  }

  @Test(arguments: [Int.max - 1, Int.max, 1 << 62], [false, true])
  func `offsets that are not possible`(offset: Int, removesRows: Bool) throws {
    var file = CraftedParquet()
    file.statedOffset = offset
    let error = #expect(throws: CorpusError.self) {
      removesRows
        ? try rewrite(file, FirstRows(), addsColumn: false)
        : try rewrite(file, NoRows(), addsColumn: true)
    }
    #expect(error?.reason == .cannotClean)
  }

  @Test func `a size that is not possible`() throws {
    var file = CraftedParquet()
    file.statedByteCount = .max
    // It is counted anew where pages are written again, and added up where they are copied.
    let left = try rows(try rewrite(file, FirstRows(), addsColumn: false))
    #expect(left.map(\.text) == ["two texts"])
    let error = #expect(throws: CorpusError.self) {
      try rewrite(file, NoRows(), addsColumn: true)
    }
    #expect(error?.reason == .cannotClean)
  }
}
