import Foundation
import Reprise
import Testing

/// A second scan of a cleaned corpus, with the same options, finds nothing to drop or to cut.
@Suite("A second scan")
struct SecondScanTests {
  private let workspace: PassageWorkspace

  init() throws { workspace = try PassageWorkspace() }

  /// Scans and cleans texts, and returns the texts that are left and the number of documents that a
  /// second scan changes.
  private func cleaned(
    _ texts: [String], _ change: (inout ScanOptions) -> Void = { _ in }
  ) throws -> (texts: [String], changed: Int) {
    let lines = try texts.map { text in
      String(decoding: try JSONEncoder().encode(["text": text]), as: UTF8.self)
    }
    try workspace.write(lines.joined(separator: "\n"), to: "corpus/a.jsonl")
    _ = try workspace.scan("corpus", change)
    try? FileManager.default.removeItem(atPath: workspace.path("cleaned"))
    _ = try Clean(
      CleanOptions(results: workspace.path("results"), output: workspace.path("cleaned"))
    ).run()
    let second = try workspace.scan("cleaned", to: "again", change).documents
    let left = try workspace.text("cleaned/a.jsonl").split(separator: "\n").map { line in
      try JSONTree(parsing: Array(line.utf8))["text"]?.string ?? ""
    }
    return (left, second.removed + second.trimmed)
  }

  @Test("Words that a cut brings together in one document, and that stand together in another")
  func seam() throws {
    var source = WordSource(seed: 41)
    let (moved, before, after) = (source.words(60), source.words(30), source.words(30))
    func text(_ parts: String...) -> String {
      ([source.words(150)] + parts + [source.words(150)]).joined(separator: " ")
    }
    let texts = [text(moved), text(before, after), text(before, moved, after)]
    let (left, changed) = try cleaned(texts) { $0.matching.cuts.ends = .words }
    #expect(changed == 0)
    #expect(left[1] == texts[1])
    #expect(left[2].split(separator: " ").count == 300)
  }

  @Test("Documents of which the same words are left")
  func equalRemainders() throws {
    var source = WordSource(seed: 42)
    let (one, other, rest) = (source.words(60), source.words(60), source.words(12))
    let texts = [
      one + " " + source.words(100), other + " " + source.words(100), one + " " + rest,
      other + " " + rest,
    ]
    let (left, changed) = try cleaned(texts) { $0.matching.cuts.contained = 0 }
    #expect(changed == 0)
    #expect(left.count == 3)
    #expect(left[2].split(separator: " ").joined(separator: " ") == rest)
  }

  @Test("Windows of one text leave no run in two documents", arguments: [20, 30])
  func windows(step: Int) throws {
    var source = WordSource(seed: 43)
    let words = source.words(200 + 60 * step).split(separator: " ").map(String.init)
    let texts = (0...60).map { words[$0 * step..<$0 * step + 200].joined(separator: " ") }
    let (left, changed) = try cleaned(texts) { $0.matching.threshold = 1 }
    #expect(changed == 0)
    var known: [[Substring]: Int] = [:]
    for (number, text) in left.enumerated() {
      let words = text.split(separator: " ")
      for start in 0..<max(0, words.count - 49) {
        let other = known.updateValue(number, forKey: Array(words[start..<start + 50]))
        #expect(other == nil || other == number)
      }
    }
  }

  @Test("Texts of shared sentences, parts of sentences and paragraphs", arguments: 0..<20)
  func random(seed: UInt64) throws {
    var source = WordSource(seed: 100 + seed)
    let parts = (0..<12).map { number in
      (0..<1 + number / 3).map { _ in
        "The " + source.words(4 + source.next(below: 25)) + (source.next(below: 4) > 0 ? "." : "")
      }.joined(separator: " ")
    }
    let texts = (0..<14).map { _ in
      (0..<6 + source.next(below: 8)).map { _ in
        source.next(below: 4) == 0
          ? "A " + source.words(12) + "." : parts[source.next(below: parts.count)]
      }.joined(separator: source.next(below: 3) == 0 ? "\n" : " ")
    }
    let (_, changed) = try cleaned(texts) { $0.matching.threshold = 1 }
    #expect(changed == 0, "seed \(seed)")
  }
}
