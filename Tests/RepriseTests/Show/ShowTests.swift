import Foundation
import Reprise
import Testing

@Suite("Documents of a scan that are shown")
struct ShowTests {
  /// What is neither white space nor a break of a text.
  private static func dense(_ text: String) -> String { text.filter { !$0.isWhitespace } }

  private static func first(_ texts: AlignedTexts?) -> String {
    dense((texts?.rows ?? []).flatMap(\.first).map(\.text).joined())
  }

  private static func second(_ texts: AlignedTexts?) -> String {
    dense((texts?.rows ?? []).flatMap(\.second).map(\.text).joined())
  }

  /// A kept text, and one of each kind that repeats it.
  private static func texts() -> [(id: String, text: String)] {
    var random = RandomTexts(seed: 77)
    let text = (0..<12).map { _ in random.text(30) + "." }.joined(separator: "\n")
    var words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    words[100] = "another"
    words.insert("inserted", at: 200)
    return [
      ("kept", text), ("exact", text), ("words", text.uppercased()),
      ("near", words.joined(separator: " ")),
      ("trim", random.text(80) + ".\n" + text + "\n" + random.text(80) + "."),
      ("other", random.text(100)),
    ]
  }

  private static func check(_ show: Show, _ texts: [(id: String, text: String)]) throws {
    let documents = try show.documents(texts.map(\.id))
    for (document, (id, text)) in zip(documents, texts) {
      switch id {
      case "kept", "other":
        #expect(document.entry.status == .keep && document.text == text)
      case "trim":
        let cut = try #require(document.cuts.first)
        #expect(document.cuts.count == 1)
        let bytes = Array(text.utf8)[cut.cut.start..<cut.cut.end]
        let kept = Array(texts[0].text.utf8)[cut.cut.sourceStart..<cut.cut.sourceEnd]
        #expect(second(cut.texts) == dense(String(decoding: bytes, as: UTF8.self)))
        #expect(first(cut.texts) == dense(String(decoding: kept, as: UTF8.self)))
        #expect(cut.texts?.onlySecond == 0 && cut.texts?.onlyFirst == 0)
      default:
        #expect(document.entry.reason?.rawValue == id)
        #expect(document.partner?.id == "kept")
        #expect(first(document.texts) == dense(texts[0].text))
        #expect(second(document.texts) == dense(text))
        let edits = [document.texts?.onlyFirst, document.texts?.onlySecond]
        #expect(edits == (id == "near" ? [1, 2] : [0, 0]))
      }
    }
  }

  @Test(
    "are read again from each format", arguments: ["jsonl", "jsonl.gz", "jsonl.zst", "json", "csv"])
  func formats(format: String) throws {
    let texts = Self.texts()
    let workspace = try Workspace()
    func json(_ text: String) throws -> String {
      String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
    }
    let records = try texts.map { "{\"id\":\(try json($0.id)),\"text\":\(try json($0.text))}" }
    let content =
      switch format {
      case "json": "[\n" + records.joined(separator: ",\n") + "\n]\n"
      case "csv": "id,text\r\n" + texts.map { "\($0.id),\"\($0.text)\"\r\n" }.joined()
      default: records.joined(separator: "\n") + "\n"
      }
    let packing: Compression =
      format.hasSuffix("gz") ? .gzip : format.hasSuffix("zst") ? .zstd : .none
    try workspace.write("a.\(format)", Array(content.utf8), packed: packing)
    _ = try workspace.scan("a.\(format)", into: "results") {
      $0.matching.find = .all
      // The longest text has all of the others.
      $0.matching.cuts.contained = 0
    }
    let show = Show(workspace.path("results"))
    try Self.check(show, texts)
    let pair = try show.pair("near", "trim")
    #expect(Self.first(pair.texts) == Self.dense(texts[3].text))
    #expect(Self.second(pair.texts) == Self.dense(texts[4].text))
    #expect(pair.similarity > 0.3 && pair.similarity < 0.8)
    let cluster = try #require(try show.documents(["kept"])[0].entry.cluster)
    #expect(try show.cluster(cluster).map(\.id) == ["kept", "exact", "words", "near"])
    #expect(try show.cluster(cluster + 100).isEmpty)
    let passage = try show.passage(0)
    #expect(passage.texts?.common == passage.entry.words)
    let sample = try show.sample(3)
    #expect(sample.documents.count == 3 && sample.total == 4)
    #expect(
      try show.sample(3).documents.map(\.entry.id) == sample.documents.map(\.entry.id))
    let near = try show.sample(10, reason: .near, similarities: 0.8...0.999)
    #expect(near.documents.map(\.entry.id) == ["near"] && near.total == 1)
  }

  @Test("are articles of a text in another encoding")
  func articles() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 5)
    let article = "Caf\u{E9} " + random.text(100)
    let text = "Artikel 1\n\(random.text(60)).\n\(article).\nArtikel 2\n\(article).\n"
    let latin = text.unicodeScalars.map { UInt8($0.value) }
    try workspace.write("in/a.txt", latin)
    _ = try workspace.scan("in", into: "results") {
      $0.matching.find = .all
      $0.input.encoding = "ISO-8859-1"
      $0.input.articles = .before("^Artikel")
    }
    let reader = try ManifestReader(resultsFolder: workspace.path("results"))
    var entries: [ManifestEntry] = []
    while let entry = try reader.next() { entries.append(entry) }
    #expect(entries.count == 2)
    let show = Show(workspace.path("results"))
    let documents = try show.documents(entries.map { "\($0.source)@\($0.offset)" })
    let shown =
      documents.compactMap(\.text).joined()
      + documents.flatMap(\.cuts).map {
        Self.second($0.texts)
      }.joined()
    #expect(documents.map(\.entry.id) == entries.map(\.id))
    #expect(shown.contains("Caf\u{E9}"))
  }

  @Test("are named exactly, or the error says what there is")
  func names() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 6)
    let text = random.text(50)
    try workspace.write(
      "in/a.jsonl",
      text: ["alpha", "twice", "twice"].map { "{\"id\":\"\($0)\",\"text\":\"\(text)\"}\n" }.joined()
    )
    _ = try workspace.scan("in", into: "results")
    let show = Show(workspace.path("results"))
    func message(_ name: String) -> String {
      do {
        _ = try show.documents([name])
        return ""
      } catch { return "\(error)" }
    }
    #expect(message("alphb").contains("no document has the id alphb; the most alike are alpha"))
    let source = workspace.path("in/a.jsonl") as String
    let offset = "{\"id\":\"alpha\",\"text\":\"\(text)\"}\n".utf8.count
    #expect(message("twice").contains("several documents have the id twice: \(source)@\(offset), "))
    #expect(try show.documents(["\(source)@\(offset)"])[0].entry.id == "twice")
    #expect(message("\(source)@\(offset + 1)").contains("no document"))
    #expect(throws: RepriseError.self) { try show.passage(3) }
    try workspace.write("in/a.jsonl", text: "{}\n")
    #expect(message("alpha").contains("when it was scanned"))
    #expect(throws: RepriseError.self) { try Show(workspace.path("in")).documents(["a"]) }
  }

  @Test("stand next to reference documents")
  func references() throws {
    let workspace = try Workspace()
    let texts = Self.texts()
    try workspace.write("old/a.txt", text: texts[0].text)
    try workspace.write("in/b.txt", text: texts[3].text)
    _ = try workspace.scan("in", into: "results") {
      $0.input.references = [workspace.path("old")]
    }
    let sample = try Show(workspace.path("results")).sample(1)
    let document = try #require(sample.documents.first)
    #expect(document.partner == nil && document.entry.duplicateIn != nil)
    #expect(Self.first(document.texts) == Self.dense(texts[0].text))
    #expect(Self.second(document.texts) == Self.dense(texts[3].text))
  }

  @Test("are summed up: the passage in most documents, clusters, files, thresholds")
  func overview() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 78)
    let (passage, page) = (random.text(120) + ".", random.text(200))
    func own() -> String { random.text(90) + "." }
    let first = (0..<4).map { TestRecord("a\($0)", own() + "\n" + passage + "\n" + own()) }
    let second = [
      TestRecord("b0", page), TestRecord("b1", page + " more"),
      TestRecord("b2", own() + "\n" + passage + "\n" + own()), first[0],
    ]
    try workspace.write("in/a.jsonl", TestRecord.lines(first))
    try workspace.write("in/b.jsonl", TestRecord.lines(second))
    let results = try workspace.scan("in") { $0.matching.find = .all }
    let overview = try Show(workspace.path("results")).overview()
    #expect(overview.spread.first?.documentCount == 5)
    #expect(overview.clusters.map(\.memberCount) == [2, 2])
    var expected: [[String]: Int] = [:]
    for entry in results.entries {
      let name = String(entry.source.suffix(7))
      if entry.status == .drop {
        expected[[name, String((entry.duplicateSource ?? "").suffix(7))], default: 0] +=
          entry.length
      }
      for cut in entry.cuts {
        let kept = cut.duplicateRow.map { results.entries[$0].source } ?? ""
        expected[[name, String(kept.suffix(7))], default: 0] += cut.end - cut.start
      }
    }
    #expect(overview.repeats.count == expected.count && expected.count == 3)
    for pair in overview.repeats {
      let names = [pair.file, pair.kept].map { String($0.suffix(7)) }
      #expect(expected[names] == pair.byteCount, "\(pair)")
    }
    // The text before the first 0: that of a0 is a, that of a1 is not.
    let groups = try Show(workspace.path("results")).overview(documentGrouping: .id(separator: "0"))
    var byID: [[String]: Int] = [:]
    func group(_ id: String) -> String {
      id.hasSuffix("0") ? String(id.dropLast()) : "ids without 0"
    }
    for entry in results.entries {
      if entry.status == .drop {
        byID[[group(entry.id), group(entry.duplicateOf ?? "")], default: 0] += entry.length
      }
      for cut in entry.cuts {
        byID[[group(entry.id), group(cut.duplicateOf)], default: 0] += cut.end - cut.start
      }
    }
    #expect(groups.groupNoun == "group" && byID.count > 2 && groups.repeats.count == byID.count)
    for pair in groups.repeats { #expect(byID[[pair.file, pair.kept]] == pair.byteCount) }
    let near = results.entries.count { $0.reason == .near }
    #expect(near == 1 && overview.thresholds.first(where: \.isOwn)?.nearDuplicates == near)
  }

  @Test("are not more than there are documents, at a threshold below many pairs")
  func thresholdsBelow() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 80)
    let words = random.words(60)
    let texts = (0..<6).map { number in
      var changed = words
      changed[5 + 9 * number] = "changed\(number)"
      return changed.joined(separator: " ")
    }
    try workspace.write("a.jsonl", records: TestRecord.numbered(texts))
    let results = try workspace.scan("a.jsonl") { $0.matching.threshold = 0.72 }
    #expect(results.ids(.keep).count == 6)
    let thresholds = try Show(workspace.path("results")).overview().thresholds
    #expect(thresholds.first { $0.value == 0.6 }?.nearDuplicates == 5)
    #expect(thresholds.allSatisfy { $0.nearDuplicates <= 5 })
  }

  @Test("may be reference documents, named by file and offset or as a dropped document names them")
  func referencePairs() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 79)
    let (old, other) = (random.text(100), random.text(100))
    try workspace.write(
      "old.jsonl", TestRecord.lines([TestRecord("o0", other), TestRecord("o1", old)]))
    try workspace.write(
      "new.jsonl",
      TestRecord.lines([TestRecord("n0", old + " more"), TestRecord("n1", other + " x y")]))
    let results = try workspace.scan("new.jsonl") {
      $0.input.references = [workspace.path("old.jsonl")]
    }
    let show = Show(workspace.path("results"))
    let drop = try #require(results.entries.first)
    let place = "\(drop.duplicateSource ?? "")@\(drop.duplicateOffset ?? 0)"
    for name in ["o1", place] {
      let pair = try show.pair(name, "n0")
      #expect(Self.first(pair.texts) == Self.dense(old))
      #expect(Self.second(pair.texts) == Self.dense(old + " more"))
      #expect(pair.similarity == drop.similarity)
    }
    #expect(throws: RepriseError.self) { try show.pair("o2", "n0") }
  }

  @Test(
    "may be reference documents of one id, if a passage is cut",
    arguments: ["jsonl", "csv", "txt"])
  func referenceCuts(format: String) throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 81)
    let shared = random.text(90)
    let texts = [random.text(40), random.text(40) + ". " + shared + ". " + random.text(40)]
    switch format {
    case "jsonl":
      try workspace.write("old.jsonl", TestRecord.lines(texts.map { TestRecord("x", $0) }))
    case "csv":
      try workspace.write("old.csv", text: "id,text\n" + texts.map { "x,\($0)\n" }.joined())
    default: try workspace.write("old.txt", text: texts[1])
    }
    let own = random.text(200) + ".\n" + shared + ".\n" + random.text(200)
    try workspace.write("new.jsonl", TestRecord.lines([TestRecord("n", own)]))
    let results = try workspace.scan("new.jsonl") {
      $0.input.references = [workspace.path("old.\(format)")]
      $0.matching.find = .all
    }
    let cut = try #require(results.entries.first?.cuts.first)
    #expect(cut.duplicateRow == nil && cut.duplicateIn != nil)
    let show = Show(workspace.path("results"))
    let shown = try #require(try show.documents(["n"]).first?.cuts.first?.texts)
    #expect(Self.first(shown) == Self.second(shown))
    #expect(Self.dense(shared).hasPrefix(Self.first(shown).prefix(200)))
    let passage = try show.passage(0)
    #expect(passage.entry.occurrences.allSatisfy { $0.offset != nil })
    #expect(passage.texts?.common == passage.entry.words)
  }

  @Test("that have changed since the scan are refused, or read as they are and named")
  func changed() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 82)
    let text = random.text(100)
    func lines(_ last: String) -> [UInt8] {
      TestRecord.lines([TestRecord("a", text), TestRecord("b", text + " \(last)")])
    }
    try workspace.write("in/a.jsonl", lines("one"))
    _ = try workspace.scan("in")
    let path: BytePath = workspace.path("results")
    let reader = Show(path)
    #expect(Self.second(try reader.documents(["b"])[0].texts).hasSuffix("one"))
    // The same number of bytes.
    try workspace.write("in/a.jsonl", lines("two"))
    let error = #expect(throws: RepriseError.self) { try reader.documents(["b"]) }
    #expect(error?.description.contains("other bytes than when it was scanned") == true)
    let show = Show(path, allowsChanges: true)
    #expect(Self.second(try show.documents(["b"])[0].texts).hasSuffix("two"))
    let file: BytePath = workspace.path("in/a.jsonl")
    #expect(show.changes.paths == [file])
    // A document that is no longer there has no text.
    try workspace.write("in/a.jsonl", TestRecord.lines([TestRecord("a", text)]))
    let gone = Show(path, allowsChanges: true)
    #expect(Self.second(try gone.documents(["b"])[0].texts).isEmpty)
    try FileManager.default.removeItem(at: workspace.url("in/a.jsonl"))
    #expect(throws: RepriseError.self) {
      try Show(path, allowsChanges: true).documents(["b"])
    }
  }

  @Test(
    "are told apart by a field, which may be missing, a number or a column",
    arguments: ["jsonl", "json", "csv", "jsonl.gz"])
  func fields(format: String) throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 83)
    let page = random.text(80)
    let passage = (0..<4).map { _ in random.text(20) + "." }.joined(separator: "\n")
    let documents: [(kind: String?, text: String)] = [
      ("news", page), ("7", page), ("7", page + " more"), (nil, page + " x"),
      ("news", random.text(100) + ".\n" + passage), ("7", random.text(100) + ".\n" + passage),
      (nil, random.text(50)),
    ]
    var content = ""
    for (index, document) in documents.enumerated() {
      let kind = document.kind.map { $0 == "7" ? "7" : "\"\($0)\"" }
      let text = String(decoding: try JSONEncoder().encode(document.text), as: UTF8.self)
      let field = kind.map { "\"meta\":{\"kind\":\($0)}," } ?? ""
      content +=
        format == "csv"
        ? "\(document.kind ?? ""),\"\(document.text)\"\n"
        : (format == "json" && index > 0 ? ",\n" : "") + "{\(field)\"text\":\(text)}"
          + (format == "json" ? "" : "\n")
    }
    if format == "csv" { content = "meta.kind,text\n" + content }
    if format == "json" { content = "[\(content)]" }
    let packing: Compression = format.hasSuffix("gz") ? .gzip : .none
    try workspace.write("a.\(format)", Array(content.utf8), packed: packing)
    let results = try workspace.scan("a.\(format)") { $0.matching.find = .all }
    func group(_ row: Int) -> String {
      documents[row].kind ?? (format == "csv" ? "" : "without meta.kind")
    }
    var expected: [[String]: Int] = [:]
    for (row, entry) in results.entries.enumerated() {
      if entry.status == .drop, let kept = entry.duplicateRow {
        expected[[group(row), group(kept)], default: 0] += entry.length
      }
      for cut in entry.cuts {
        let kept = try #require(cut.duplicateRow)
        expected[[group(row), group(kept)], default: 0] += cut.end - cut.start
      }
    }
    #expect(expected.count == 2)
    let show = Show(workspace.path("results"))
    let overview = try show.overview(documentGrouping: .field("meta.kind"))
    let found = overview.repeats.map { ([$0.file, $0.kept], $0.byteCount) }
    #expect(Dictionary(found) { $0 + $1 } == expected)
    let error = #expect(throws: RepriseError.self) {
      try show.overview(documentGrouping: .field("other"))
    }
    #expect(error?.description.contains("\"other\"") == true)
  }
}
