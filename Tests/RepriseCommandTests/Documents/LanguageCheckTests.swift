import Foundation
import Testing

@Suite("The check of language")
struct LanguageCheckTests {
  @Test(
    "finds the forms that make a sentence hard to read",
    arguments: [
      "What becomes of every document.",
      "Of each document its component.",
      "Files of which nothing was read.",
      "They are no exact duplicates.",
      "Text that begins no character.",
      "The length from which on it is found.",
      "Records of 64 bytes a document.",
      "At most one byte in so many.",
      "An article stands in both files.",
      "The run goes on.",
      "It takes out the passage.",
      "Long records are passed over.",
      "A packed file.",
      "The folder beside it.",
      "The words behind it.",
      "It is another one than before.",
      "There was no room for it.",
      "It survives whatever it is fed.",
      "The places of a passage.",
      "A near duplicate is dropped.",
    ])
  func finds(_ sentence: String) throws {
    let found = try check("A first line.\n\n\(sentence)\n")
    #expect(found.status == 1)
    #expect(found.output.contains("text.md:3: "), "\(found.output)")
  }

  @Test("reads a sentence across lines, and names the line")
  func acrossLines() throws {
    #expect(try check("Text.\nThe length from\nwhich on it is found.\n").output.contains(":2: "))
  }

  @Test(
    "accepts ordinary sentences",
    arguments: [
      "There is no markup, and the run is no longer needed.",
      "Of course it takes place at once, in place.",
      "UTF stands for a transformation format.",
      "What is a signature?",
      "A heading says:\n\n## What is cut\n\n    what stands in code goes on",
      "The option `--keep whatever` adds to `places`.",
    ])
  func accepts(_ text: String) throws {
    let found = try check(text + "\n")
    #expect(found.status == 0, "\(found.output)")
  }

  @Test("reads the literals and, with paths, the comments of Swift files")
  func swift() throws {
    let text = """
      /// What becomes of it.
      let name = "the run goes on: \\(text("beside"))"
      """
    let found = try check(text, "text.swift")
    #expect(found.output.contains("text.swift:1: "))
    #expect(found.output.contains("text.swift:2: "))
    #expect(!found.output.contains("beside"))
  }

  private func check(
    _ text: String, _ name: String = "text.md"
  ) throws -> (status: Int32, output: String) {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-language-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent(name)
    try Data(text.utf8).write(to: file)
    let process = Process()
    let output = Pipe()
    process.executableURL = Document.top.appendingPathComponent("scripts/check-language")
    process.arguments = [file.path]
    process.standardOutput = output
    try process.run()
    let found = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: found, as: UTF8.self))
  }
}
