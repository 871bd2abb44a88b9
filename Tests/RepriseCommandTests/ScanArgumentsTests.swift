import ArgumentParser
import Reprise
import Testing

@testable import reprise

@Suite("Arguments of scan")
struct ScanArgumentsTests {
  private func configuration(_ arguments: [String]) throws -> ScanConfiguration {
    let command = try RepriseCommand.parseAsRoot(["scan"] + arguments)
    return try #require(command as? ScanCommand).configuration()
  }

  @Test("leave the library's defaults as they are")
  func defaults() throws {
    let configuration = try configuration(["corpus"])
    let defaults = ScanConfiguration(paths: ["corpus"])
    #expect("\(configuration)" == "\(defaults)")
  }

  @Test("all reach the configuration")
  func everything() throws {
    let configuration = try configuration([
      "a", "-", "b", "--output", "out", "--threshold", "0.7", "--ngram", "3", "--recall", "0.9",
      "--slots", "128", "--signature", "minhash", "--split-before", "^#", "--text-field", "body",
      "--id-field", "url", "--format", "text", "--include", "*.txt", "--include", "*.md",
      "--exclude", "x/**", "--hidden", "--keep", "newest:date", "--verify", "signature",
      "--threads", "3",
    ])
    #expect(configuration.paths == ["a", "-", "b"])
    #expect(configuration.output == "out")
    #expect(configuration.threshold == 0.7)
    #expect(configuration.shingleLength == 3)
    #expect(configuration.recall == 0.9)
    #expect(configuration.slotCount == 128)
    #expect(configuration.signatureMethod == .minhash)
    #expect(configuration.articles == .before("^#"))
    #expect(configuration.textField == "body")
    #expect(configuration.idField == "url")
    #expect(configuration.selection.format == .text)
    #expect(configuration.selection.include == ["*.txt", "*.md"])
    #expect(configuration.selection.exclude == ["x/**"])
    #expect(configuration.selection.includesHidden)
    #expect(configuration.keep == .newest(field: "date"))
    #expect(configuration.verification == .signature)
    #expect(configuration.threads == 3)
  }

  @Test(
    "that contradict each other are refused",
    arguments: [
      ["x", "--split-after", "a", "--split-before", "b"], ["x", "--split-after", ""],
      ["x", "--format", "jsonl", "--split-after", "a"], ["x", "--json", "--quiet"],
      ["x", "--quiet", "--verbose"], ["-", "-"], ["x", ""], ["x", "--output", ""],
      ["x", "--text-field", ""], ["x", "--keep", "newest"], ["x", "--keep", "newest:"], [],
    ])
  func refused(_ arguments: [String]) {
    #expect(throws: (any Error).self) { try configuration(arguments) }
  }
}
