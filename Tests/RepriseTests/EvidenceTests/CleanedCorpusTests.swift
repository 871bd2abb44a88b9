import Foundation
import Reprise
import Testing

@Suite("Evidence: cleaned corpora")
struct CleanedCorpusTests {
  private static let policies = [
    KeepPolicy.first, .longest, .highest(field: "rank"), .newest(field: "rank"),
  ]

  @Test("kept lines of JSON Lines stay as they are, in order", arguments: policies)
  func records(keep: KeepPolicy) throws {
    let workspace = try Workspace()
    let records = MixedCorpus(families: 200, seed: 80).records
    try workspace.write("corpus/a.jsonl", records: Array(records[..<100]))
    try workspace.write("corpus/more/b.jsonl", records: Array(records[100...]))
    let results = try workspace.scan("corpus") { $0.matching.keep = keep }
    let report = try workspace.clean()
    #expect(report.droppedCount == results.ids(.drop).count && report.droppedCount > 50)
    #expect(report.documentCount == records.count)
    let dropped = Set(results.ids(.drop))
    for (name, part) in [("a.jsonl", records[..<100]), ("more/b.jsonl", records[100...])] {
      let kept = part.filter { !dropped.contains($0.id) }
      let isSame = try workspace.bytes("cleaned/\(name)") == TestRecord.lines(kept)
      #expect(isSame, "\(name)")
    }
    try expectCleanStays(workspace, ["a.jsonl", "more/b.jsonl"]) { $0.matching.keep = keep }
  }

  @Test("lines that hold no document, and odd line ends, stay", arguments: [true, false])
  func oddLines(endsWithLineFeed: Bool) throws {
    let workspace = try Workspace()
    let text = "one two three four five six"
    let lines = [
      "\u{FEFF}" + TestRecord("a", text).line + "\r", "", "not a record",
      TestRecord("b", text).line,
      "  ", TestRecord("c", text).line + "\r", "{\"id\":\"d\"}",
      TestRecord("e", "other").line + " ",
      TestRecord("f", text).line,
    ]
    let end = endsWithLineFeed ? "\n" : ""
    try workspace.write("odd.jsonl", text: lines.joined(separator: "\n") + end)
    let results = try workspace.scan("odd.jsonl")
    #expect(results.ids(.drop) == ["b", "c", "f"])
    try workspace.clean()
    let kept = [0, 1, 2, 4, 6, 7].map { lines[$0] + "\n" }.joined()
    #expect(try String(decoding: workspace.bytes("cleaned/odd.jsonl"), as: UTF8.self) == kept)
    try expectCleanStays(workspace, ["odd.jsonl"])
  }

  @Test("text files go or stay as a whole")
  func textFiles() throws {
    let workspace = try Workspace()
    var kept: [String: [UInt8]] = [:]
    for (index, record) in MixedCorpus(families: 60, seed: 81).records.enumerated() {
      try workspace.write("texts/\(index % 3)/\(index).txt", text: record.text)
    }
    let results = try workspace.scan("texts")
    for entry in results.entries where entry.status != .drop {
      let name = String(entry.source.dropFirst(workspace.path("texts/").count + 1))
      kept[name] = try workspace.bytes("texts/\(name)")
    }
    let report = try workspace.clean()
    #expect(report.omittedFiles.count == results.ids(.drop).count && report.droppedCount > 15)
    #expect(try workspace.files(below: "cleaned") == kept.keys.sorted())
    for (name, bytes) in kept { #expect(try workspace.bytes("cleaned/\(name)") == bytes) }
    try expectCleanStays(workspace, kept.keys.sorted())
  }

  @Test("of articles within files those that repeat are cut out")
  func articles() throws {
    var random = RandomTexts(seed: 82)
    let all = (0..<12).map { "Title \($0)\n\n\(random.text(60))\nEnd of article.\n" }
    // What each file holds, and what stays of it.
    let files = [
      ("a.txt", [0, 1, 2], [0, 1, 2]), ("b.txt", [3, 1, 4], [3, 4]), ("c.txt", [2, 0], []),
      ("d.txt", [5, 5, 6, 5], [5, 6]), ("e.txt", [4, 7], [7]), ("f.txt", [8, 9, 0], [8, 9]),
    ]
    let workspace = try Workspace()
    for (name, articles, _) in files {
      try workspace.write("news/\(name)", text: articles.map { all[$0] }.joined())
    }
    let results = try workspace.scan("news") { $0.input.articles = .after("^End of article") }
    results.checkInvariants()
    #expect(results.entries.count == 17 && results.ids(.drop).count == 7)
    try workspace.clean()
    for (name, _, kept) in files where !kept.isEmpty {
      let text = String(decoding: try workspace.bytes("cleaned/\(name)"), as: UTF8.self)
      #expect(text == kept.map { all[$0] }.joined(), "\(name)")
    }
    let names = files.filter { !$0.2.isEmpty }.map(\.0)
    try expectCleanStays(workspace, names) { $0.input.articles = .after("^End of article") }
  }

  @Test("packed files are cleaned as plain ones are", arguments: [Compression.gzip, .zstd])
  func packed(compression: Compression) throws {
    let workspace = try Workspace()
    let name = compression == .gzip ? "a.jsonl.gz" : "a.jsonl.zst"
    let bytes = TestRecord.lines(MixedCorpus(families: 100, seed: 83).records)
    try workspace.write("plain/a.jsonl", bytes)
    try workspace.write("packed-\(name)", bytes, packed: compression)
    _ = try workspace.scan("plain", into: "1")
    _ = try workspace.scan("packed-\(name)", into: "2")
    let plain = try workspace.clean("1", to: "cleaned-1")
    let packed = try workspace.clean("2", to: "cleaned-2")
    #expect(plain.droppedCount == packed.droppedCount && plain.droppedCount > 20)
    #expect(plain.outputByteCount == packed.outputByteCount)
    let file = BytePath(workspace.path("cleaned-2/packed-\(name)"))
    let content = try InputFile.content(of: file)
    let isSame = try content == workspace.bytes("cleaned-1/a.jsonl")
    #expect(isSame)
  }

  @Test("of the two files with an article in common the second loses it")
  func seeds() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../../seeds").standardizedFileURL
    let names = ["000_60aab2c282236603.txt", "002_9725aa8402de1287.txt"]
    let originals = try names.map { Array(try Data(contentsOf: folder.appendingPathComponent($0))) }
    let workspace = try Workspace()
    for (name, bytes) in zip(names, originals) { try workspace.write("seeds/\(name)", bytes) }
    let results = try workspace.scan("seeds") {
      $0.input.articles = .after("^This article first appeared in")
    }
    results.checkInvariants()
    #expect(results.entries.map(\.status) == [.keep, .keep, .keep, .drop])
    let dropped = try #require(results.entries.last)
    #expect(dropped.reason == .exact && dropped.duplicateOf == results.entries[1].id)
    #expect(dropped.offset == 17_908 && dropped.length == originals[1].count - 17_908)
    try workspace.clean()
    let cleaned = try names.map { try workspace.bytes("cleaned/\($0)") }
    #expect(cleaned[0] == originals[0])
    #expect(cleaned[1] == Array(originals[1].prefix(17_908)))
    try expectCleanStays(workspace, names) {
      $0.input.articles = .after("^This article first appeared in")
    }
  }

  @Test("articles of a large file are counted and cut through all of it", arguments: [true, false])
  func largeArticles(endsArticle: Bool) throws {
    var random = RandomTexts(seed: 84)
    // Two megabytes, which are read in pieces.
    let bodies = (0..<90).map { _ in random.text(2_000).replacing(" a", with: "\na") }
    let order = (0..<130).map { $0 % 90 }
    let articles = order.map { endsArticle ? "\(bodies[$0])\n#\n" : "#\n\(bodies[$0])\n" }
    let rule = endsArticle ? InputOptions.ArticleSplit.after("^#$") : .before("^#$")
    let workspace = try Workspace()
    try workspace.write("large.txt", text: articles.joined())
    let results = try workspace.scan("large.txt") { $0.input.articles = rule }
    results.checkInvariants()
    #expect(results.entries.count == 130)
    var (line, offset) = (1, 0)
    for (index, entry) in results.entries.enumerated() {
      #expect(entry.id == "\(workspace.path("large.txt"))#\(line)")
      #expect(entry.offset == offset && entry.length == articles[index].utf8.count)
      #expect(entry.status == (index < 90 ? .keep : .drop))
      #expect(index < 90 || entry.duplicateOf == results.entries[index - 90].id)
      line += articles[index].utf8.filter { $0 == 0x0A }.count
      offset += articles[index].utf8.count
    }
    try workspace.clean()
    let isSame = try workspace.bytes("cleaned/large.txt") == Array(articles[..<90].joined().utf8)
    #expect(isSame)
    try expectCleanStays(workspace, ["large.txt"]) { $0.input.articles = rule }
  }

  @Test(
    "also where there are more similar documents than are compared, a second scan finds nothing")
  func crowdedBuckets() throws {
    var random = RandomTexts(seed: 85)
    let boilerplate = random.words(180)
    let records = (0..<300).map { index in
      let place = random.number(below: 181)
      let words = boilerplate[..<place] + random.words(19) + boilerplate[place...]
      return TestRecord("d\(index)", words.joined(separator: " "))
    }
    let workspace = try Workspace()
    try workspace.write("crowded.jsonl", records: records)
    let results = try workspace.scan("crowded.jsonl")
    try #require(results.summary.survivorLimitHits > 0 && !results.ids(.drop).isEmpty)
    try workspace.clean()
    try expectCleanStays(workspace, ["crowded.jsonl"])
  }

  @Test("what could not be read is copied as it is")
  func unreadable() throws {
    let workspace = try Workspace()
    try workspace.write("all/a.txt", text: "one two")
    try workspace.write("all/b.txt", text: "One, two")
    try workspace.write("all/c.txt", [0xFF, 0xFE, 0x41, 0x00])
    try workspace.write("all/d.txt.gz", Array("not packed".utf8))
    try workspace.write("all/e.txt", [0x61, 0xFF, 0x00])
    try workspace.scan("all").checkInvariants()
    try workspace.clean()
    for name in ["a.txt", "c.txt", "d.txt.gz", "e.txt"] {
      #expect(try workspace.bytes("cleaned/\(name)") == workspace.bytes("all/\(name)"), "\(name)")
    }
    #expect(try workspace.files(below: "cleaned").count == 4)
  }

  /// Scans what was cleaned, finds nothing, and cleans it to the same bytes.
  private func expectCleanStays(
    _ workspace: Workspace, _ names: [String],
    _ configure: (inout ScanOptions) -> Void = { _ in }
  ) throws {
    let again = try workspace.scan("cleaned", into: "again", configure)
    again.checkInvariants()
    #expect(again.ids(.drop).isEmpty)
    let report = try workspace.clean("again", to: "cleaned-again")
    #expect(report.droppedCount == 0 && report.outputByteCount == report.inputByteCount)
    #expect(try workspace.files(below: "cleaned") == names.sorted())
    #expect(try workspace.files(below: "cleaned-again") == names.sorted())
    for name in names {
      let isSame =
        try workspace.bytes("cleaned/\(name)") == workspace.bytes("cleaned-again/\(name)")
      #expect(isSame, "\(name)")
    }
  }
}
