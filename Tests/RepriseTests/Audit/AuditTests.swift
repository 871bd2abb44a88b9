import Foundation
import Testing

@testable import Reprise

@Suite("An audit of a scan")
struct AuditTests {
  /// Families of texts that differ from one another in some of 60 words, as `words` of them are
  /// replaced.
  private static func families(_ count: Int, seed: UInt64) -> [String] {
    var random = RandomTexts(seed: seed)
    return (0..<count).flatMap { _ in
      let words = random.words(60)
      return (0..<5).map { _ in
        var changed = words
        for _ in 0..<random.number(below: 3) { changed[random.number(below: 60)] = random.word() }
        return changed.joined(separator: " ")
      }
    }
  }

  /// The ids of documents that stay and repeat an earlier one that stays, by comparing all.
  private static func missed(
    _ texts: [String], _ results: ScanResults, atLeast threshold: Double
  ) -> Set<String> {
    let stay = texts.indices.filter { results.entries[$0].status == .keep }
    let shingles = stay.map { JaccardOracle.shingles(texts[$0]) }
    let found = stay.indices.filter { index in
      shingles[..<index].contains {
        JaccardOracle.similarity($0, shingles[index]) >= threshold
      }
    }
    return Set(found.map { results.entries[stay[$0]].id })
  }

  @Test("finds exactly what comparing all documents finds, in files of every kind")
  func census() throws {
    let texts = Self.families(80, seed: 5)
    let workspace = try Workspace()
    let records = TestRecord.numbered(texts)
    try workspace.write("a.jsonl", records: Array(records[..<150]))
    try workspace.write("b.jsonl.gz", TestRecord.lines(Array(records[150..<300])), packed: .gzip)
    try workspace.write(
      "c.txt", text: texts[300...].map { $0 + "\n-----\n" }.joined())
    for recall in [0.05, 0.5, 0.95] {
      let results = try workspace.scan("a.jsonl", "b.jsonl.gz", "c.txt") {
        $0.matching.recall = recall
        $0.input.articles = .after("^-----$")
      }
      #expect(results.entries.count == texts.count)
      let expected = Self.missed(texts, results, atLeast: 0.8)
      let report = try Audit(workspace.path("results")).run()
      #expect(Set(report.missed.map(\.id)) == expected, "recall \(recall)")
      if recall == 0.05 { #expect(expected.count > 20) }
      #expect(report.isCensus && report.stayCount == results.ids(.keep).count)
      #expect(report.dropCount == results.ids(.drop).count)
      let share = Double(report.dropCount) / Double(report.dropCount + expected.count)
      #expect(report.recall == .init(value: share, lower: share, upper: share))
      #expect(report.checkedCount == report.dropCount && report.wrong.isEmpty)
      #expect(abs(report.expectedRecall - share) < 0.12, "\(report.expectedRecall) \(share)")
    }
  }

  @Test("has intervals that cover the truth in 190 of 200 samples")
  func coverage() throws {
    let texts = Self.families(50, seed: 9)
    let workspace = try Workspace()
    try workspace.write("a.jsonl", records: TestRecord.numbered(texts))
    let results = try workspace.scan("a.jsonl") { $0.matching.recall = 0.2 }
    let missed = Self.missed(texts, results, atLeast: 0.8).count
    let drops = results.ids(.drop).count
    let truth = Double(drops) / Double(drops + missed)
    #expect(missed > 5)
    var audit = Audit(workspace.path("results"))
    audit.sampleSize = 30
    audit.checkedDropCount = 0
    var (covered, sampled): (Int, Set<Int>) = (0, [])
    for seed in 1...200 {
      audit.seed = UInt64(seed)
      let report = try audit.run()
      #expect(report.sampleCount == 30 && !report.isCensus)
      sampled.insert(report.missed.count)
      if report.recall.lower <= truth && truth <= report.recall.upper { covered += 1 }
    }
    #expect(covered >= 190)
    #expect(sampled.count > 3)
  }

  /// The highest similarity of each document that stays to an earlier one that stays.
  private static func best(_ texts: [String], _ results: ScanResults) -> [Double] {
    let stay = texts.indices.filter { results.entries[$0].status == .keep }
    let shingles = stay.map { JaccardOracle.shingles(texts[$0]) }
    return stay.indices.map { index in
      shingles[..<index].map { JaccardOracle.similarity($0, shingles[index]) }.max() ?? 0
    }
  }

  @Test("counts documents below the threshold in tenths from the floor")
  func bins() throws {
    let texts = Self.families(50, seed: 11)
    let workspace = try Workspace()
    try workspace.write("a.jsonl", records: TestRecord.numbered(texts))
    let results = try workspace.scan("a.jsonl") { $0.matching.threshold = 0.85 }
    let best = Self.best(texts, results)
    var audit = Audit(workspace.path("results"))
    let report = try audit.run()
    #expect(report.bins.map(\.from) == [0.5, 0.6, 0.7, 0.8])
    #expect(report.bins.map(\.end) == [0.6, 0.7, 0.8, 0.85])
    func truth(_ bin: Audit.Report.Bin) -> Int {
      best.count { $0 >= bin.from && $0 < bin.end }
    }
    #expect(report.bins.map(\.sampleCount) == report.bins.map(truth))
    #expect(report.bins.reduce(0) { $0 + $1.sampleCount } > 20)
    for bin in report.bins {
      let count = Double(bin.sampleCount)
      #expect(bin.all == .init(value: count, lower: count, upper: count))
    }
    audit.floor = 0.66
    #expect(try audit.run().bins.map(\.from) == [0.66, 0.7, 0.8])
    #expect(try audit.run().nearMisses.allSatisfy { $0.similarity >= 0.66 })
    audit.floor = 0.85
    #expect(try audit.run().bins.isEmpty)
    (audit.floor, audit.sampleSize, audit.checkedDropCount) = (0.5, 40, 0)
    var covered = [0, 0, 0, 0]
    for seed in 1...200 {
      audit.seed = UInt64(seed)
      for (index, bin) in try audit.run().bins.enumerated()
      where bin.all.lower <= Double(truth(bin)) && Double(truth(bin)) <= bin.all.upper {
        covered[index] += 1
      }
    }
    #expect(covered.allSatisfy { $0 >= 190 }, "\(covered)")
  }

  @Test("takes fewer documents if the memory limit asks for it, whichever the sample has")
  func memory() throws {
    var random = RandomTexts(seed: 4)
    let texts = (0..<400).map { number in
      random.words(number % 20 == 0 ? 600 : 20).joined(separator: " ")
    }
    let workspace = try Workspace()
    try workspace.write("a.jsonl", records: TestRecord.numbered(texts))
    let results = try workspace.scan("a.jsonl")
    var audit = Audit(workspace.path("results"))
    audit.sampleSize = 300
    #expect(try audit.run().isLimitedByMemory == false)
    var (sizes, words) = (Set<Int>(), [Int]())
    let limit = 2000 * 64
    audit.memoryLimit = limit
    for seed in 1...60 {
      audit.seed = UInt64(seed)
      let report = try audit.run()
      #expect(report.isLimitedByMemory && !report.isCensus)
      sizes.insert(report.sampleCount)
      let manifest = try AuditedManifest(audit, Cancellation())
      words.append(manifest.sample.reduce(0) { $0 + results.entries[$1].words })
    }
    // The size of the sample does not depend on which documents it has.
    #expect(sizes.count == 1 && sizes.allSatisfy { $0 > 5 && $0 < 60 }, "\(sizes)")
    #expect(words.count { $0 * 64 <= limit } >= 59, "\(words)")
    audit.memoryLimit = 1
    #expect(try audit.run().sampleCount == 1)
    audit.memoryLimit = 1 << 40
    #expect(try audit.run().sampleCount == 300)
    audit.memoryLimit = 0
    #expect(throws: RepriseError.self) { try audit.run() }
  }

  @Test("finds a similarity that was changed, and a text that is another")
  func wrong() throws {
    let texts = Self.families(20, seed: 2)
    let workspace = try Workspace()
    var records = TestRecord.numbered(texts)
    records.append(TestRecord("copy", texts[0]))
    records.append(TestRecord("loud", texts[0].uppercased()))
    try workspace.write("a.jsonl", records: records)
    let results = try workspace.scan("a.jsonl")
    let near = try #require(results.entries.first { $0.reason == .near })
    #expect(try results.entry("copy").reason == .exact)
    #expect(try results.entry("loud").reason == .words)
    #expect(try Audit(workspace.path("results")).run().wrong.isEmpty)

    let manifest = String(decoding: try workspace.bytes("results/manifest.jsonl"), as: UTF8.self)
    let similarity = try #require(near.similarity)
    func audit(_ old: String, _ new: String) throws -> [Audit.Report.WrongDrop] {
      let changed = manifest.replacingOccurrences(of: old, with: new)
      #expect(changed != manifest)
      try workspace.write("results/manifest.jsonl", text: changed)
      return try Audit(workspace.path("results")).run().wrong
    }
    let planted = try audit("\"similarity\":\(similarity),", "\"similarity\":0.8125,")
    #expect(planted.contains { $0.id == near.id && $0.written == 0.8125 })
    #expect(planted.allSatisfy { $0.measured == similarity })
    // What has other words is not the same text.
    #expect(
      try audit("\"id\":\"loud\"", "\"id\":\"x\"").isEmpty)
    let loud = try audit("\"reason\":\"words\"", "\"reason\":\"exact\"")
    #expect(loud.contains { $0.id == "loud" && $0.measured == 0 })
  }

  @Test("refuses results without documents, changed files and values out of range")
  func errors() throws {
    let workspace = try Workspace()
    try workspace.write("a.jsonl", records: TestRecord.numbered(Self.families(2, seed: 3)))
    _ = try workspace.scan("a.jsonl") { $0.matching.find = .passages }
    #expect(throws: RepriseError.self) { try Audit(workspace.path("results")).run() }
    _ = try workspace.scan("a.jsonl")
    var audit = Audit(workspace.path("results"))
    for (sample, confidence, threshold) in [(0, 0.95, 0.8), (9, 1, 0.8), (9, 0, 0.8), (9, 0.9, 2)] {
      (audit.sampleSize, audit.confidence, audit.thresholds) = (sample, confidence, [threshold])
      #expect(throws: RepriseError.self) { try audit.run() }
    }
    try workspace.write("a.jsonl", records: TestRecord.numbered(["other"]))
    let error = #expect(throws: RepriseError.self) {
      try Audit(workspace.path("results")).run()
    }
    #expect(error?.description.contains("a.jsonl") == true)
    let cancellation = Cancellation()
    cancellation.cancel()
    let stopped = #expect(throws: RepriseError.self) {
      try Audit(workspace.path("results")).run(cancellation: cancellation)
    }
    #expect(stopped?.isCancelled == true)
  }

  @Test(
    "of real texts finds exactly what was missed",
    .enabled(if: !SharedCorpora.real.isEmpty, SharedCorpora.whereToPut),
    arguments: SharedCorpora.real.filter { ["eips_ercs", "sms_spam"].contains($0.name) },
    [0.5, 0.8, 0.95])
  func realCorpus(_ corpus: RealCorpus, recall: Double) throws {
    let oracle = ExactOracle(try OracleDocument.records(corpus.documents, .zstd))
    let workspace = try Workspace()
    try FileManager.default.copyItem(
      at: corpus.documents, to: workspace.url("docs.jsonl.zst"))
    let results = try workspace.scan("docs.jsonl.zst") { $0.matching.recall = recall }
    let report = try Audit(workspace.path("results")).run()
    let stays = results.entries.map { $0.status == .keep }
    let pairs = oracle.similarities.keys.filter { stays[$0.first] && stays[$0.second] }
    #expect(Set(report.missed.map(\.id)) == Set(pairs.map { oracle.ids[$0.second] }))
    #expect(report.wrong.isEmpty)
  }
}
