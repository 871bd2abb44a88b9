import Reprise
import Testing

@Suite("Evidence: bridges and chains")
struct BridgesAndChainsTests {
  /// A and B overlap in 400 words; A' and B' are copies with a few words more; X lies between.
  private struct Bridge {
    var texts: [String: String] = [:]

    init(seed: UInt64, isXSimilar: Bool) {
      var random = RandomTexts(seed: seed)
      let (start, middle, end) = (random.words(60), random.words(400), random.words(60))
      let gap = isXSimilar ? 0 : 40
      let x = start.suffix(30) + middle.dropLast(gap) + random.words(gap) + end.prefix(30)
      texts["A"] = (start + middle).joined(separator: " ")
      texts["A'"] = (start + middle + random.words(8)).joined(separator: " ")
      texts["B"] = (middle + end).joined(separator: " ")
      texts["B'"] = (random.words(8) + middle + end).joined(separator: " ")
      texts["X"] = x.joined(separator: " ")
    }

    func similarity(_ first: String, _ second: String) -> Double {
      JaccardOracle.similarity(texts[first] ?? "", texts[second] ?? "")
    }
  }

  private static let orders = [
    ["A", "A'", "X", "B", "B'"], ["A", "X", "B", "A'", "B'"], ["B'", "A'", "X", "A", "B"],
    ["A'", "X", "B", "B'", "A"], ["B", "B'", "A", "A'", "X"],
  ]

  @Test("a bridge between two families deletes neither", arguments: orders, [true, false])
  func bridge(order: [String], isXSimilar: Bool) throws {
    let bridge = Bridge(seed: 3, isXSimilar: isXSimilar)
    try #require(bridge.similarity("A", "A'") >= 0.8 && bridge.similarity("B", "B'") >= 0.8)
    for (first, second) in [("A", "B"), ("A'", "B"), ("A", "B'"), ("A'", "B'")] {
      try #require((0.6..<0.8).contains(bridge.similarity(first, second)))
    }
    for document in ["A", "A'", "B", "B'"] {
      try #require((bridge.similarity("X", document) >= 0.8) == isXSimilar)
    }
    let workspace = try Workspace()
    let records = order.map { TestRecord($0, bridge.texts[$0] ?? "") }
    try workspace.write("bridge.jsonl", records: records)
    let results = try workspace.scan("bridge.jsonl")
    results.checkInvariants()
    try results.checkDrops(bridge.texts)
    // The first of each family stays, and X if nothing before it is similar.
    let firsts = ["A", "B"].compactMap { family in order.first { $0.hasPrefix(family) } }
    #expect(Set(results.ids(.keep)) == Set(firsts + (isXSimilar ? [] : ["X"])))
  }

  @Test("a bridge that comes first takes only what is similar to it")
  func bridgeFirst() throws {
    let bridge = Bridge(seed: 4, isXSimilar: true)
    let workspace = try Workspace()
    let records = ["X", "A", "A'", "B", "B'"].map { TestRecord($0, bridge.texts[$0] ?? "") }
    try workspace.write("bridge.jsonl", records: records)
    let results = try workspace.scan("bridge.jsonl")
    results.checkInvariants()
    try results.checkDrops(bridge.texts)
    #expect(results.ids(.keep) == ["X"])
  }

  @Test(
    "a chain deletes nothing that was not verified against what stays",
    arguments: [4, 10, 19], [false, true])
  func chain(step: Int, isShuffled: Bool) throws {
    var random = RandomTexts(seed: UInt64(step))
    let words = random.words(200 + 150 * step)
    let texts = (0..<150).map { words[$0 * step..<$0 * step + 200].joined(separator: " ") }
    for (first, second) in zip(texts, texts.dropFirst()) {
      try #require(JaccardOracle.similarity(first, second) >= 0.8)
    }
    try #require(JaccardOracle.similarity(texts[0], texts[149]) == 0)
    let records = TestRecord.numbered(texts)
    let workspace = try Workspace()
    try workspace.write("chain.jsonl", records: isShuffled ? random.shuffled(records) : records)
    let results = try workspace.scan("chain.jsonl")
    results.checkInvariants()
    try results.checkDrops(texts)
    // Of so many documents a window's width apart no survivor can stand for more than these.
    let reach = (0..<150).last { JaccardOracle.similarity(texts[0], texts[$0]) >= 0.8 } ?? 0
    #expect(results.ids(.keep).count >= 150 / (2 * reach + 1))
    #expect(results.ids(.drop).count >= 40)
  }
}
