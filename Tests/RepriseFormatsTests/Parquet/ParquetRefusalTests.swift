import RepriseTestSupport
import Testing

@testable import RepriseFormats

/// Files that are written byte by byte: what they state is refused with a sentence.
@Suite("Parquet: what is refused")
struct ParquetRefusalTests {
  private static let names = ["a.parquet", "a.jsonl", "a.txt"]

  private func read(
    _ file: CraftedParquet, as name: String
  ) throws -> (rows: [ReadRow], problems: [Problem]) {
    let path = TestFolder()
    defer { withExtendedLifetime(path) {} }
    let source = try FileSource.of(
      path.write(name, file.bytes), DocumentFields(text: ["text"], id: "id"))
    let (rows, problems, _) = try source.allRows()
    return (rows, problems)
  }

  @Test(arguments: names) func `a right file is read`(name: String) throws {
    var file = CraftedParquet()
    file.groups = [["one", "two"], ["three"]]
    let (rows, problems) = try read(file, as: name)
    #expect(rows.map(\.text) == ["one", "two", "three"])
    #expect(problems.isEmpty)
  }

  @Test(arguments: names, [[1 << 32, 2], [(1 << 32) - 2, 2], [2, 1 << 32], [1 << 62, 2]])
  func `files of 2^32 rows`(name: String, counts: [Int]) throws {
    var file = CraftedParquet()
    file.groups = [["one", "two"], ["three", "four"]]
    file.statedRowCounts = counts
    let (_, problems) = try read(file, as: name)
    #expect(problems.map(\.reason) == [.otherFormat])
    #expect(
      problems.first?.message.contains("rows, and fewer than 4294967296 can be read") ?? false)
  }

  @Test(arguments: names, [[(1 << 32) - 3, 2], [2, (1 << 31) + 5], [3, 1]])
  func `other numbers of rows than are stated`(name: String, counts: [Int]) throws {
    var file = CraftedParquet()
    file.groups = [["one", "two"], ["three", "four"]]
    file.statedRowCounts = counts
    let (rows, problems) = try read(file, as: name)
    #expect(problems.contains { $0.reason == .corrupt })
    #expect(rows.count <= 6)
  }

  @Test(arguments: names, [[-1, 2], [Int.max, Int.max], [Int.min, 2]])
  func `impossible numbers of rows`(name: String, counts: [Int]) throws {
    var file = CraftedParquet()
    file.groups = [["one", "two"], ["three", "four"]]
    file.statedRowCounts = counts
    let (_, problems) = try read(file, as: name)
    #expect(problems.count == 1)
    #expect([.corrupt, .otherFormat].contains(problems.first?.reason))
  }

  @Test(arguments: [(3, "LZO"), (5, "Hadoop's form of LZ4"), (9, "a codec of number 9")])
  func `codecs that are not read`(codec: Int, name: String) throws {
    var file = CraftedParquet()
    file.codec = codec
    let (_, problems) = try read(file, as: "a.parquet")
    #expect(problems.map(\.reason) == [.otherFormat])
    #expect(
      problems.first?.message.contains(
        "the column \"text\" cannot be read: it is compressed by \(name), which is not read")
        ?? false)
  }

  @Test func `levels in the old encoding`() throws {
    var file = CraftedParquet()
    file.levelEncoding = 4
    let (rows, problems) = try read(file, as: "a.parquet")
    #expect(rows.allSatisfy { $0.text == nil })
    #expect(problems.map(\.reason) == [.otherFormat])
    #expect(
      problems.first?.message.contains("levels in the old encoding BIT_PACKED, which is not read")
        ?? false)
  }

  @Test func `a checksum that is wrong`() throws {
    var file = CraftedParquet()
    file.checksum = 1
    let (rows, problems) = try read(file, as: "a.parquet")
    #expect(rows.allSatisfy { $0.text == nil })
    #expect(problems.map(\.reason) == [.corrupt])
    #expect(
      problems.first?.message.contains(
        "column \"text\" of row group 0 cannot be read in rows 1 to 2: its checksum is wrong")
        ?? false)
  }
}
