import Foundation
import Testing

@testable import Reprise

@Suite("Evidence: the same results from every run")
struct SameResultsTests {
  // Several of the pieces in which large files are read.
  private static let corpus = MixedCorpus(families: 900, seed: 7)

  @Test("any number of threads writes the same bytes", arguments: [KeepPolicy.first, .longest])
  func threads(keep: KeepPolicy) throws {
    let workspace = try Workspace()
    try write(Self.corpus.records, in: 2, to: workspace)
    let one = try workspace.scan("corpus", into: "1") { options in
      options.resources.threads = 1
      options.matching.keep = keep
    }
    one.checkInvariants()
    for threads in [2, 8] {
      let other = try workspace.scan("corpus", into: "\(threads)") { options in
        options.resources.threads = threads
        options.matching.keep = keep
      }
      expectSame(other.files, one.files, "\(threads) threads")
    }
  }

  @Test(
    "chunks of any size give the same bytes",
    arguments: [RecordFormat.text, .jsonLines, .jsonArray])
  func chunks(format: RecordFormat) throws {
    let workspace = try Workspace()
    let records = MixedCorpus(families: 120, seed: 5).records
    let corpus = "corpus.\(format == .text ? "txt" : format.rawValue)"
    switch format {
    // Its pieces are tested by `ParquetScanTests`.
    case .parquet: return
    case .jsonLines: try workspace.write(corpus, records: records)
    case .jsonArray:
      try workspace.write(corpus, text: "[\n\(records.map(\.line).joined(separator: ",\n"))\n]\n")
    case .csv, .tsv:
      try workspace.write(corpus, TestTable(records, delimiter: format == .csv ? "," : "\t").bytes)
    case .text:
      let articles = records.map { "\($0.text)\n-----\n" }.joined()
      try workspace.write(corpus, text: articles)
    }
    func scan(_ name: String, _ byteCount: Int) throws -> ScanResults {
      try workspace.scan(corpus, into: name) {
        $0.input.articles = format == .text ? .after("^-----$") : nil
        $0.hooks.chunkByteCount = byteCount
      }
    }
    let whole = try scan("whole", 1 << 20)
    whole.checkInvariants()
    for byteCount in [1_000, 4_096, 33_333] {
      expectSame(try scan("\(byteCount)", byteCount).files, whole.files, "\(byteCount) bytes")
    }
  }

  @Test("a corpus in many small text files reads the same by any number of threads")
  func smallFiles() throws {
    let workspace = try Workspace()
    for (index, record) in MixedCorpus(families: 200, seed: 77).records.enumerated() {
      try workspace.write("texts/\(index % 7)/\(index).txt", text: record.text)
    }
    let one = try workspace.scan("texts", into: "1") { $0.resources.threads = 1 }
    one.checkInvariants()
    let eight = try workspace.scan("texts", into: "8") { $0.resources.threads = 8 }
    expectSame(eight.files, one.files, "8 threads")
  }

  @Test("the command writes the library's bytes by any instructions")
  func instructions() throws {
    let workspace = try Workspace()
    try workspace.write("corpus.jsonl", records: MixedCorpus(families: 300, seed: 8).records)
    let library = try workspace.scan("corpus.jsonl")
    for set in ["plain", "avx2", nil] {
      let name = set ?? "best"
      let status = try BuiltCommand.run(
        [
          "scan", workspace.path("corpus.jsonl"), "--output", workspace.path(name),
          "--find", "documents",
        ],
        environment: set.map { ["REPRISE_INSTRUCTION_SET": $0] } ?? [:])
      #expect(status == 0)
      expectSame(try ScanResults.files(in: workspace.url(name)), library.files, name)
    }
  }

  @Test("packed input gives the same results", arguments: [Compression.gzip, .zstd])
  func packed(compression: Compression) throws {
    let workspace = try Workspace()
    let bytes = TestRecord.lines(Self.corpus.records)
    let name = compression == .gzip ? "corpus.jsonl.gz" : "corpus.jsonl.zst"
    try workspace.write("corpus.jsonl", bytes)
    try workspace.write(name, bytes, packed: compression)
    let plain = try workspace.scan("corpus.jsonl", into: "plain")
    let packed = try workspace.scan(name, into: "packed")
    try #require(plain.ids(.drop).count > 400)
    let renamed = packed.files.mapValues { data in
      let text = String(decoding: data, as: UTF8.self)
      return Data(text.replacing(workspace.path(name), with: workspace.path("corpus.jsonl")).utf8)
    }
    expectSame(renamed, plain.files, name)
  }

  @Test("where the order does not decide, other names of the files change nothing")
  func renamed() throws {
    let workspace = try Workspace()
    try write(Self.corpus.records, in: 4, to: workspace)
    let before = try workspace.scan("corpus", into: "before") {
      $0.matching.keep = .highest(field: "rank")
    }
    for (name, other) in [("0", "x"), ("1", "w"), ("2", "v"), ("3", "a")] {
      try workspace.rename("corpus/\(name).jsonl", to: "corpus/\(other).jsonl")
    }
    let after = try workspace.scan("corpus", into: "after") {
      $0.matching.keep = .highest(field: "rank")
    }
    after.checkInvariants()
    try after.checkDrops(Self.corpus.texts)
    #expect(after.entries.map(\.id) != before.entries.map(\.id))
    #expect(outcomes(after) == outcomes(before))
  }

  @Test("which of two documents goes depends on the order, that one goes does not")
  func renamedPairs() throws {
    var random = RandomTexts(seed: 9)
    let workspace = try Workspace()
    for index in 0..<100 {
      let text = random.text(90)
      let other = index < 90 ? text + random.text(index / 2) : random.text(90)
      try workspace.write("pairs/a\(index).txt", text: text)
      try workspace.write("pairs/b\(index).txt", text: other)
    }
    let before = try workspace.scan("pairs")
    for index in 0..<100 {
      try workspace.rename("pairs/b\(index).txt", to: "pairs/A\(100 - index).txt")
    }
    let after = try workspace.scan("pairs")
    after.checkInvariants()
    func titled(_ results: ScanResults) -> [String] {
      results.entries.map { "\($0.title ?? "") \($0.status) \($0.similarity ?? 0)" }.sorted()
    }
    #expect(titled(after) == titled(before))
    #expect(before.ids(.drop).count > 10 && before.ids(.drop).count < 90)
  }

  private func write(_ records: [TestRecord], in count: Int, to workspace: Workspace) throws {
    let size = (records.count + count - 1) / count
    for file in 0..<count {
      let part = records[(file * size)..<min(records.count, (file + 1) * size)]
      try workspace.write("corpus/\(file).jsonl", records: Array(part))
    }
  }

  private func expectSame(_ left: [String: Data], _ right: [String: Data], _ name: String) {
    for file in ScanResults.fileNames {
      // The bytes themselves would be a long message.
      let isSame = left[file] == right[file] && left[file] != nil
      #expect(isSame, "\(file), \(name)")
    }
  }

  private func outcomes(_ results: ScanResults) -> [String: [String]] {
    Dictionary(
      uniqueKeysWithValues: results.entries.map { entry in
        let similarity = entry.similarity.map { "\($0)" } ?? ""
        return (
          entry.id, [entry.title ?? "", "\(entry.status)", similarity, entry.duplicateOf ?? ""]
        )
      })
  }
}
