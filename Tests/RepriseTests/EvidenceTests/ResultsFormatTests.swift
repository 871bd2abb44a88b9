import Foundation
import Reprise
import Testing

@Suite("The results folder, format 2")
struct ResultsFormatTests {
  /// Two files with originals, edited copies, and copies of both that differ in nothing, in case, or
  /// in punctuation.
  private static func texts() -> (texts: [String], family: [Int]) {
    var random = RandomTexts(seed: 41)
    var (texts, family) = ([String](), [Int]())
    for number in 0..<60 {
      let words = random.words(80)
      var edited = words
      edited[random.number(below: 80)] = "edited"
      for copy in [words, edited] {
        let text = copy.joined(separator: " ") + "."
        for other in [text, text, text.uppercased(), text + " !"] where random.number(below: 3) > 0
        {
          texts.append(other)
          family.append(number)
        }
      }
    }
    let order = random.shuffled(Array(texts.indices))
    return (order.map { texts[$0] }, order.map { family[$0] })
  }

  private struct Pair: Decodable {
    struct Document: Decodable { let id: String }
    let first: Document
    let second: Document
    let reason: String
    let jaccard: Double
  }

  @Test("has the words, copies and pair of every document", arguments: [1, 3])
  func documents(threads: Int) throws {
    let (texts, _) = Self.texts()
    let workspace = try Workspace()
    let half = texts.count / 2
    let records = TestRecord.numbered(texts)
    try workspace.write("in/a.jsonl", records: Array(records[..<half]))
    try workspace.write("in/b.jsonl", records: Array(records[half...]))
    let results = try workspace.scan("in") { $0.resources.threads = threads }
    results.checkInvariants()
    try results.checkDrops(texts)
    let entries = results.entries
    #expect(Set(entries.compactMap(\.reason)) == [.exact, .words, .near])
    for (row, entry) in entries.enumerated() {
      #expect(entry.words == JaccardOracle.tokens(texts[row]).count)
      #expect(entry.copies == entries.count { $0.duplicateRow == row })
    }
    let pairs = try (results.files["pairs.jsonl"] ?? Data()).split(separator: 0x0A).map {
      try JSONDecoder().decode(Pair.self, from: $0)
    }
    let found = Dictionary(grouping: pairs) { Set([$0.first.id, $0.second.id]) }
    for entry in entries where entry.status == .drop {
      let pair = try #require(found[[entry.id, entry.duplicateOf ?? ""]])
      #expect(pair.count == 1 && pair[0].jaccard == entry.similarity)
      #expect(pair[0].reason == entry.reason?.rawValue)
    }
    #expect(results.summary.pairCount == pairs.count)
  }

  @Test("counts documents by file, similarities, and equal texts whatever the threshold")
  func summary() throws {
    let (texts, _) = Self.texts()
    let workspace = try Workspace()
    let half = texts.count / 2
    let records = TestRecord.numbered(texts)
    try workspace.write("in/a.jsonl", records: Array(records[..<half]))
    try workspace.write("in/b.jsonl", records: Array(records[half...]))
    let equalTexts = texts.count - Set(texts).count
    let equalWords = texts.count - Set(texts.map(JaccardOracle.tokens)).count
    for threshold in [0.5, 0.8, 0.99] {
      let results = try workspace.scan("in") { $0.matching.threshold = threshold }
      let tree = results.summary.file
      #expect(tree["version"]?.integer == 2)
      let documents = try #require(tree["documents"])
      #expect(documents["same_words"]?.integer.map { $0 > 20 } == true)
      #expect(
        (documents["same_text"]?.integer ?? 0) + (documents["same_words"]?.integer ?? 0)
          == equalWords)
      #expect((documents["same_text"]?.integer ?? 0) <= equalTexts)
      let near = (tree["similarities"]?["near"]?.array ?? []).compactMap(\.integer)
      #expect(near.count == 100 && near.reduce(0, +) == documents["drop_near"]?.integer)
      #expect(near[..<Int(100 * threshold)].allSatisfy { $0 == 0 })
      let below = (tree["similarities"]?["below_threshold"]?.array ?? []).compactMap(\.integer)
      #expect(below.count == 100 && below[Int(100 * threshold)...].allSatisfy { $0 == 0 })
      let inputs = try #require(tree["inputs"]?.array)
      #expect(inputs.count == 2)
      for (key, total) in [
        ("total", documents["total"]), ("drop_exact", documents["drop_exact"]),
        ("drop_words", documents["drop_words"]), ("drop_near", documents["drop_near"]),
        ("words", tree["words"]?["total"]), ("text_bytes", tree["bytes"]?["text"]),
        ("removed_bytes", tree["bytes"]?["removed"]),
      ] {
        let sum = inputs.reduce(0) { $0 + ($1["documents"]?[key]?.integer ?? 0) }
        #expect(sum == total?.integer, "\(key)")
      }
      let written = try workspace.bytes("results/summary.json")
      #expect(try JSONTree(parsing: Array(written)) == tree)
    }
  }

  @Test("says where passages are: row, line of the file, excerpt, and what is cut")
  func passages() throws {
    var random = RandomTexts(seed: 42)
    let passage = "A heading of five words\n" + random.text(90) + "."
    let texts = (0..<3).map { _ in random.text(40) + ".\n\n" + random.text(30) + ".\n" }
    let workspace = try Workspace()
    try workspace.write("in/a.txt", text: texts[0] + passage + "\n" + texts[1])
    try workspace.write("in/b.txt", text: texts[2] + passage + "\n")
    try workspace.write(
      "in/c.jsonl", records: TestRecord.numbered(["first", random.text(20) + ".\n" + passage]))
    _ = try workspace.scan("in") { $0.matching.find = .all }
    let line = try JSONTree(
      parsing: Array(workspace.bytes("results/passages.jsonl").split(separator: 0x0A)[0]))
    #expect(line["title"]?.string == "A heading of five words")
    #expect(line["excerpt"]?.string.map { passage.hasPrefix($0) && $0.utf8.count == 200 } == true)
    #expect(line["documents"]?.integer == 3)
    let places = try #require(line["places"]?.array)
    #expect(places.map { $0["row"]?.integer } == [0, 1, 3])
    #expect(places.map { $0["line"]?.integer } == [4, 4, 2])
    let cut = places.dropFirst().reduce(0) {
      $0 + ($1["end"]?.integer ?? 0) - ($1["start"]?.integer ?? 0)
    }
    #expect(line["cut_bytes"]?.integer == cut)
  }
}
