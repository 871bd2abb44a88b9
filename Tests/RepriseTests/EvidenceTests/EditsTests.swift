import Foundation
import Reprise
import Testing

@Suite("Evidence: edited documents")
struct EditsTests {
  private struct Pair {
    let name: String
    let edit: Edit
    let before: String
    let after: String
    let similarity: Double
  }

  /// Pairs of a document and its edited copy, each of words of its own.
  private static let pairs: [Pair] = {
    var random = RandomTexts(seed: 6)
    var pairs: [Pair] = []
    for (wordCount, repeats) in [(5, 6), (20, 12), (60, 20), (200, 12), (600, 5), (5_000, 1)] {
      for edit in Edit.allCases {
        for number in 0..<repeats {
          let (before, after) = edit.apply(to: random.words(wordCount), &random)
          pairs.append(
            Pair(
              name: "\(wordCount) words, \(edit.rawValue), \(number)", edit: edit, before: before,
              after: after, similarity: JaccardOracle.similarity(before, after)))
        }
      }
    }
    return pairs
  }()

  @Test("edited copies are found if their similarity reaches the threshold", arguments: [2, 8])
  func found(threads: Int) throws {
    let workspace = try Workspace()
    let records = Self.pairs.map { TestRecord("\($0.name), before", $0.before) }
    let edited = Self.pairs.map { TestRecord("\($0.name), after", $0.after) }
    try workspace.write("edits.jsonl", records: records + edited)
    let results = try workspace.scan("edits.jsonl") { $0.resources.threads = threads }
    results.checkInvariants()
    let byID = Dictionary(uniqueKeysWithValues: results.entries.map { ($0.id, $0) })
    var (similar, found) = (0, 0)
    for pair in Self.pairs {
      #expect(byID["\(pair.name), before"]?.status == .keep, "\(pair.name)")
      let after = try #require(byID["\(pair.name), after"])
      if after.status == .drop {
        #expect(after.duplicateOf == "\(pair.name), before")
        #expect(after.similarity == pair.similarity, "\(pair.name)")
        let isSame = Array(pair.before.utf8) == Array(pair.after.utf8)
        let reason: ManifestEntry.Reason =
          isSame ? .exact : pair.edit.keepsWords ? .words : .near
        #expect(after.reason == reason, "\(pair.name)")
      }
      let isFound = after.status == .drop
      if pair.similarity < 0.8 { #expect(!isFound, "\(pair.name)") }
      // At .93 a candidate is missed once in ten million.
      if pair.similarity >= 0.93 { #expect(isFound, "\(pair.name)") }
      if pair.similarity >= 0.8 {
        similar += 1
        found += isFound ? 1 : 0
      }
    }
    try #require(similar > 200 && similar < Self.pairs.count)
    #expect(Double(found) >= 0.95 * Double(similar), "\(found) of \(similar)")
  }

  @Test("of pairs close to the threshold the promised share is found", arguments: [0.7, 0.8, 0.9])
  func recall(threshold: Double) throws {
    var random = RandomTexts(seed: 66)
    var records: [TestRecord] = []
    var similar: [(id: String, similarity: Double)] = []
    while similar.count < 300 {
      // Texts with the head in common: of c + 4 words and n + 4 words, J = c / (2 n - c).
      let count = 80 + random.number(below: 160)
      let wanted = 2 * Double(count) * threshold / (1 + threshold)
      let common = Int(wanted.rounded(.up)) + 4
      let head = random.words(common)
      let first = (head + random.words(count + 4 - common)).joined(separator: " ")
      let second = (head + random.words(count + 4 - common)).joined(separator: " ")
      let similarity = JaccardOracle.similarity(first, second)
      guard similarity >= threshold && similarity < threshold + 0.02 else { continue }
      records.append(TestRecord("\(similar.count) first", first))
      records.append(TestRecord("\(similar.count) second", second))
      similar.append(("\(similar.count) second", similarity))
    }
    let workspace = try Workspace()
    try workspace.write("pairs.jsonl", records: records)
    let results = try workspace.scan("pairs.jsonl") { $0.matching.threshold = threshold }
    results.checkInvariants(threshold: threshold)
    var found = 0
    let byID = Dictionary(uniqueKeysWithValues: results.entries.map { ($0.id, $0) })
    for (id, similarity) in similar {
      guard let entry = byID[id], entry.status == .drop else { continue }
      #expect(entry.similarity == similarity)
      found += 1
    }
    // 95 % is promised; two standard deviations below it.
    #expect(found >= 277, "\(found) of 300")
  }

  @Test("composed and decomposed characters are the same", arguments: [5, 60, 600])
  func normalization(wordCount: Int) throws {
    var random = RandomTexts(seed: UInt64(wordCount))
    let marks = ["\u{E9}", "\u{FC}", "\u{E5}", "\u{1EAD}", "\u{D55C}", "\u{3B0}", "\u{F1}"]
    let words = random.words(wordCount).map { word in
      word.prefix(3) + marks[random.number(below: marks.count)] + word.dropFirst(3)
    }
    let composed = words.joined(separator: " ").precomposedStringWithCanonicalMapping
    let decomposed = composed.decomposedStringWithCanonicalMapping
    try #require(Array(composed.utf8) != Array(decomposed.utf8))
    let workspace = try Workspace()
    try workspace.write(
      "forms.jsonl",
      records: TestRecord.numbered([composed, decomposed, random.word() + " " + decomposed]))
    let results = try workspace.scan("forms.jsonl")
    results.checkInvariants()
    let second = try results.entry("d1")
    #expect(second.status == .drop && second.reason == .words && second.duplicateOf == "d0")
    let third = try results.entry("d2")
    let expected = Double(wordCount - 4) / Double(wordCount - 3)
    if expected >= 0.8 {
      #expect(third.status == .drop && third.reason == .near && third.similarity == expected)
    } else {
      #expect(third.status == .keep)
    }
  }
}
