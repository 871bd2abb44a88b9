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

  /// Documents of which the last one is in the last but one, which is dropped for what its cuts
  /// leave: it is near the first one, too short, or contained in it.
  private func containers(_ reason: String) -> (texts: [String], contained: String) {
    var source = WordSource(seed: 97)
    let (shared, contained) = (source.words(600) + ".\n", source.words(60) + ".\n")
    let other = shared + source.words(900) + ".\n"
    switch reason {
    case "near":
      let lines = (0..<100).map { _ in source.words(49) }
      let edited = lines.map { $0 + " " + source.words(1) }
      let container = edited[..<20] + [contained] + edited[20...]
      let texts = [lines, Array(container)].map { $0.joined(separator: "\n") + "\n" }
      return ([texts[0], other, texts[1] + shared, contained], contained)
    case "remnant":
      let rest = source.words(45) + ".\n"
      let last = shared.split(separator: " ").suffix(45).joined(separator: " ") + rest
      return ([other, shared + rest, last], rest)
    default:
      let words = source.words(1300)
      return (
        [source.words(500) + " " + words, other, words + " " + contained + shared, contained],
        contained
      )
    }
  }

  @Test(
    "A document stays if what contains it is dropped for its cuts",
    arguments: ["near", "remnant", "contained"])
  func droppedContainer(reason: String) throws {
    let (texts, contained) = containers(reason)
    let (left, changed) = try cleaned(texts) {
      if reason == "remnant" { $0.matching.cuts.minimumLeft = 50 }
      if reason == "contained" { $0.matching.cuts.ends = .lines }
    }
    #expect(changed == 0)
    #expect(left.count == texts.count - 1 && left.last == texts.last)
    #expect(left.last?.contains(contained) == true)
    let dropped = try workspace.lines("manifest.jsonl")[texts.count - 2]
    #expect(dropped["status"]?.string == "drop" && dropped["reason"]?.string == reason)
  }

  @Test("A document that only repeats itself is no remnant: nothing of it is kept elsewhere")
  func ownRemnant() throws {
    var source = WordSource(seed: 98)
    let text = source.words(55) + ".\n"
    let (left, changed) = try cleaned([text + text]) {
      $0.matching.cuts.cutsRepeats = true
      $0.matching.cuts.minimumLeft = 60
    }
    #expect(changed == 0)
    #expect(left.count == 1 && left[0].hasPrefix(text) && left[0].count < text.count + 5)
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

  @Test("Words that the cut of a repeat brings together", arguments: [false, true])
  func repeatSeam(inOneDocument: Bool) throws {
    var source = WordSource(seed: 48)
    let (repeated, before, after) = (source.words(60), source.words(30), source.words(30))
    func text(_ parts: String...) -> String {
      ([source.words(150)] + parts + [source.words(150)]).joined(separator: " ")
    }
    let (apart, between) = (before + " " + repeated + " " + after, source.words(90))
    let texts =
      inOneDocument
      ? [text(repeated, between, before, after, source.words(90), apart)]
      : [text(before, after), text(repeated, between, apart)]
    let (left, changed) = try cleaned(texts) {
      $0.matching.cuts.ends = .words
      $0.matching.cuts.cutsRepeats = true
    }
    #expect(changed == 0)
    let count = texts[texts.count - 1].split(separator: " ").count
    #expect(left[texts.count - 1].split(separator: " ").count == count - 120)
  }

  @Test("Windows of one text, all in one document, leave no run twice", arguments: 0..<4)
  func windowsInOneDocument(seed: UInt64) throws {
    var source = WordSource(seed: 60 + seed)
    let words = source.words(400).split(separator: " ").map(String.init)
    let windows = (0..<60).map { _ in
      let count = 55 + source.next(below: 16)
      let start = source.next(below: words.count - count)
      return words[start..<start + count].joined(separator: " ") + " " + source.words(5)
    }
    let (_, changed) = try cleaned([windows.joined(separator: " ")]) {
      $0.matching.cuts.ends = .words
      $0.matching.cuts.cutsRepeats = true
    }
    #expect(changed == 0)
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

  @Test("Documents of which similar words are left", arguments: [false, true])
  func similarRemainders(isWhole: Bool) throws {
    var source = WordSource(seed: 47)
    let (one, other, rest) = (source.words(200), source.words(200), source.words(45))
    let texts = [
      one + " " + source.words(100), other + " " + source.words(100), one + " " + rest,
      (isWhole ? "" : other + " ") + rest + " so",
    ]
    let (left, changed) = try cleaned(texts) { $0.matching.cuts.ends = .words }
    #expect(changed == 0)
    #expect(left.count == 3)
    let entry = try workspace.lines("manifest.jsonl")[3]
    #expect(entry["reason"]?.string == "near" && entry["duplicate_row"]?.integer == 2)
    // 41 shingles of five words, and one more.
    #expect(entry["similarity"]?.double == 41.0 / 42)
    #expect(entry["cuts"]?.array?.count == (isWhole ? 0 : 1))
    let report = try Audit(workspace.path("results")).run()
    #expect(report.checkedCount == 1 && report.wrong.isEmpty)
  }

  @Test("Windows of one text leave no run in two documents", arguments: [20, 30])
  func windows(step: Int) throws {
    var source = WordSource(seed: 43)
    let words = source.words(200 + 60 * step).split(separator: " ").map(String.init)
    let texts = (0...60).map { words[$0 * step..<$0 * step + 200].joined(separator: " ") }
    let (left, changed) = try cleaned(texts) { $0.matching.threshold = 1 }
    #expect(changed == 0)
    expectNoSharedRun(left)
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

  @Test("Windows of 55 to 70 words at random places leave no run in two documents")
  func randomWindows() throws {
    var source = WordSource(seed: 44)
    let words = source.words(4000).split(separator: " ").map(String.init)
    let texts = (0..<1000).map { _ in
      let count = 55 + source.next(below: 16)
      let start = source.next(below: words.count - count)
      return words[start..<start + count].joined(separator: " ")
    }
    let (left, changed) = try cleaned(texts) { $0.matching.threshold = 1 }
    #expect(changed == 0)
    expectNoSharedRun(left)
  }

  @Test("What is similar to a document that others contain is kept in its place")
  func similarToContained() throws {
    var source = WordSource(seed: 45)
    let words = source.words(300).split(separator: " ").map(String.init)
    let contained = words[50..<250].joined(separator: " ")
    var changedWords = Array(words[50..<250])
    changedWords[100] = "unlike"
    let texts = [
      words.joined(separator: " "), contained, changedWords.joined(separator: " "),
    ]
    let (left, changed) = try cleaned(texts) { $0.matching.cuts.contained = 1 }
    #expect(changed == 0)
    try #require(left.count == 2)
    #expect(left[0] == texts[0])
    #expect(left[1].contains("unlike"))
  }

  @Test("A remainder that a kept document contains is dropped")
  func containedRemainder() throws {
    var source = WordSource(seed: 46)
    func sentence(_ count: Int) -> String { "A " + source.words(count - 1) + "." }
    let moved = sentence(100)
    // A line that differs at its end, so that it cannot be cut.
    let line = source.words(80)
    let texts = [
      moved + "\n" + sentence(200), sentence(200) + "\n" + line + " so " + source.words(90),
      moved + "\n" + line + " but.",
    ]
    let (left, changed) = try cleaned(texts) { $0.matching.cuts.ends = .lines }
    #expect(changed == 0)
    #expect(left.count == 2)
    let third = try workspace.lines("manifest.jsonl")[2]
    #expect(third["reason"]?.string == "contained")
    #expect(third["duplicate_row"]?.integer == 1)
  }

  @Test("Overlapping windows and blocks, with all options", arguments: Options.all)
  func options(_ options: Options) throws {
    for seed in 0..<UInt64(4) {
      var corpus = OverlappingTexts(seed: 500 + seed)
      for texts in [corpus.windows(), corpus.blocks()] {
        let (_, changed) = try cleaned(texts, options.change)
        #expect(changed == 0, "seed \(seed), \(texts.count) documents")
      }
    }
  }

  /// Options of a scan, and their name.
  struct Options: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let change: @Sendable (inout ScanOptions) -> Void

    static let all: [Options] = [
      Options(testDescription: "default") { _ in },
      Options(testDescription: "edited") { $0.matching.cuts.mode = .edited },
      Options(testDescription: "words") { $0.matching.cuts.ends = .words },
      Options(testDescription: "lines") {
        $0.matching.cuts.ends = .lines
        $0.matching.cuts.contained = 0
      },
      Options(testDescription: "repeats") { $0.matching.cuts.cutsRepeats = true },
      Options(testDescription: "nothing contained") { $0.matching.cuts.contained = 0 },
      Options(testDescription: "20 words left") { $0.matching.cuts.minimumLeft = 20 },
      Options(testDescription: "16 words") { $0.matching.minimumPassage = 16 },
      Options(testDescription: "symbols") { $0.matching.tokens.countsSymbols = true },
      Options(testDescription: "identity 0.7") { $0.matching.minimumIdentity = 0.7 },
    ]
  }

  /// Looks for 50 words that two texts have.
  private func expectNoSharedRun(_ texts: [String]) {
    var known: [[Substring]: Int] = [:]
    for (number, text) in texts.enumerated() {
      let words = text.split(separator: " ")
      for start in 0..<max(0, words.count - 49) {
        let other = known.updateValue(number, forKey: Array(words[start..<start + 50]))
        #expect(other == nil || other == number)
      }
    }
  }
}
