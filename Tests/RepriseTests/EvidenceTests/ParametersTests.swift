import Foundation
import Reprise
import Testing

@Suite("Evidence: parameters")
struct ParametersTests {
  private static let corpus = MixedCorpus(families: 250, wordCount: 80, seed: 30)

  @Test(
    "what is dropped reaches the threshold, and what reaches it is dropped",
    arguments: [
      0.5, 0.8, 0.9, 1.0,
    ])
  func thresholds(threshold: Double) throws {
    let workspace = try Workspace()
    try workspace.write("corpus.jsonl", records: Self.corpus.records)
    let results = try workspace.scan("corpus.jsonl") { $0.matching.threshold = threshold }
    results.checkInvariants(threshold: threshold)
    try results.checkDrops(Self.corpus.texts, threshold: threshold)
    let missed = Self.similarKept(results, threshold)
    let dropped = results.ids(.drop).count
    #expect(dropped > 40 && Double(missed) <= 0.05 * Double(dropped), "\(missed) of \(dropped)")
  }

  @Test("a threshold of 1 takes equal sets of shingles, in whatever order")
  func one() throws {
    var random = RandomTexts(seed: 31)
    let (first, second) = (random.text(20), random.text(20))
    let texts = [
      "\(first) \(second) \(first) \(second)", "\(first) \(second) \(first) \(second) \(first)",
      "\(first) \(second) \(first)",
    ]
    try #require(JaccardOracle.similarity(texts[0], texts[1]) == 1)
    let workspace = try Workspace()
    try workspace.write("corpus.jsonl", records: TestRecord.numbered(texts))
    let results = try workspace.scan("corpus.jsonl") { $0.matching.threshold = 1 }
    results.checkInvariants(threshold: 1)
    try results.checkDrops(texts, threshold: 1)
    #expect(results.ids(.drop).contains("d1"))
    #expect(try results.entry("d1").reason == .near)
  }

  @Test("classical signatures lead to the same verdicts", arguments: [64, 256, 1024])
  func minHash(slotCount: Int) throws {
    let workspace = try Workspace()
    try workspace.write("corpus.jsonl", records: Self.corpus.records)
    let results = try workspace.scan("corpus.jsonl") { options in
      options.matching.signatureMethod = .minhash
      options.matching.slotCount = slotCount
    }
    results.checkInvariants()
    try results.checkDrops(Self.corpus.texts)
    let missed = Self.similarKept(results, 0.8)
    #expect(Double(missed) <= 0.05 * Double(results.ids(.drop).count), "\(missed)")
  }

  @Test("verification by signatures is close to the exact one")
  func signatures() throws {
    let workspace = try Workspace()
    try workspace.write("corpus.jsonl", records: Self.corpus.records)
    let results = try workspace.scan("corpus.jsonl") { options in
      options.matching.verification = .signature
      options.matching.slotCount = 1024
    }
    results.checkInvariants()
    let texts = Self.corpus.texts
    for entry in results.entries where entry.reason == .near {
      let text = try #require(texts[entry.id])
      let survivor = try #require(entry.duplicateOf.flatMap { texts[$0] })
      let similarity = JaccardOracle.similarity(text, survivor)
      // Four standard deviations of 1,024 slots at .8.
      #expect(abs(similarity - (entry.similarity ?? 0)) < 0.05, "\(entry.id)")
    }
    #expect(Self.similarKept(results, 0.85) <= 3)
    let pairs = try Self.pairs(results)
    #expect(pairs.count > 40)
    #expect(
      pairs.allSatisfy { $0.reason != "near" || $0.estimated == true && $0.union == 1024 })
  }

  @Test("pairs are marked as estimates only where they are")
  func exactPairs() throws {
    let workspace = try Workspace()
    try workspace.write("corpus.jsonl", records: Self.corpus.records)
    let pairs = try Self.pairs(try workspace.scan("corpus.jsonl"))
    #expect(pairs.count > 40)
    for pair in pairs {
      #expect(pair.estimated == nil)
      guard pair.reason == "near" else {
        #expect(pair.intersection == nil && pair.union == nil)
        continue
      }
      let texts = try [pair.first, pair.second].map { try #require(Self.corpus.texts[$0.id]) }
      let (left, right) = (JaccardOracle.shingles(texts[0]), JaccardOracle.shingles(texts[1]))
      #expect(pair.intersection == left.intersection(right).count)
      #expect(pair.union == left.union(right).count)
    }
  }

  /// A line of `pairs.jsonl`.
  private struct Pair: Decodable {
    struct Document: Decodable { let id: String }
    let first: Document
    let second: Document
    let reason: String
    let intersection: Int?
    let union: Int?
    let estimated: Bool?
  }

  private static func pairs(_ results: ScanResults) throws -> [Pair] {
    let lines = try #require(results.files["pairs.jsonl"]).split(separator: 0x0A)
    return try lines.map { try JSONDecoder().decode(Pair.self, from: $0) }
  }

  @Test("shingles of other lengths are compared as the oracle does", arguments: [1, 2, 8])
  func shingleLengths(length: Int) throws {
    let workspace = try Workspace()
    try workspace.write("corpus.jsonl", records: Self.corpus.records)
    let results = try workspace.scan("corpus.jsonl") { $0.matching.shingleLength = length }
    results.checkInvariants()
    try results.checkDrops(Self.corpus.texts, length: length)
    #expect(results.ids(.drop).count > 40)
  }

  /// How many kept documents are similar to one that was kept before.
  private static func similarKept(_ results: ScanResults, _ threshold: Double) -> Int {
    let texts = corpus.texts
    var sets: [Set<String>] = []
    // Only documents that share a shingle are compared.
    var places: [String: [Int]] = [:]
    var count = 0
    for id in results.ids(.keep) {
      let shingles = JaccardOracle.shingles(texts[id] ?? "")
      let known = Set(shingles.flatMap { places[$0] ?? [] })
      if known.contains(where: { JaccardOracle.similarity(sets[$0], shingles) >= threshold }) {
        count += 1
      }
      for shingle in shingles { places[shingle, default: []].append(sets.count) }
      sets.append(shingles)
    }
    return count
  }

  private static let impossible: [(name: String, change: @Sendable (inout ScanOptions) -> Void)] =
    [
      ("threshold must be above 0 and at most 1, not 0.0", { $0.matching.threshold = 0 }),
      ("threshold must be above 0 and at most 1, not -1.0", { $0.matching.threshold = -1 }),
      ("threshold must be above 0 and at most 1, not 1.01", { $0.matching.threshold = 1.01 }),
      ("threshold must be above 0 and at most 1, not nan", { $0.matching.threshold = .nan }),
      ("recall must be above 0 and below 1, not 0.0", { $0.matching.recall = 0 }),
      ("recall must be above 0 and below 1, not 1.0", { $0.matching.recall = 1 }),
      ("recall must be above 0 and below 1, not nan", { $0.matching.recall = .nan }),
      ("1 to 1000 tokens, not 0", { $0.matching.shingleLength = 0 }),
      ("1 to 1000 tokens, not 1001", { $0.matching.shingleLength = 1_001 }),
      ("1024 slots, not 100", { $0.matching.slotCount = 100 }),
      ("1024 slots, not 2048", { $0.matching.slotCount = 2_048 }),
      ("number of threads must be 1 to 1024, not 0", { $0.resources.threads = 0 }),
      ("number of threads must be 1 to 1024, not 1025", { $0.resources.threads = 1_025 }),
      ("no path", { $0.input.paths = [] }),
      (
        "recall 0.999 at threshold 0.01",
        {
          $0.matching.threshold = 0.01
          $0.matching.recall = 0.999
        }
      ),
    ]

  @Test("impossible parameters are refused by name before anything is written")
  func refused() throws {
    let workspace = try Workspace()
    try workspace.write("a.txt", text: "one")
    for (name, change) in Self.impossible {
      let error = #expect(throws: RepriseError.self, "\(name)") {
        try workspace.scan("a.txt") { change(&$0) }
      }
      guard let error else { continue }
      #expect(error.description.contains(name), "\(error)")
      guard case .invalidParameter = error.reason else {
        Issue.record("\(name): \(error.reason)")
        continue
      }
    }
    #expect(try workspace.files(below: "") == ["a.txt"])
  }

  @Test("what makes a run impossible is said with the path, and leaves nothing behind")
  func impossibleRuns() throws {
    let workspace = try Workspace()
    try workspace.write("a.txt", text: "one")
    try workspace.write("taken/file", text: "mine")
    let cases: [(name: String, change: (inout ScanOptions) -> Void, reason: CorpusError.Reason)] =
      [
        ("none.txt", { $0.input.paths = [workspace.path("none.txt")] }, .cannotOpen),
        ("taken", { $0.output.folder = workspace.path("taken") }, .invalidOutput),
        ("[", { $0.input.articles = .after("[") }, .invalidPattern),
        ("[", { $0.input.selection.include = ["["] }, .invalidPattern),
      ]
    for (name, change, reason) in cases {
      let error = #expect(throws: RepriseError.self) { try workspace.scan("a.txt") { change(&$0) } }
      guard let error, case .corpus(let cause) = error.reason else {
        Issue.record("\(name)")
        continue
      }
      #expect(cause.reason == reason && error.description.contains(name), "\(error)")
    }
    #expect(try workspace.files(below: "") == ["a.txt", "taken/file"])
  }
}
