import Reprise
import Testing

struct PassageScanTests {
  private let workspace: PassageWorkspace

  init() throws { workspace = try PassageWorkspace() }

  /// A record as a line; the text stands there as it is given, escapes and all.
  private func line(_ id: Int, _ rawText: String) -> String {
    #"{"before" : [1, {"text": "no"}],  "id": "\#(id)", "text": "\#(rawText)", "after": "\u00e9"}"#
  }

  @Test func `of a JSON Lines record only the text loses bytes, escapes and all`() throws {
    var source = WordSource(seed: 1)
    let plain = source.words(80)
    let escaped = plain.replacing(" ", with: #"\n"#).replacing("a", with: #"\u0061"#)
    let (head, tail) = (source.words(30), source.words(30))
    let lines = [
      line(1, source.words(20) + " " + plain + "."),
      line(2, head + #"\t\ud83d\ude00 \""# + escaped + #"\"\\ "# + tail),
      line(3, source.words(50)),
    ]
    try workspace.write(lines.joined(separator: "\n") + "\n", to: "docs.jsonl")
    let summary = try workspace.scan("docs.jsonl") { $0.matching.cuts.ends = .words }
    #expect(summary.documents.trimmed == 1 && summary.passageCount == 1)
    let report = try Clean(
      CleanOptions(results: workspace.path("results"), output: workspace.path("cleaned"))
    ).run()
    #expect(report.trimmedCount == 1)
    let expected = [
      lines[0], line(2, head + #"\t\ud83d\ude00 \"\"\\ "# + tail), lines[2],
    ]
    #expect(try workspace.text("cleaned/docs.jsonl") == expected.joined(separator: "\n") + "\n")
    #expect(try workspace.scan("cleaned/docs.jsonl", to: "again").passageCount == 0)
  }

  @Test func `cuts of text files and of articles are bytes of the document`() throws {
    var source = WordSource(seed: 2)
    let passage = source.words(70)
    let (one, other) = (source.words(40), source.words(40))
    try workspace.write(one + "\n\n" + passage + ".\n", to: "docs/a.txt")
    try workspace.write(
      "\u{FEFF}Title\n===\n" + other + "\n" + passage.uppercased() + "!", to: "docs/b.txt")
    let summary = try workspace.scan("docs") { $0.input.articles = .after("^===") }
    #expect(summary.documents.total == 3 && summary.documents.trimmed == 1)
    _ = try Clean(
      CleanOptions(results: workspace.path("results"), output: workspace.path("cleaned"))
    ).run()
    #expect(try workspace.text("cleaned/a.txt") == one + "\n\n" + passage + ".\n")
    #expect(try workspace.text("cleaned/b.txt") == "\u{FEFF}Title\n===\n" + other + "\n!")
  }

  @Test func `of similar documents that others have, what only one has stays`() throws {
    var source = WordSource(seed: 4)
    let (one, other) = (source.words(60), source.words(60))
    try workspace.write(source.words(90) + " " + one, to: "docs/a.txt")
    try workspace.write(other + ". " + source.words(90), to: "docs/b.txt")
    try workspace.write(one + "; " + other + "\n", to: "docs/c.txt")
    try workspace.write(one + "; " + other + " more\n", to: "docs/d.txt")
    let summary = try workspace.scan("docs")
    #expect(summary.documents.nearDuplicates == 0 && summary.documents.contained == 1)
    let entries = try workspace.lines("manifest.jsonl")
    #expect(entries[2]["status"]?.string == "drop" && entries[2]["reason"]?.string == "contained")
    #expect(entries[3]["status"]?.string == "trim")
    _ = try Clean(
      CleanOptions(results: workspace.path("results"), output: workspace.path("cleaned"))
    ).run()
    #expect(try workspace.text("cleaned/d.txt").contains("more"))
  }

  @Test func `a document that is nothing but passages of others is dropped`() throws {
    var source = WordSource(seed: 3)
    let (one, other) = (source.words(60), source.words(60))
    try workspace.write(source.words(90) + " " + one, to: "docs/a.txt")
    try workspace.write(other + ". " + source.words(90), to: "docs/b.txt")
    try workspace.write(one + "; " + other + "\n", to: "docs/c.txt")
    let summary = try workspace.scan("docs")
    #expect(summary.documents.passageDuplicates == 1 && summary.documents.trimmed == 0)
    let entry = try workspace.lines("manifest.jsonl")[2]
    #expect(entry["status"]?.string == "drop" && entry["reason"]?.string == "passage")
    #expect(entry["cuts"]?.array?.count == 2)
    let report = try Clean(
      CleanOptions(results: workspace.path("results"), output: workspace.path("cleaned"))
    ).run()
    #expect(report.writtenFileCount == 2 && report.droppedCount == 1)
  }

  @Test func `the keep order says which copy stays`() throws {
    var source = WordSource(seed: 4)
    let passage = source.words(70)
    let lines = (1...5).map { number in
      #"{"id": \#(number), "n": \#(number % 4), "text": "\#(source.words(40 * number)) \#(passage)"}"#
    }
    try workspace.write(lines.joined(separator: "\n"), to: "docs.jsonl")
    for (keep, kept) in [
      (KeepPolicy.first, "1"), (.longest, "5"), (.highest(field: "n"), "3"),
    ] {
      _ = try workspace.scan("docs.jsonl") { $0.matching.keep = keep }
      let places = try workspace.lines("passages.jsonl").first?["places"]?.array ?? []
      #expect(places.count == 5)
      #expect(places.first?["id"]?.string == kept)
    }
  }

  @Test func `what is found does not depend on the number of threads`() throws {
    var source = WordSource(seed: 5)
    var earlier: [String] = []
    var lines: [String] = []
    for number in 0..<300 {
      var text = source.words(30 + source.next(below: 200))
      for _ in 0..<source.next(below: 3) where !earlier.isEmpty {
        text += " " + earlier[source.next(below: earlier.count)]
      }
      earlier.append(source.words(40 + source.next(below: 60)))
      text += " " + earlier[earlier.count - 1]
      lines.append(line(number, text))
    }
    try workspace.write(lines.joined(separator: "\n"), to: "docs.jsonl")
    var results: [[[UInt8]]] = []
    for threads in [1, 2, 8] {
      _ = try workspace.scan("docs.jsonl") { $0.resources.threads = threads }
      results.append([
        try workspace.bytes("results/passages.jsonl"),
        try workspace.bytes("results/manifest.jsonl"),
      ])
    }
    #expect(results[0] == results[1] && results[1] == results[2])
    #expect(!results[0][0].isEmpty)
  }

  @Test func `each level can be looked for alone`() throws {
    var source = WordSource(seed: 6)
    let (copy, passage) = (source.words(100), source.words(60))
    let texts = [copy, copy, source.words(80) + " " + passage, passage + " " + source.words(80)]
    for (number, text) in texts.enumerated() { try workspace.write(text, to: "docs/\(number).txt") }
    let documents = try workspace.scan("docs") { $0.matching.find = .documents }
    #expect(documents.documents.exactDuplicates == 1 && documents.passageCount == 0)
    let passages = try workspace.scan("docs") { $0.matching.find = .passages }
    #expect(passages.documents.exactDuplicates == 0 && passages.passageCount == 2)
    #expect(passages.documents.contained == 1 && passages.documents.trimmed == 1)
    let all = try workspace.scan("docs")
    #expect(all.documents.exactDuplicates == 1 && all.passageCount == 1)
    #expect(all.documents.trimmed == 1)
  }

  @Test func `a footer of 3,000 documents is named once and cut nowhere`() throws {
    var source = WordSource(seed: 7)
    let footer = source.words(120)
    let lines = (0..<3000).map { line($0, source.words(60) + #".\n"# + footer) }
    try workspace.write(lines.joined(separator: "\n"), to: "docs.jsonl")
    let summary = try workspace.scan("docs.jsonl")
    #expect(summary.boilerplateCount == 1 && summary.passageCount == 0)
    #expect(summary.documents.trimmed == 0)
    let passage = try workspace.lines("passages.jsonl").first
    #expect(passage?["boilerplate_documents"]?.integer == 3000)
    #expect(passage?["text"]?.string == footer)
    #expect(passage?["places"]?.array?.count == 1)
  }

  @Test func `edited passages are the same with any number of threads and any memory`() throws {
    var source = WordSource(seed: 8)
    var lines: [String] = []
    for number in 0..<60 {
      let passage = source.words(90).split(separator: " ")
      let copy = passage.map { source.next(below: 100) < 12 ? "changed" : $0 }
      let (head, tail) = (source.words(40), source.words(40))
      lines.append(line(2 * number, head + " " + passage.joined(separator: " ")))
      lines.append(line(2 * number + 1, copy.joined(separator: " ") + " " + tail))
    }
    try workspace.write(lines.joined(separator: "\n"), to: "docs.jsonl")
    var results: [[UInt8]] = []
    for (threads, memory) in [(1, 1 << 30), (4, 1 << 30), (3, 1 << 18)] {
      let summary = try workspace.scan("docs.jsonl") {
        $0.matching.minimumIdentity = 0.7
        $0.resources.threads = threads
        $0.hooks.workByteCount = 1 << 22
        $0.hooks.passageByteCount = memory
      }
      #expect(summary.passageCount >= 57)
      results.append(try workspace.bytes("results/passages.jsonl"))
    }
    #expect(results[0] == results[1] && results[1] == results[2])
    let summary = try workspace.scan("docs.jsonl", to: "default")
    #expect(summary.passageCount < 30)
  }

  @Test(arguments: [0.49, 1.01, -1, .nan])
  func `an identity that cannot be asked for is refused`(identity: Double) throws {
    try workspace.write("text", to: "docs/a.txt")
    #expect(throws: RepriseError.self) {
      try workspace.scan("docs") { $0.matching.minimumIdentity = identity }
    }
  }

  @Test func `a passage shorter than can be asked for is refused`() throws {
    try workspace.write("text", to: "docs/a.txt")
    for words in [0, 15, 1_000_001] {
      #expect(throws: RepriseError.self) {
        try workspace.scan("docs") { $0.matching.minimumPassage = words }
      }
    }
  }
}
