import Foundation
import Testing

@testable import Reprise

@Suite("Deduplication in memory")
struct DeduplicatorTests {
  @Test("of 50,000 texts is that of a scan, and opens no file", arguments: [[], ["ranked"]])
  func generatedTexts(arguments: [String]) throws {
    var random = RandomTexts(seed: 11)
    let shared = (0..<40).map { _ in random.text(70) }
    var rows: [MemoryRow] = []
    while rows.count < 50_000 {
      let words = random.words(20 + random.number(below: 40))
      var texts = [words.joined(separator: " ") + "."]
      if random.number(below: 4) == 0 {
        let edit = Edit.allCases[random.number(below: Edit.allCases.count)]
        texts.append(edit.apply(to: words, &random).after)
      }
      if random.number(below: 20) == 0 {
        texts.append(random.text(30) + " " + shared[random.number(below: 40)] + ".")
      }
      for text in texts { rows.append(MemoryRow(id: "\(rows.count)", text: text)) }
    }
    for row in stride(from: 0, to: rows.count, by: 9_999) { rows[row].text = nil }
    rows = random.shuffled(rows)
    for row in rows.indices {
      (rows[row].id, rows[row].rank) = ("\(row)", random.number(below: 90))
    }
    try compare(rows, arguments)
  }

  @Test(
    "of real texts is that of a scan, and opens no file",
    .enabled(if: !SharedCorpora.real.isEmpty, SharedCorpora.whereToPut),
    arguments: [[], ["edited"]])
  func realTexts(arguments: [String]) throws {
    var rows: [MemoryRow] = []
    for corpus in SharedCorpora.real {
      for line in try unpacked(corpus.documents, .zstd).split(separator: 0x0A) {
        var row = try JSONDecoder().decode(MemoryRow.self, from: Data(line))
        row.id = "\(rows.count)"
        rows.append(row)
      }
    }
    try #require(rows.count > 20_000)
    try compare(rows, arguments)
  }

  @Test func `cleaned texts are those of the cleaned corpus`() throws {
    var random = RandomTexts(seed: 3)
    let shared = random.text(80)
    let texts =
      ["\(shared). \(random.text(60)).", "\(random.text(60)). \(shared). \(random.text(60))."]
      + (0..<40).map { _ in random.text(90) + "." }
    let result = try Deduplicator().run(texts + [texts[5].uppercased()])
    #expect(
      result.documents.map(\.status) == [.keep, .trim] + .init(repeating: .keep, count: 40) + [
        .drop
      ])
    #expect(result.documents[42].duplicateOf == 5)
    #expect(result.cleaned(42, texts[5].uppercased()) == nil)
    #expect(result.cleaned(5, texts[5]) == texts[5])
    let cleaned = try #require(result.cleaned(1, texts[1]))
    #expect(!cleaned.contains(shared.prefix(40)))
    let workspace = try Workspace()
    try workspace.write("a.jsonl", records: TestRecord.numbered(texts))
    _ = try workspace.scan("a.jsonl") { $0.matching.find = .all }
    try workspace.clean()
    let lines = try workspace.bytes("cleaned/a.jsonl").split(separator: 0x0A)
    #expect(try JSONDecoder().decode(MemoryRow.self, from: Data(lines[1])).text == cleaned)
  }

  @Test func `parameters out of range are errors`() {
    var deduplicator = Deduplicator()
    deduplicator.threads = 0
    #expect(throws: RepriseError.self) { try deduplicator.run(["a"]) }
    #expect(throws: RepriseError.self) { try Deduplicator().run(["a", "b"], ids: ["a"]) }
    #expect(throws: RepriseError.self) { try Deduplicator().run(["a"], orderValues: []) }
    deduplicator = Deduplicator()
    deduplicator.memory = 128 << 20
    deduplicator.threads = 8
    #expect(throws: RepriseError.self) { try deduplicator.run(["a"]) }
  }

  @Test func `no text is no document, and a cancelled run throws`() throws {
    #expect(try Deduplicator().run([]).documents.isEmpty)
    let cancellation = Cancellation()
    cancellation.cancel()
    let error = #expect(throws: RepriseError.self) {
      try Deduplicator().run(["a", "a"], cancellation: cancellation)
    }
    #expect(error?.isCancelled == true)
  }

  /// Runs the texts in memory, in a process of its own, and as a file, and compares every value.
  private func compare(_ rows: [MemoryRow], _ arguments: [String]) throws {
    let workspace = try Workspace()
    let encoder = JSONEncoder()
    let lines = try rows.map { try encoder.encode($0) }
    try workspace.write("texts.jsonl", Data(lines.joined(separator: [0x0A])))
    _ = try workspace.scan("texts.jsonl") { options in
      options.matching.find = .all
      if arguments.contains("ranked") { options.matching.keep = .highest(field: "rank") }
      if arguments.contains("edited") { options.matching.cuts.mode = .edited }
    }
    let scanned = try ScannedFacts(workspace.url("results")).lines
    let computed = try InMemoryRun.lines(arguments, input: workspace.url("texts.jsonl"))
    #expect(computed.count == scanned.count)
    #expect(computed.count { $0.hasPrefix("drop") } > rows.count / 50)
    #expect(computed.count { $0.hasPrefix("trim") } > rows.count / 200)
    let differing = zip(computed, scanned).filter { $0 != $1 }
    #expect(differing.isEmpty, "\(differing.count) lines, first \(differing.first ?? ("", ""))")
  }
}

/// A record whose id is its number.
struct MemoryRow: Codable {
  var id: String
  var text: String?
  var rank: Int?
}
