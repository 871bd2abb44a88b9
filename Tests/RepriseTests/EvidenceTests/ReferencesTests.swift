import Foundation
import Reprise
import Testing

@Suite("Reference documents")
struct ReferencesTests {
  /// Two corpora that share families of near-duplicates, copies and passages.
  private static func corpora(_ seed: UInt64) -> (old: [TestRecord], new: [TestRecord]) {
    var random = RandomTexts(seed: seed)
    let shared = (0..<6).map { _ in random.text(70) + "." }
    var texts: [String] = []
    for _ in 0..<70 {
      let words = random.words(60 + random.number(below: 60))
      texts.append(words.joined(separator: " ") + ".")
      for _ in 0..<random.number(below: 4) {
        let edit = Edit.allCases[random.number(below: Edit.allCases.count)]
        texts.append(edit.apply(to: words, &random).after)
      }
      if random.number(below: 3) == 0 {
        texts.append(
          random.text(40) + ". " + shared[random.number(below: 6)] + " " + random.text(40) + ".")
      }
    }
    let records = random.shuffled(texts).enumerated().map { number, text in
      TestRecord("d\(number)", text, ("day", "\"2024-01-\(10 + random.number(below: 20))\""))
    }
    let half = records.count / 2
    return (Array(records[..<half]), Array(records[half...]))
  }

  private struct Decision: Equatable {
    var status: ManifestEntry.Status
    var reason: ManifestEntry.Reason?
    var duplicateOf: String?
    var similarity: Double?
    var cuts: [String]

    init(_ entry: ManifestEntry) {
      (status, reason, similarity) = (entry.status, entry.reason, entry.similarity)
      duplicateOf = entry.duplicateOf
      cuts = entry.cuts.map { "\($0.start)-\($0.end) \($0.duplicateOf) \($0.sourceStart)" }
    }
  }

  @Test(
    "are compared as an earlier part of the corpus is, and signed ones as well",
    arguments: [1, 2, 3], [1, 3])
  func decisions(seed: UInt64, threads: Int) throws {
    let workspace = try Workspace()
    let (old, new) = Self.corpora(seed)
    try workspace.write("old.jsonl", records: old)
    try workspace.write("new.jsonl", records: new)
    func set(_ options: inout ScanOptions) {
      options.matching.find = .all
      options.resources.threads = threads
      // A document of the references stays, even if a new one contains it.
      options.matching.cuts.contained = 0
    }
    var both = ScanOptions(paths: [workspace.path("old.jsonl"), workspace.path("new.jsonl")])
    both.output.folder = workspace.path("both")
    set(&both)
    let summary = try Scan(both).run()
    let whole = try ScanResults(folder: workspace.url("both"), summary: summary)
    let expected = whole.entries[old.count...]
    #expect(expected.count { $0.status == .drop } > 20)
    #expect(expected.contains { $0.status == .trim })

    var sign = SignOptions(both, file: workspace.path("old.signatures"))
    sign.input.paths = [workspace.path("old.jsonl")]
    _ = try Sign(sign).run()
    for reference in ["old.jsonl", "old.signatures"] {
      let results = try workspace.scan("new.jsonl", into: reference + ".results") {
        set(&$0)
        $0.input.references = [workspace.path(reference)]
      }
      #expect(results.entries.map(Decision.init) == expected.map(Decision.init), "\(reference)")
      #expect(results.summary.referenceCount == old.count)
      #expect(results.summary.documents.total == new.count)
      try check(results, old, named: workspace.path("old.jsonl").text)
    }
  }

  /// Only new documents are in the results, and rows and references are right.
  private func check(_ results: ScanResults, _ old: [TestRecord], named path: String) throws {
    let ids = Set(old.map(\.id))
    for entry in results.entries {
      #expect(!ids.contains(entry.id))
      if let row = entry.duplicateRow {
        #expect(results.entries[row].id == entry.duplicateOf && entry.duplicateIn == nil)
      } else if let kept = entry.duplicateOf {
        #expect(entry.duplicateIn == path && ids.contains(kept))
      }
      for cut in entry.cuts {
        #expect((cut.duplicateRow == nil) == (cut.duplicateIn != nil))
        #expect(
          cut.duplicateRow.map { results.entries[$0].id } ?? cut.duplicateOf == cut.duplicateOf)
      }
      #expect(
        entry.copies
          == results.entries.count { $0.duplicateRow.map { results.entries[$0] } == entry })
    }
    for name in ["clusters.jsonl", "pairs.jsonl"] {
      for line in (results.files[name] ?? Data()).split(separator: 0x0A) {
        let tree = try JSONTree(parsing: Array(line))
        let members = tree["members"]?.array ?? [tree["first"], tree["second"]].compactMap { $0 }
        #expect(members.contains { !ids.contains($0["id"]?.string ?? "") }, "\(name)")
      }
    }
    let clusters = results.entries.compactMap(\.cluster)
    #expect(Set(clusters) == Set(0..<results.summary.clusterCount))
  }

  @Test("stay in every keep order, and what they have is cut from new documents only")
  func keepOrder() throws {
    let workspace = try Workspace()
    let (old, new) = Self.corpora(7)
    try workspace.write("old/a.jsonl", records: old)
    try workspace.write("new/a.jsonl", records: new)
    for keep in [KeepPolicy.first, .longest, .newest(field: "day")] {
      let results = try workspace.scan("new") {
        $0.matching.find = .all
        $0.matching.keep = keep
        $0.input.references = [workspace.path("old")]
      }
      #expect(results.entries.count == new.count)
      #expect(results.entries.contains { $0.duplicateIn == workspace.path("old").text })
      let before = try workspace.bytes("old/a.jsonl")
      try workspace.clean()
      #expect(try workspace.files(below: "cleaned") == ["a.jsonl"])
      #expect(try workspace.bytes("old/a.jsonl") == before)
      // Nothing of the references is left in what is new.
      try FileManager.default.moveItem(at: workspace.url("cleaned"), to: workspace.url("again"))
      let again = try workspace.scan("again", into: "second") {
        $0.matching.find = .all
        $0.matching.keep = keep
        $0.input.references = [workspace.path("old")]
      }
      #expect(again.entries.allSatisfy { $0.status != .drop && $0.duplicateIn == nil })
      try FileManager.default.removeItem(at: workspace.url("again"))
    }
  }

  @Test("of a file that is also an input are not new, and a path with nothing is an error")
  func edges() throws {
    let workspace = try Workspace()
    try workspace.write("docs/base.txt", text: "one two three four five six seven")
    try workspace.write("docs/copy.txt", text: "one two three four five six seven")
    try workspace.write("empty/.hidden", text: "x")
    let results = try workspace.scan("docs") {
      $0.input.references = [workspace.path("docs/base.txt")]
    }
    #expect(results.entries.map(\.status) == [.drop] && results.entries[0].reason == .exact)
    #expect(results.summary.leftOut.repeated == 1)
    for path in ["empty", "missing"] {
      #expect(throws: RepriseError.self, "\(path)") {
        try workspace.scan("docs", into: "none") {
          $0.input.references = [workspace.path(path)]
        }
      }
    }
    #expect(throws: RepriseError.self) {
      try workspace.scan("docs/base.txt", into: "none") {
        $0.input.references = [workspace.path("docs/base.txt")]
      }
    }
  }

  @Test("are read again when a stopped run continues")
  func resumed() throws {
    let workspace = try Workspace()
    let (old, new) = Self.corpora(9)
    try workspace.write("old.jsonl", records: old)
    try workspace.write("new.jsonl", records: new)
    func options(_ output: String) -> ScanOptions {
      var options = ScanOptions(paths: [workspace.path("new.jsonl")])
      options.input.references = [workspace.path("old.jsonl")]
      options.output.folder = workspace.path(output)
      options.matching.find = .all
      options.hooks.chunkByteCount = 4096
      return options
    }
    _ = try Scan(options("whole")).run()
    var stopped = options("resumed")
    stopped.hooks.stopsAfter = { $0 == 3 }
    #expect(throws: RepriseError.self) { try Scan(stopped).run() }
    var resumed = options("resumed")
    resumed.resources.resumes = true
    _ = try Scan(resumed).run()
    for name in ["manifest.jsonl", "clusters.jsonl", "pairs.jsonl", "passages.jsonl"] {
      #expect(try workspace.bytes("whole/\(name)") == workspace.bytes("resumed/\(name)"), "\(name)")
    }
  }
}
