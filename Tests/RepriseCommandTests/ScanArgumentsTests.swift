import ArgumentParser
import Reprise
import Testing

@testable import reprise

extension Substring {
  /// The text without the quotes around it.
  fileprivate var trimmingQuotes: String { split(separator: "'").joined() }
}

@Suite("Arguments of scan")
struct ScanArgumentsTests {
  private func options(_ arguments: [String]) throws -> ScanOptions {
    try PresetArguments.$given.withValue(PresetArguments.preset(in: arguments)) {
      let command = try RepriseCommand.parseAsRoot(["scan"] + arguments)
      return try #require(command as? ScanCommand).options()
    }
  }

  @Test("leave the library's defaults as they are")
  func defaults() throws {
    let options = try options(["corpus"])
    let defaults = ScanOptions(paths: ["corpus"])
    #expect("\(options)" == "\(defaults)")
  }

  @Test("of a preset give the same options as the preset", arguments: Preset.allCases)
  func preset(_ preset: Preset) throws {
    let named = try options(["corpus", "--preset", preset.rawValue])
    // No option has a space in it but between its name and its value.
    let words = preset.arguments.flatMap { $0.split(separator: " ") }.map {
      $0.trimmingQuotes
    }
    let typed = try options(["corpus"] + words)
    #expect(words.count > 2)
    #expect(named.input == typed.input)
    #expect(named.matching == typed.matching)
    #expect(named.preset == preset)
    #expect(typed.preset == nil)
    #expect(
      named.input != ScanOptions(paths: ["corpus"]).input
        || named.matching != ScanOptions(paths: ["corpus"]).matching)
    let library = ScanOptions(paths: ["corpus"], preset: preset)
    #expect(named.input == library.input)
    #expect(named.matching == library.matching)
  }

  @Test("replace those of a preset, in whatever order they come")
  func presetReplaced() throws {
    for arguments in [
      ["--preset=archive", "--fold", "accents", "--min-identity", "0.6", "--encoding", "latin1"],
      [
        "--fold", "accents", "--min-identity", "0.6", "--encoding", "latin1", "--preset", "archive",
      ],
    ] {
      let options = try options(["corpus"] + arguments)
      #expect(options.matching.tokens.folding == .accents)
      #expect(options.matching.minimumIdentity == 0.6)
      #expect(options.input.encoding == "latin1")
    }
    let training = try options([
      "corpus", "--preset", "training", "--no-cut-repeats", "--min-left", "0", "--keep", "first",
    ])
    #expect(training.matching == MatchingOptions())
    let code = try options([
      "corpus", "--preset", "code", "--no-gitignore", "--tokens", "words", "--case", "fold",
      "--cut",
      "exact",
    ])
    #expect(code.matching == MatchingOptions())
    #expect(code.input == InputOptions(paths: ["corpus"]))
    let docs = try options(["corpus", "--preset", "docs", "--include", "*.txt"])
    #expect(docs.input.selection.include == ["*.txt"])
  }

  @Test("of an unknown preset are refused, and those after -- name no preset")
  func unknownPreset() throws {
    #expect(throws: (any Error).self) { try options(["x", "--preset", "books"]) }
    #expect(try options(["--", "--preset", "archive"]).input.paths == ["--preset", "archive"])
    #expect(try options(["--", "--preset", "archive"]).matching == MatchingOptions())
  }

  @Test("all reach the options")
  func everything() throws {
    let options = try options([
      "a", "-", "b", "--output", "out", "--threshold", "0.7", "--ngram", "3", "--recall", "0.9",
      "--slots", "128", "--signature", "minhash", "--split-before", "^#", "--text-field", "body",
      "--text-field", "messages[].content", "--keep", "highest:score",
      "--id-field", "url", "--format", "text", "--include", "*.txt", "--include", "*.md",
      "--exclude", "x/**", "--hidden", "--keep", "newest:date", "--verify", "signature",
      "--threads", "3",
    ])
    #expect(options.input.paths == ["a", "-", "b"])
    #expect(options.output.folder == "out")
    #expect(options.matching.threshold == 0.7)
    #expect(options.matching.shingleLength == 3)
    #expect(options.matching.recall == 0.9)
    #expect(options.matching.slotCount == 128)
    #expect(options.matching.signatureMethod == .minhash)
    #expect(options.input.articles == .before("^#"))
    #expect(options.input.textFields == ["body", "messages[].content"])
    #expect(options.input.idField == "url")
    #expect(options.input.selection.format == .text)
    #expect(options.input.selection.include == ["*.txt", "*.md"])
    #expect(options.input.selection.exclude == ["x/**"])
    #expect(options.input.selection.includesHidden)
    #expect(
      options.matching.keep
        == KeepPolicy([.highest(field: "score"), .newest(field: "date")]))
    #expect(options.matching.verification == .signature)
    #expect(options.resources.threads == 3)
  }

  @Test(
    "that contradict each other are refused",
    arguments: [
      ["x", "--split-after", "a", "--split-before", "b"], ["x", "--split-after", ""],
      ["x", "--format", "jsonl", "--split-after", "a"],
      ["x", "--fail-on", "nothing"],
      ["x", "--format", "tsv", "--delimiter", ";"], ["x", "--delimiter", ""],
      ["x", "--delimiter", "é"],
      ["x", "--quiet", "--verbose"], ["-", "-"], ["x", ""], ["x", "--output", ""],
      ["x", "--text-field", ""], ["x", "--keep", "newest"], ["x", "--keep", "newest:"], [],
      ["x", "--keep", "first", "--keep", "longest"],
    ])
  func refused(_ arguments: [String]) {
    #expect(throws: (any Error).self) { try options(arguments) }
  }

  @Test(
    "a number of bytes may have a unit",
    arguments: [
      ("2G", 2 << 30), ("2GB", 2 << 30), ("2GiB", 2 << 30), ("2gb", 2 << 30), ("512M", 512 << 20),
      ("1.5G", 3 << 29), ("1500000000", 1_500_000_000), ("1500000000B", 1_500_000_000),
    ])
  func byteCounts(text: String, count: Int) throws {
    #expect(try options(["x", "--memory", text]).resources.memory == count)
  }
}
