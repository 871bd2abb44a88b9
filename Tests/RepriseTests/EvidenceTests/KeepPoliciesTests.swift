import Foundation
import Reprise
import Testing

@Suite("Evidence: which document stays")
struct KeepPoliciesTests {
  /// Four versions of one text, by rising length; none is similar to the last record.
  private static let records: [TestRecord] = {
    var random = RandomTexts(seed: 20)
    let words = random.words(100)
    let lengths = [100, 97, 99, 98]
    let dates = ["2024-05-06", "2025-01-01T10:00:00+02:00", "2025-01-01T09:00:00Z", "1999-12-31"]
    let scores = ["1.5", "-3", "\"20\"", "1e3"]
    var records = lengths.indices.map { index in
      TestRecord(
        "v\(index)", words[..<lengths[index]].joined(separator: " "),
        ("date", "\"\(dates[index])\""),
        ("score", scores[index]))
    }
    records.append(TestRecord("else", random.text(40), ("date", "\"2020-01-01\""), ("score", "7")))
    return records
  }()

  private static let cases: [(policy: KeepPolicy, survivor: String)] = [
    (.first, "v0"), (.longest, "v0"), (.newest(field: "date"), "v2"),
    (.highest(field: "score"), "v3"),
  ]

  @Test("the policy decides which of similar documents stays", arguments: cases, [false, true])
  func policies(expected: (policy: KeepPolicy, survivor: String), isReversed: Bool) throws {
    let workspace = try Workspace()
    let records = isReversed ? Self.records.reversed() : Self.records
    try workspace.write("versions.jsonl", records: records)
    let results = try workspace.scan("versions.jsonl") { $0.matching.keep = expected.policy }
    results.checkInvariants()
    try results.checkDrops(Dictionary(uniqueKeysWithValues: Self.records.map { ($0.id, $0.text) }))
    #expect(results.problems.isEmpty)
    let isFirst = expected.policy == .first
    let survivor = isFirst && isReversed ? "v3" : expected.survivor
    #expect(Set(results.ids(.keep)) == [survivor, "else"])
    // The manifest stays in the order of the corpus.
    #expect(results.entries.map(\.id) == records.map(\.id))
  }

  @Test(
    "ties go to the first in the corpus",
    arguments: [
      KeepPolicy.longest, .newest(field: "date"), .highest(field: "score"),
    ])
  func ties(policy: KeepPolicy) throws {
    let workspace = try Workspace()
    let records = (0..<5).map {
      TestRecord("d\($0)", "one two three four five", ("date", "\"2024-01-01\""), ("score", "3"))
    }
    try workspace.write("ties.jsonl", records: records)
    let results = try workspace.scan("ties.jsonl") { $0.matching.keep = policy }
    results.checkInvariants()
    #expect(results.ids(.keep) == ["d0"])
  }

  @Test("exact copies obey the policy, too")
  func exactCopies() throws {
    let workspace = try Workspace()
    let text = "one two three four five six"
    let records = [
      TestRecord("low", text, ("score", "1")),
      TestRecord("high", text.uppercased(), ("score", "9")),
      TestRecord("middle", text + "!!", ("score", "5")),
    ]
    try workspace.write("copies.jsonl", records: records)
    for (policy, survivor) in [
      (KeepPolicy.highest(field: "score"), "high"), (.longest, "middle"), (.first, "low"),
    ] {
      let results = try workspace.scan("copies.jsonl") { $0.matching.keep = policy }
      results.checkInvariants()
      #expect(results.ids(.keep) == [survivor])
      #expect(results.summary.documents.wordDuplicates == 2)
    }
  }

  @Test("documents without the field come last and are reported")
  func missingField() throws {
    let workspace = try Workspace()
    let text = "one two three four five six"
    let records = [
      TestRecord("none", text), TestRecord("word", text, ("score", "\"many\"")),
      TestRecord("null", text, ("score", "null")), TestRecord("number", text, ("score", "-8")),
    ]
    try workspace.write("mixed.jsonl", records: records)
    let results = try workspace.scan("mixed.jsonl") { $0.matching.keep = .highest(field: "score") }
    results.checkInvariants()
    #expect(results.ids(.keep) == ["number"])
    #expect(
      results.problems.map(\.place) == (1...3).map { "mixed.jsonl:\($0) missing-order-field" })
  }

  @Test("along a chain the policy's order is the order of the verdicts")
  func chain() throws {
    var random = RandomTexts(seed: 21)
    let words = random.words(700)
    let ranks = random.shuffled(Array(0..<50))
    let records = (0..<50).map { index in
      TestRecord(
        "d\(index)", words[index * 10..<index * 10 + 200].joined(separator: " "),
        ("rank", "\(ranks[index])"))
    }
    let workspace = try Workspace()
    try workspace.write("chain.jsonl", records: records)
    let results = try workspace.scan("chain.jsonl") { $0.matching.keep = .highest(field: "rank") }
    results.checkInvariants()
    try results.checkDrops(records.map(\.text))
    let rank = Dictionary(uniqueKeysWithValues: zip(records.map(\.id), ranks))
    for entry in results.entries where entry.status == .drop {
      let survivor = try #require(entry.duplicateOf)
      let isOrdered = try #require(rank[survivor]) > #require(rank[entry.id])
      #expect(isOrdered, "\(entry.id) and \(survivor)")
    }
    let best = records[try #require(ranks.firstIndex(of: 49))].id
    #expect(results.ids(.keep).contains(best))
  }
}
