import Foundation
import Reprise
import Testing

@Suite("Evidence: damaged and odd input")
struct DamagedInputTests {
  private static let text = "one two three four five six seven"
  private static let filler = String(repeating: "so many words ", count: 2_500)
  private static func good(_ id: String) -> String { TestRecord(id, text).line }

  /// A line, the class of the problem with it, and what becomes of it; nil: it is no document.
  private static let lines: [(bytes: [UInt8], problem: String?, status: ManifestEntry.Status?)] = [
    (Array(good("first").utf8), nil, .keep),
    (Array(#"{"id":"cut","text":"one two"#.utf8), "malformed-json", .unreadable),
    ([], nil, nil),
    (Array(#"{"id":"no-text"}"#.utf8), "missing-text", .unreadable),
    (Array(#"{"id":"null","text":null}"#.utf8), "text-not-a-string", .unreadable),
    (Array(#"{"id":"number","text":12}"#.utf8), "text-not-a-string", .unreadable),
    (Array(#"{"id":"array","text":["a"]}"#.utf8), "text-not-a-string", .unreadable),
    (Array(good("first").utf8), "duplicate-id", .drop),
    (
      Array(#"{"id":"bad","text":"ab"#.utf8) + [0xFF, 0xC3] + Array(#""}"#.utf8), "invalid-utf-8",
      .keep
    ),
    ([0x20, 0x09], nil, nil),
    (
      Array(#"{"id":"nul","text":"a"#.utf8) + [0] + Array(#"b"}"#.utf8), "malformed-json",
      .unreadable
    ),
    (Array(#"{"id":"escaped-nul","text":"a\u0000b"}"#.utf8), nil, .keep),
    (Array(#"{"id":"lone","text":"half \ud83d."}"#.utf8), "lone-surrogate", .keep),
    (Array(#"["id","text"]"#.utf8), "not-an-object", .unreadable),
    (Array("null".utf8), "not-an-object", .unreadable),
    (Array((good("crlf") + "\r").utf8), nil, .drop),
    (Array((good("two") + good("objects")).utf8), "malformed-json", .unreadable),
    (Array("plain words".utf8), "malformed-json", .unreadable),
    (Array(TestRecord("filler", filler).line.utf8), nil, .keep),
    (Array(good("last").utf8), nil, .drop),
  ]

  @Test(
    "every bad line is reported with its file and line, and the rest goes on",
    arguments: [Compression.none, .gzip, .zstd], [true, false])
  func lines(compression: Compression, hasByteOrderMark: Bool) throws {
    let name = ["none": "a.jsonl", "gzip": "a.jsonl.gz"][compression.rawValue] ?? "a.jsonl.zst"
    let bytes = Array(Self.lines.map(\.bytes).joined(separator: [0x0A]))
    let workspace = try Workspace()
    try workspace.write(
      name, (hasByteOrderMark ? [0xEF, 0xBB, 0xBF] : []) + bytes, packed: compression)
    let results = try workspace.scan(name)
    try check(results, name, blocks: 1)
    let isDropped = results.entries.filter { $0.status == .drop }
    #expect(isDropped.allSatisfy { $0.duplicateOf == "first" })
  }

  @Test("lines are counted through large files", arguments: [Compression.none, .gzip])
  func manyLines(compression: Compression) throws {
    // Several pieces of a megabyte: what is bad in a later one is counted from the file's start.
    let name = compression == .none ? "large.jsonl" : "large.jsonl.gz"
    let block = Array(Self.lines.map { $0.bytes + [0x0A] }.joined())
    let blocks = 2_500_000 / block.count
    let workspace = try Workspace()
    try workspace.write(
      name, Array(repeatElement(block, count: blocks).joined()), packed: compression)
    let results = try workspace.scan(name)
    try check(results, name, blocks: blocks)
  }

  /// Compares the problems and the manifest with the table, written one or more times.
  private func check(_ results: ScanResults, _ name: String, blocks: Int) throws {
    let documents = Self.lines.filter { $0.status != nil }
    #expect(results.entries.count == documents.count * blocks)
    #expect(results.entries.prefix(documents.count).map(\.status) == documents.map(\.status))
    var expected: [String] = []
    for block in 0..<blocks {
      for (line, content) in Self.lines.enumerated() {
        guard let problem = content.problem, problem != "duplicate-id" else { continue }
        expected.append("\(name):\(block * Self.lines.count + line + 1) \(problem)")
      }
    }
    let found = results.problems.map(\.place)
    let isSame = found.filter { !$0.hasSuffix("duplicate-id") } == expected
    #expect(isSame, "\(found.prefix(20))")
    // All but the first of an id.
    let repeats = Self.lines.filter { $0.problem == "duplicate-id" }.count
    let named = ["first", "bad", "escaped-nul", "lone", "crlf", "filler", "last"].count
    let repeated = repeats * blocks + named * (blocks - 1)
    #expect(results.summary.problems["duplicate-id"] ?? 0 == repeated)
    #expect(results.summary.problemCount == results.problems.count)
    // Unreadable records are called by their line.
    let unreadable = results.entries.filter { $0.status == .unreadable }.map(\.id)
    let lines = Self.lines.enumerated().filter { $0.element.status == .unreadable }.map(\.offset)
    let ids = (0..<blocks).flatMap { block in
      lines.map { "\(name)#\(block * Self.lines.count + $0 + 1)" }
    }
    let isNamed = unreadable.map { $0.split(separator: "/").last.map(String.init) ?? "" } == ids
    #expect(isNamed, "\(unreadable.prefix(20))")
  }

  @Test("problems and names point at the bytes concerned")
  func places() throws {
    let workspace = try Workspace()
    let bytes = Array(Self.lines.map { $0.bytes + [0x0A] }.joined())
    try workspace.write("a.jsonl", bytes)
    let results = try workspace.scan("a.jsonl")
    let documents = Self.lines.filter { $0.status != nil }.map(\.bytes)
    for (entry, line) in zip(results.entries, documents) {
      #expect(Array(bytes[entry.offset..<entry.offset + entry.length]) == line)
    }
    for problem in results.problems {
      let byte = try #require(problem.byte)
      let line = bytes[..<min(byte, bytes.count)].filter { $0 == 0x0A }.count + 1
      #expect(problem.line == line, "\(problem.place)")
    }
  }

  @Test("odd text files are read, or kept and reported")
  func textFiles() throws {
    let text = Array(Self.text.utf8)
    let files: [(name: String, bytes: [UInt8], problem: String?, status: ManifestEntry.Status)] = [
      ("a-plain.txt", text + [0x0A], nil, .keep),
      ("b-mark.txt", [0xEF, 0xBB, 0xBF] + text, nil, .drop),
      ("c-crlf.txt", Array(Self.text.replacing(" ", with: "\r\n").utf8), nil, .drop),
      ("d-nul.txt", text.map { $0 == 0x20 ? 0 : $0 }, nil, .drop),
      ("e-utf-16.txt", [0xFF, 0xFE] + text.flatMap { [$0, 0] }, nil, .drop),
      ("f-utf-16.txt", [0xFE, 0xFF] + text.flatMap { [0, $0] }, nil, .drop),
      ("f-utf-16x.txt", text.flatMap { [0, $0] }, "not-text", .unreadable),
      ("g-invalid.txt", text + [0x20, 0xE2, 0x82], "invalid-utf-8", .keep),
      ("g-invalix.txt", text + [0x20, 0xE2, 0x82], "invalid-utf-8", .drop),
      ("h-named.txt.gz", text, "not-compressed", .unreadable),
      ("i-empty.txt.gz", [], "truncated", .unreadable),
    ]
    let workspace = try Workspace()
    for file in files { try workspace.write("texts/\(file.name)", file.bytes) }
    let results = try workspace.scan("texts")
    results.checkInvariants()
    #expect(results.entries.map(\.id) == files.map { workspace.path("texts/\($0.name)") })
    for (entry, file) in zip(results.entries, files) {
      #expect(entry.status == file.status, "\(file.name)")
      let problems = results.problems.filter { $0.source == entry.source }.map(\.class)
      #expect(problems == (file.problem.map { [$0] } ?? []), "\(file.name)")
    }
  }

  @Test("what a damaged packed file still holds is read", arguments: [Compression.gzip, .zstd])
  func damagedPacking(compression: Compression) throws {
    let ending = compression == .gzip ? "gz" : "zst"
    let workspace = try Workspace()
    let texts = MixedCorpus(families: 400, seed: 90).records
    let lines = TestRecord.lines(texts)
    try workspace.write("whole", lines, packed: compression)
    let whole = try workspace.bytes("whole")
    try workspace.write("all/cut.jsonl.\(ending)", whole.prefix(whole.count * 3 / 4))
    try workspace.write("all/trailing.jsonl.\(ending)", whole + Array("garbage".utf8))
    try workspace.write("all/twice.jsonl.\(ending)", whole + whole)
    try workspace.write("all/zplain.jsonl.\(ending)", lines)
    let results = try workspace.scan("all")
    let reported = results.problems.filter { $0.class != "duplicate-id" }
    #expect(
      reported.map { "\($0.source.split(separator: "/").last ?? "") \($0.class)" } == [
        "cut.jsonl.\(ending) truncated", "trailing.jsonl.\(ending) trailing-garbage",
        "zplain.jsonl.\(ending) not-compressed",
      ])
    func ids(_ name: String) -> [String] {
      results.entries.filter { $0.source.hasSuffix("\(name).jsonl.\(ending)") }.map(\.id)
    }
    let all = texts.map(\.id)
    #expect(ids("cut") == Array(all.prefix(ids("cut").count)))
    #expect(ids("cut").count > all.count / 2 && ids("cut").count < all.count)
    #expect(ids("trailing") == all)
    #expect(ids("twice") == all + all)
    // Of a file that could not be read at all there is a line that says so.
    #expect(ids("zplain") == [workspace.path("all/zplain.jsonl.\(ending)")])
  }

  @Test("a line of five megabytes is a document like others")
  func longLine() throws {
    var random = RandomTexts(seed: 5)
    // Long words, because many short ones take long to make.
    let word = String(repeating: "x", count: 500)
    let long = random.words(10_000).map { $0 + word }.joined(separator: " ")
    let workspace = try Workspace()
    let records = [
      TestRecord("a", Self.text), TestRecord("long", long), TestRecord("b", Self.text),
      TestRecord("copy", long + " more"), TestRecord("c", "other"),
    ]
    try workspace.write("long.jsonl", TestRecord.lines(records).dropLast())
    let results = try workspace.scan("long.jsonl")
    results.checkInvariants()
    #expect(results.problems.isEmpty)
    #expect(results.entries.map(\.id) == records.map(\.id))
    #expect(results.ids(.drop) == ["b", "copy"])
    let copy = try results.entry("copy")
    #expect(copy.similarity == 9_996 / 9_997.0 && copy.duplicateOf == "long")
  }

  @Test("the last line needs no end", arguments: ["", "\n", "\r\n", "\n\n"])
  func lastLine(end: String) throws {
    let workspace = try Workspace()
    try workspace.write("a.jsonl", text: "\(Self.good("a"))\n\(Self.good("b"))\(end)")
    let results = try workspace.scan("a.jsonl")
    results.checkInvariants()
    #expect(results.ids(.keep) == ["a"] && results.ids(.drop) == ["b"])
    #expect(results.problems.isEmpty)
  }

  @Test("documents in are documents out, and blank lines", arguments: [1, 2, 3, 4, 5])
  func randomBytes(seed: UInt64) throws {
    var random = RandomTexts(seed: seed)
    var bytes: [UInt8] = []
    for record in MixedCorpus(families: 60, wordCount: 30, seed: seed).records {
      bytes += Array(record.line.utf8) + [0x0A]
    }
    // One byte in two hundred becomes any other.
    for _ in 0..<(bytes.count / 200) {
      bytes[random.number(below: bytes.count)] = UInt8(random.number(below: 256))
    }
    let workspace = try Workspace()
    try workspace.write("noise.jsonl", bytes)
    let results = try workspace.scan("noise.jsonl")
    let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    let count = lines.filter { !$0.allSatisfy { [0x20, 0x09, 0x0D].contains($0) } }.count
    #expect(results.entries.count == count)
    let unreadable = Set(results.problems.compactMap { ScanResults.isLoss($0) ? $0.line : nil })
    #expect(unreadable.count == results.ids(.unreadable).count && unreadable.count > 20)
    for entry in results.entries {
      let line = Array(bytes[entry.offset..<entry.offset + entry.length])
      let isJSON = (try? JSONSerialization.jsonObject(with: Data(line))) != nil
      // Foundation's reader takes no text that is not UTF-8.
      if isJSON { continue }
      let isUTF8 = String(validating: line, as: UTF8.self) != nil
      #expect(entry.status == .unreadable || !isUTF8)
    }
  }
}

extension ScanResults {
  fileprivate static func isLoss(_ problem: ProblemLine) -> Bool {
    !["duplicate-id", "invalid-utf-8", "lone-surrogate"].contains(problem.class)
  }
}
