import Foundation
import Reprise
import Testing

/// What the options for cuts do to whole scans, and to the text that `clean` writes.
@Suite("The rules for cuts")
struct CutRulesTests {
  private let workspace: PassageWorkspace

  init() throws { workspace = try PassageWorkspace() }

  /// Sentences of nine words each.
  private func sentences(_ count: Int, _ source: inout WordSource) -> String {
    (0..<count).map { _ in "The " + source.words(8) + "." }.joined(separator: " ")
  }

  /// Scans and cleans two records, and returns the text that is left of the second one.
  private func rest(
    _ first: String, _ second: String, _ change: (inout CutRules) -> Void = { _ in }
  ) throws -> String? {
    try workspace.write(first, to: "corpus/a.txt")
    try workspace.write(second, to: "corpus/b.txt")
    _ = try workspace.scan("corpus") { change(&$0.matching.cuts) }
    try? FileManager.default.removeItem(atPath: workspace.path("cleaned"))
    _ = try Clean(
      CleanOptions(results: workspace.path("results"), output: workspace.path("cleaned"))
    ).run()
    return try? workspace.text("cleaned/b.txt")
  }

  @Test("What the kept document lacks stays, with its words, numbers and negations")
  func exact() throws {
    var source = WordSource(seed: 21)
    let (one, other) = (sentences(10, &source), sentences(10, &source))
    let own = "It did not cost 4,403 but 7 dollars, as the correction says."
    let ends = (sentences(40, &source), sentences(40, &source))
    #expect(
      try rest(one + " " + other + " " + ends.0, one + " " + own + " " + other + " " + ends.1)
        == ". " + own + " . " + ends.1)
  }

  @Test("An edited passage is cut whole, except numbers, negations and long stretches")
  func edited() throws {
    var source = WordSource(seed: 22)
    let parts = (0..<5).map { _ in source.words(60) }
    let ends = (source.words(300), source.words(300))
    let first = [parts[0], "old", parts[1], "guilty", parts[2], "1914", parts[3], "x", parts[4]]
    let second = [
      parts[0], "new", parts[1], "not guilty", parts[2], "1915", parts[3], "one two three four",
      parts[4],
    ]
    let rest = try rest(
      first.joined(separator: " ") + " " + ends.0, second.joined(separator: " ") + " " + ends.1
    ) {
      $0.mode = .edited
      $0.ends = .words
    }
    #expect(
      rest?.split(separator: " ").prefix(7).joined(separator: " ")
        == "not 1915 one two three four " + ends.1.prefix { $0 != " " })
  }

  @Test("With none, everything stays and is reported")
  func none() throws {
    var source = WordSource(seed: 23)
    let shared = sentences(20, &source)
    let second = shared + " " + sentences(60, &source)
    #expect(try rest(shared + " " + sentences(60, &source), second) { $0.mode = .none } == second)
    #expect(try workspace.lines("passages.jsonl").count == 1)
  }

  @Test("Cuts end at sentences, lines or words")
  func ends() throws {
    var source = WordSource(seed: 24)
    let shared = sentences(12, &source)
    let (head, tail) = (sentences(40, &source), "Afterwards " + sentences(40, &source))
    let first = "Once " + shared + " ends " + sentences(40, &source)
    // The shared run begins within a sentence, and ends within one.
    let second = head + " But" + shared.dropFirst(3) + " ends, " + tail
    let sentence = try rest(first, second)
    #expect(sentence?.hasPrefix(head + " But" + shared.dropFirst(3).prefix { $0 != "." }) == true)
    #expect(sentence?.hasSuffix(". ends, " + tail) == true)
    #expect(try rest(first, second) { $0.ends = .words } == head + " But , " + tail)
    #expect(try rest(first, second) { $0.ends = .lines } == second)
    let lines = (first: first.replacing(". ", with: ".\n"), second.replacing(". ", with: ".\n"))
    #expect(try rest(lines.first, lines.1) { $0.ends = .lines }?.contains("\n.\n") == true)
  }

  @Test("No cut ends inside a number or an identifier")
  func unspaced() throws {
    var source = WordSource(seed: 25)
    let shared = source.words(80)
    let (head, tail) = (source.words(200), source.words(200))
    let first = "2," + shared + " CLOCK_REALTIME " + source.words(200)
    let second = head + " 1," + shared + " CLOCK_MONOTONIC " + tail
    let words = shared.split(separator: " ")
    #expect(
      try rest(first, second) { $0.ends = .words }
        == head + " 1," + words[0] + "  CLOCK_MONOTONIC " + tail)
  }

  @Test("Repeats within a document are reported, and cut only on request", arguments: [4, 8, 20])
  func repeats(copies: Int) throws {
    var source = WordSource(seed: 26)
    let shared = sentences(10, &source)
    let text = (0..<copies).map { _ in shared + " " + sentences(9, &source) }
    let second = text.joined(separator: "\n")
    let other = sentences(30, &source)
    #expect(try rest(other, second) == second)
    #expect(try workspace.lines("passages.jsonl").first?["places"]?.array?.count == copies)
    let rest = try rest(other, second) { $0.cutsRepeats = true }
    #expect(rest?.ranges(of: shared.prefix(80)).count == 1)
  }

  @Test("Copies in two documents, two in each, leave one")
  func copiesInTwo() throws {
    var source = WordSource(seed: 27)
    let shared = sentences(10, &source)
    let texts = (0..<2).map { _ in
      [sentences(20, &source), shared, sentences(20, &source), shared].joined(separator: "\n")
    }
    let rest = try rest(texts[0], texts[1]) { $0.cutsRepeats = true }
    #expect(rest?.contains(shared.prefix(80)) == false)
    #expect(try workspace.text("cleaned/a.txt").ranges(of: shared.prefix(80)).count == 1)
    #expect(try workspace.lines("passages.jsonl").count == 1)
  }

  @Test("Words that cuts bring together in two documents are cut, too")
  func seams() throws {
    var source = WordSource(seed: 33)
    let (one, other) = (source.words(60), source.words(60))
    let shared = [source.words(20), one, source.words(20), other, source.words(20)]
      .joined(separator: " ")
    try workspace.write([one, source.words(200), other].joined(separator: " "), to: "corpus/0.txt")
    let (head, tail) = (source.words(200), source.words(200))
    let first = [source.words(200), shared, source.words(200)].joined(separator: " ")
    let rest = try rest(first, [head, shared, tail].joined(separator: " ")) { $0.ends = .words }
    #expect(rest?.split(separator: " ") == (head + " " + tail).split(separator: " "))
    #expect(try workspace.scan("cleaned", to: "again").documents.trimmed == 0)
  }

  @Test("Structured text is dropped whole or not at all")
  func markup() throws {
    var source = WordSource(seed: 28)
    let shared = sentences(10, &source)
    func page(_ own: String) -> String { "<html>\n<p>\(shared)</p>\n<p>\(own)</p>\n</html>\n" }
    let second = page(sentences(60, &source))
    let first = page(sentences(60, &source))
    #expect(try rest(first, second) == second)
    #expect(try workspace.lines("passages.jsonl").count == 1)
    #expect(try rest(first, second) { $0.cutsMarkup = true } != second)
    #expect(try rest(first + second, second) == nil)
  }

  @Test("A document that another one contains is dropped with its copies, whichever comes first")
  func contained() throws {
    var source = WordSource(seed: 29)
    let shared = sentences(30, &source)
    let long = sentences(20, &source) + "\n" + shared + "\n" + sentences(20, &source)
    for (name, text) in [("a", shared), ("b", long), ("c", shared), ("d", shared + " Two words")] {
      try workspace.write(text, to: "corpus/\(name).txt")
    }
    let summary = try workspace.scan("corpus") { $0.matching.threshold = 1 }
    #expect(summary.documents.contained == 3)
    let entries = try workspace.lines("manifest.jsonl")
    #expect(entries.map { $0["reason"]?.string } == ["contained", nil, "contained", "contained"])
    #expect(entries[0]["duplicate_of"] == entries[1]["id"])
    #expect(entries[0]["similarity"]?.double == 1)
    #expect((entries[3]["similarity"]?.double).map { $0 > 0.98 && $0 < 1 } == true)
    let without = try workspace.scan("corpus") {
      $0.matching.threshold = 1
      $0.matching.cuts.contained = 0
    }
    #expect(without.documents.contained == 0)
  }

  @Test(
    "A contained document is dropped although others are similar to it",
    arguments: ["abc", "acb", "bac", "bca", "cab", "cba"])
  func containedAndSimilar(order: String) throws {
    var source = WordSource(seed: 32)
    let short = sentences(30, &source)
    let long = short + "\n" + sentences(20, &source)
    let texts: [Character: String] = ["a": long, "b": short, "c": short + " Two words"]
    for (place, name) in order.enumerated() {
      try workspace.write(texts[name] ?? "", to: "corpus/\(place)-\(name).txt")
    }
    _ = try workspace.scan("corpus")
    for entry in try workspace.lines("manifest.jsonl") {
      let isLong = entry["source"]?.string?.hasSuffix("-a.txt") == true
      #expect(entry["status"]?.string == (isLong ? "keep" : "drop"))
      #expect(entry["reason"]?.string == (isLong ? nil : "contained"))
    }
  }

  @Test("A document of which too little would be left is dropped and counted apart")
  func minimumLeft() throws {
    var source = WordSource(seed: 30)
    let shared = sentences(10, &source)
    let first = shared + " " + sentences(40, &source)
    let second = shared + " " + sentences(1, &source)
    #expect(try rest(first, second) { $0.contained = 0 } != nil)
    #expect(
      try rest(first, second) {
        $0.contained = 0
        $0.minimumLeft = 20
      } == nil)
    let entry = try workspace.lines("manifest.jsonl")[1]
    #expect(entry["reason"]?.string == "remnant" && entry["cuts"]?.array?.count == 1)
  }

  @Test("Boilerplate is kept, cut or removed", arguments: CutRules.BoilerplateAction.allCases)
  func boilerplate(action: CutRules.BoilerplateAction) throws {
    var source = WordSource(seed: 31)
    let footer = sentences(8, &source)
    for number in 0..<12 {
      try workspace.write(sentences(20, &source) + "\n" + footer, to: "corpus/\(number + 10).txt")
    }
    let summary = try workspace.scan("corpus") {
      $0.matching.boilerplateLimit = 10
      $0.matching.cuts.boilerplate = action
    }
    #expect(summary.boilerplateCount == 1)
    let trimmed = [CutRules.BoilerplateAction.keep: 0, .cut: 11, .cutAll: 12]
    #expect(summary.documents.trimmed == trimmed[action])
  }

  @Test("Passages of texts to ignore are neither reported nor cut")
  func ignored() throws {
    var source = WordSource(seed: 32)
    let (header, shared) = (sentences(10, &source), sentences(10, &source))
    try workspace.write(header, to: "licence.txt")
    for name in ["a", "b"] {
      try workspace.write(
        header + "\n" + sentences(30, &source) + "\n" + shared + "\n" + sentences(30, &source),
        to: "corpus/\(name).txt")
    }
    let all = try workspace.scan("corpus")
    #expect(all.passageCount == 2)
    let without = try workspace.scan("corpus") {
      $0.input.ignoredTexts = [workspace.path("licence.txt")]
    }
    #expect(without.passageCount == 1 && without.documents.trimmed == 1)
    #expect(try workspace.lines("manifest.jsonl")[1]["cuts"]?.array?.count == 1)
  }
}
