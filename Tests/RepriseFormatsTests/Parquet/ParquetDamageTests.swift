import Foundation
import RepriseCore
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite(
  "Parquet: damaged files", .enabled(if: ParquetKinds.canMake, "needs pyarrow: run scripts/test"))
struct ParquetDamageTests {
  private static let fields = DocumentFields(text: ["text"], id: "id", order: ["n32", "when"])

  private let kinds: ParquetKinds

  init() throws { kinds = try ParquetKinds() }

  private func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: kinds.path(name).text)))
  }

  private func read(
    _ bytes: [UInt8], fields: DocumentFields = Self.fields, chunkByteCount: Int = 1 << 20
  ) throws -> (rows: [ReadRow], problems: [Problem], facts: SourceFacts) {
    let folder = TestFolder()
    let path = folder.write("a.parquet", bytes)
    return try FileSource.of(path, fields, chunkByteCount: chunkByteCount).allRows()
  }

  @Test func `a damaged page is named, and all other rows are read`() throws {
    var damaged = try bytes("checksums")
    let whole = try read(damaged).rows
    // The texts are the first column.
    let place = damaged.count / 10
    damaged[place] ^= 0x55
    let (rows, problems, facts) = try read(damaged)
    let lost = problems.filter { $0.message.contains("row group 0") }
    #expect(lost.count == 1)
    #expect(lost.first?.message.contains("column \"text\"") ?? false)
    #expect(lost.first?.message.contains("its checksum is wrong") ?? false)
    #expect(rows.count > 300 && rows.count < whole.count)
    let good = Dictionary(whole.map { ($0.row, $0) }) { first, _ in first }
    #expect(rows.allSatisfy { $0.reason == "corrupt" || good[$0.row] == $0 })
    #expect(facts.checksums[0] != nil)
  }

  @Test func `kinds that are not read are refused by name`() throws {
    var cut = try bytes("snappy-1-1-1048576")
    cut.removeLast(9)
    #expect(try read(cut).problems.first?.message.contains("ends early") ?? false)
    var encrypted = try bytes("snappy-1-1-1048576")
    encrypted.replaceSubrange(encrypted.count - 4..<encrypted.count, with: Array("PARE".utf8))
    let refused = try read(encrypted).problems
    #expect(refused.map(\.reason) == [.otherFormat])
    #expect(refused.first?.message.contains("is encrypted, which is not read") ?? false)
    let other = try read(Array("no table".utf8)).problems
    #expect(other.first?.message.contains("is not a Parquet file") ?? false)
  }

  @Test func `random changes are survived in bounded time`() throws {
    var generator = SplitMix64(state: 11)
    let names =
      ["zstd-1-1-1024", "snappy-0-2-1024", "deltas-1-1024", "lengths-2-1024", "brotli-1-2-1024"]
      + [
        "lz4-0-1-1024", "gzip-1-1-1048576", "none-0-1-1024", "none-1-2-1048576", "deltas-2-1048576",
      ]
    let texts = [["text"], ["messages[].content", "tags[]"], ["needed", "meta.text"]]
    let originals = try names.map { try bytes($0) }
    let start = ContinuousClock.now
    for _ in 0..<1_000 {
      var damaged = originals.randomElement(using: &generator) ?? []
      if Int.random(in: 0..<8, using: &generator) == 0 {
        damaged.removeLast(Int.random(in: 0..<damaged.count, using: &generator))
      }
      // Half of the changes are in the metadata at the end.
      for _ in 0..<([1, 1, 2, 4, 16].randomElement(using: &generator) ?? 1) where damaged.count > 20
      {
        let isAtEnd = Bool.random(using: &generator)
        let range = (isAtEnd ? max(4, damaged.count - 6_000) : 4)..<damaged.count
        damaged[Int.random(in: range, using: &generator)] = .random(in: 0...255, using: &generator)
      }
      let fields = DocumentFields(
        text: texts.randomElement(using: &generator) ?? [], id: "id", order: ["price", "score"])
      let (rows, problems, _) = try read(
        damaged, fields: fields,
        chunkByteCount: Bool.random(using: &generator) ? 2_000 : 1 << 20)
      #expect(rows.count <= 401)
      #expect(!rows.isEmpty || !problems.isEmpty)
    }
    #expect(ContinuousClock.now - start < .seconds(120))
  }
}
