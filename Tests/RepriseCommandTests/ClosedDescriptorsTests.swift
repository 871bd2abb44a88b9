import Foundation
import Testing

@Suite("Closed standard descriptors")
struct ClosedDescriptorsTests {
  private func run(_ redirections: String, _ arguments: [String]) throws -> (Int32, String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments =
      ["-c", "exec \"$0\" \"$@\" \(redirections)", CommandRun.executable.path] + arguments
    let messages = Pipe()
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = messages
    try process.run()
    let said = try messages.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: said, as: UTF8.self))
  }

  @Test("A closed standard input is refused, and not taken for a file of the run")
  func closedInput() throws {
    let run = try CommandRun()
    defer { run.remove() }
    let output = run.folder.appendingPathComponent("out").path
    let (status, message) = try self.run("<&-", ["scan", "-", "-o", output])
    #expect(status == 2)
    #expect(message.contains("standard input is closed"), "\(message)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: run.folder.path).isEmpty)
  }

  @Test(
    "With closed descriptors the results are the same",
    arguments: ["<&-", "2>&-", "<&- 2>&-", "<&- >&- 2>&-"])
  func results(redirections: String) throws {
    let run = try CommandRun()
    defer { run.remove() }
    let corpus = run.folder.appendingPathComponent("a.jsonl")
    try Data("{\"text\":\"one\"}\n{\"text\":\"one\"}\n".utf8).write(to: corpus)
    let output = run.folder.appendingPathComponent("out").path
    let (status, _) = try self.run(redirections, ["scan", corpus.path, "-o", output, "--quiet"])
    #expect(status == 0)
    let manifest = try String(contentsOfFile: output + "/manifest.jsonl", encoding: .utf8)
    #expect(manifest.split(separator: "\n").count == 2 && manifest.contains("\"drop\""))
  }
}
