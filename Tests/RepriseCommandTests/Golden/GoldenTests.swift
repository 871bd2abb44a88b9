import Foundation
import Testing

/// `REPRISE_RECORD=1` writes what the command does into the inputs, and fails.
@Suite("Golden cases")
struct GoldenTests {
  private static let isRecording = ProcessInfo.processInfo.environment["REPRISE_RECORD"] == "1"

  @Test("there are cases")
  func thereAreCases() {
    #expect(GoldenCase.all.count >= 20)
  }

  @Test("the command does what the case says", arguments: GoldenCase.all)
  func caseHolds(_ golden: GoldenCase) throws {
    let run = try CommandRun(golden)
    defer { run.remove() }
    if Self.isRecording { return try record(golden, run) }
    try #require(golden.file("exit") != nil, "\(golden.name) was never recorded")
    #expect(run.stdout == text(golden.file("stdout")))
    #expect(run.stderr == text(golden.file("stderr")))
    #expect(run.exitLines == text(golden.file("exit")))
    for name in golden.expectedFiles() {
      #expect(run.file(name) == text(golden.file("expected/\(name)")), "\(name)")
    }
  }

  private func text(_ data: Data?) -> String? {
    data.map { String(decoding: $0, as: UTF8.self) }
  }

  private func record(_ golden: GoldenCase, _ run: CommandRun) throws {
    let folder = golden.sourceFolder
    func write(_ text: String, _ name: String) throws {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    try write(run.stdout, "stdout")
    try write(run.stderr, "stderr")
    try write(run.exitLines, "exit")
    for name in golden.expectedFiles() {
      try write(try #require(run.file(name), "\(name)"), "expected/\(name)")
    }
    Issue.record("recorded \(golden.name)")
  }
}
