import Foundation
import Reprise
import Testing

/// JSON Lines files that are odd as a whole.
@Suite(.enabled(if: SharedCorpora.messy != nil, SharedCorpora.whereToPut))
struct MessyWholeFileTests {
  private struct Expected {
    var read = 0
    var unreadable = 0
    var problems: [String] = []
  }

  private static let expected: [String: Expected] = [
    "no_final_newline.jsonl": Expected(read: 20),
    "bom.jsonl": Expected(read: 20),
    "crlf.jsonl": Expected(read: 20),
    "cr_only.jsonl": Expected(unreadable: 1, problems: ["malformed-json"]),
    "utf16.jsonl": Expected(read: 20),
    "empty.jsonl": Expected(),
    "only_newlines.jsonl": Expected(),
    "truncated_tail.jsonl": Expected(read: 19, unreadable: 1, problems: ["malformed-json"]),
    "good.jsonl.gz": Expected(read: 20),
    "two_members.jsonl.gz": Expected(read: 20),
    "split_member.jsonl.gz": Expected(read: 20),
    "truncated.jsonl.gz": Expected(read: 17, problems: ["truncated"]),
    "garbage_after.jsonl.gz": Expected(read: 20, problems: ["trailing-garbage"]),
    "not_gzip.jsonl.gz": Expected(unreadable: 1, problems: ["not-compressed"]),
    // An array of objects over several lines.
    "pretty.json": Expected(read: 20),
  ]
  /// Tested for what is in them.
  private static let large = [
    "one_cluster_2000.jsonl", "chain_500.jsonl", "stopwords_storm.jsonl", "huge_50MB_line.jsonl",
  ]

  @Test("Records and problems are as described")
  func counts() throws {
    let messy = try MessyFolder()
    for name in try messy.list("wholefile.tsv").map({ $0[0] }) where !Self.large.contains(name) {
      let expected = try #require(Self.expected[name], "\(name)")
      let outcome = try ScanOutcome([messy.file(name)])
      let unreadable = outcome.manifest.count { $0.status == "unreadable" }
      #expect(unreadable == expected.unreadable, "\(name)")
      #expect(outcome.manifest.count - unreadable == expected.read, "\(name)")
      #expect(outcome.problems.map(\.class) == expected.problems, "\(name)")
    }
  }

  @Test("The same twenty records are the same however they are packed and their lines end")
  func sameRecords() throws {
    let messy = try MessyFolder()
    let names = Self.expected.filter { $0.value.read == 20 }.keys.sorted()
    let verdicts = try names.map { name in
      try ScanOutcome([messy.file(name)]).manifest.map { line in
        [line.id, line.status, line.duplicateOf ?? "", "\(line.similarity ?? -1)"]
      }
    }
    #expect(names.count == 9)
    #expect(verdicts.allSatisfy { $0 == verdicts[0] })
    #expect(verdicts[0].count { $0[1] == "drop" } == 19)
  }

  @Test("A pretty-printed array is no JSON Lines, line by line")
  func prettyPrinted() throws {
    let messy = try MessyFolder()
    let outcome = try ScanOutcome([messy.file("pretty.json")]) {
      $0.input.selection.format = .jsonLines
    }
    #expect(outcome.manifest.count > 20)
    #expect(outcome.manifest.allSatisfy { $0.status == "unreadable" })
    #expect(outcome.problems.count == outcome.manifest.count)
  }
}
