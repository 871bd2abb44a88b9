import Foundation
import Testing

@testable import Reprise

@Suite("An audit of passages")
struct AuditedPassagesTests {
  /// Texts of words and of Han characters, with passages of 20 to 45 words that several of them have.
  private static func texts(_ count: Int, seed: UInt64) -> [String] {
    var random = RandomTexts(seed: seed)
    let shared = (0..<count / 3).map { index in
      index.isMultiple(of: 4)
        ? random.han(40 + random.number(below: 50)) : random.text(20 + random.number(below: 25))
    }
    return (0..<count).map { _ in
      let parts = (0..<3).flatMap { _ in
        [random.text(30), shared[random.number(below: shared.count)]]
      }
      return parts.joined(separator: ".\n") + ".\n" + random.text(25)
    }
  }

  /// The ids of documents with a run of 20 words, or 40 characters of Han, that an earlier one has.
  private static func repeating(_ texts: [String]) -> Set<String> {
    var seen: Set<[String]> = []
    var found: Set<String> = []
    for (index, text) in texts.enumerated() {
      let tokens = text.lowercased().split { $0.isWhitespace || $0 == "." }.flatMap { word in
        word.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) }
          ? word.map { String($0) } : [String(word)]
      }
      var windows: Set<[String]> = []
      for start in tokens.indices {
        var (end, weight) = (start, 0)
        while end < tokens.count, weight < 40 {
          weight += tokens[end].unicodeScalars.allSatisfy { $0.value >= 0x4E00 } ? 1 : 2
          end += 1
        }
        if weight >= 40 { windows.insert(Array(tokens[start..<end])) }
      }
      if !windows.isDisjoint(with: seen) { found.insert("\(index)") }
      seen.formUnion(windows)
    }
    return found
  }

  private static func scan(_ workspace: Workspace, _ texts: [String]) throws -> ScanResults {
    let records = texts.enumerated().map { TestRecord("\($0.offset)", $0.element) }
    try workspace.write("a.jsonl", records: records)
    return try workspace.scan("a.jsonl") {
      $0.matching.find = .all
      $0.matching.minimumPassage = 20
      $0.matching.cuts.contained = 0
    }
  }

  @Test("finds nothing after a scan, and all that repeats if the scan had found nothing")
  func left() throws {
    let texts = Self.texts(60, seed: 4)
    let workspace = try Workspace()
    let results = try Self.scan(workspace, texts)
    let report = try #require(try Audit(workspace.path("results")).run().passages)
    let cuts = results.entries.flatMap(\.cuts)
    #expect(cuts.count > 50)
    #expect(report.minimum == 20 && report.cutCount == cuts.count)
    #expect(report.checkedCount == cuts.count && report.wrong.isEmpty && report.left.isEmpty)

    // As if nothing had been found: all that repeats is left.
    let manifest = String(decoding: try workspace.bytes("results/manifest.jsonl"), as: UTF8.self)
    let uncut = manifest.replacing(/"cuts":\[[^\]]*\]/, with: "\"cuts\":[]")
    #expect(uncut != manifest)
    try workspace.write("results/manifest.jsonl", text: uncut)
    try workspace.write("results/passages.jsonl", text: "")
    let bare = try #require(try Audit(workspace.path("results")).run().passages)
    let expected = Self.repeating(texts)
    #expect(expected.count > 20 && expected.count < 60)
    #expect(Set(bare.left.map(\.id)) == expected)
    #expect(bare.cutCount == 0)
    var audit = Audit(workspace.path("results"))
    audit.sampleSize = 25
    var covered = 0
    for seed in 1...40 {
      audit.seed = UInt64(seed)
      let some = try #require(try audit.run().passages)
      #expect(Set(some.left.map(\.id)).isSubset(of: expected))
      let (lower, upper) = (some.leftOfAll.lower, some.leftOfAll.upper)
      if lower <= Double(expected.count) && Double(expected.count) <= upper { covered += 1 }
    }
    #expect(covered >= 38)
  }

  @Test("finds no cut wrong whose words are cut everywhere on purpose")
  func cutEverywhere() throws {
    var random = RandomTexts(seed: 6)
    let shared = random.text(40)
    let workspace = try Workspace()
    let texts = (0..<8).map { _ in "\(random.text(30)). \(shared). \(random.text(30))." }
    try workspace.write("a.jsonl", records: TestRecord.numbered(texts))
    let results = try workspace.scan("a.jsonl") {
      $0.matching.find = .all
      $0.matching.minimumPassage = 20
      $0.matching.boilerplateLimit = 5
      $0.matching.cuts.boilerplate = .cutAll
    }
    #expect(results.entries.allSatisfy { $0.cuts.count == 1 })
    let report = try #require(try Audit(workspace.path("results")).run().passages)
    #expect(report.checkedCount > 0 && report.wrong.isEmpty && report.left.isEmpty)
  }

  @Test("finds a cut whose words the kept document does not have, or does not keep")
  func wrong() throws {
    let texts = Self.texts(30, seed: 8)
    let workspace = try Workspace()
    let results = try Self.scan(workspace, texts)
    let manifest = String(decoding: try workspace.bytes("results/manifest.jsonl"), as: UTF8.self)
    func wrong(_ old: String, _ new: String) throws -> [Audit.Report.Passages.WrongCut] {
      #expect(manifest.components(separatedBy: old).count == 2, "\(old)")
      try workspace.write(
        "results/manifest.jsonl", text: manifest.replacingOccurrences(of: old, with: new))
      return try #require(try Audit(workspace.path("results")).run().passages).wrong
    }
    let (entry, cut) = try #require(
      results.entries.lazy.flatMap { entry in entry.cuts.map { (entry, $0) } }.first)
    let name = "\"start\":\(cut.start),\"end\":\(cut.end),\"duplicate_of\":\"\(cut.duplicateOf)\""
    let place = "\"source_start\":\(cut.sourceStart),\"source_end\":\(cut.sourceEnd)"
    let whole = name + ",\"duplicate_row\":\(cut.duplicateRow ?? -1),\"duplicate_in\":null," + place
    let moved = try wrong(
      whole, whole.replacing("\"source_start\":\(cut.sourceStart)", with: "\"source_start\":0"))
    #expect(moved.map(\.id) == [entry.id] && moved[0].span == cut.start..<cut.end)
    #expect(moved[0].identity > 0 && moved[0].identity < 1)
    // The kept document must keep the words.
    let kept = results.entries[cut.duplicateRow ?? 0]
    #expect(kept.status == .keep)
    let line = "{\"id\":\"\(kept.id)\","
    let start = try #require(manifest.components(separatedBy: "\n").first { $0.hasPrefix(line) })
    let lost = try wrong(
      start, start.replacing("\"status\":\"keep\"", with: "\"status\":\"drop\""))
    #expect(lost.contains { $0.id == entry.id && $0.identity == 0 })
  }
}

extension RandomTexts {
  /// A run of Han characters.
  fileprivate mutating func han(_ count: Int) -> String {
    (0..<count).reduce(into: "") { text, _ in
      text.unicodeScalars.append(Unicode.Scalar(UInt16(0x4E00 + number(below: 3000))) ?? "x")
    }
  }
}
