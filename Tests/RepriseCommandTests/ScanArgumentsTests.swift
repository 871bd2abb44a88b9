import ArgumentParser
import Reprise
import Testing

@testable import reprise

@Suite("Arguments of scan")
struct ScanArgumentsTests {
  private func options(_ arguments: [String]) throws -> ScanOptions {
    let command = try RepriseCommand.parseAsRoot(["scan"] + arguments)
    return try #require(command as? ScanCommand).options()
  }

  @Test("leave the library's defaults as they are")
  func defaults() throws {
    let options = try options(["corpus"])
    let defaults = ScanOptions(paths: ["corpus"])
    #expect("\(options)" == "\(defaults)")
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
