import Foundation
import Testing

@testable import Reprise

@Suite("Larger: the command is interrupted")
struct InterruptionTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    // A second or more in a debug build.
    var random = RandomTexts(seed: 31)
    var texts = (0..<6_000).map { _ in random.text(80) }
    for index in 0..<1_000 { texts.append(texts[5 * index] + " once more") }
    try workspace.write("corpus.jsonl", records: TestRecord.numbered(texts))
  }

  @Test(
    "Ctrl-C, SIGTERM, SIGHUP and SIGQUIT end it within a second, and --resume goes on",
    arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
  func signals(signal: Int32) throws {
    try scanWhole()
    let run = try stopped(arguments("out"), after: 20_000, by: signal)
    #expect(run.seconds < 1)
    let message = run.message
    try #require(run.status == 128 + signal, "\(message)")
    #expect(message.contains("with --resume to continue"), "\(message)")
    #expect(try hidden() == [".out.scratch"])
    let resumed = try BuiltCommand.Running(arguments("out") + ["--resume"]).wait()
    #expect(resumed.status == 0, "\(resumed.message)")
    try expectSameAsWhole("out")
    #expect(try hidden().isEmpty)
  }

  @Test("Killed while it sketches, it goes on")
  func killed() throws {
    try scanWhole()
    for byteCount in [1, 100_000, 900_000] {
      _ = try stopped(arguments("out"), after: byteCount, by: SIGKILL)
      try #require(FileManager.default.fileExists(atPath: workspace.path(".out.scratch")))
      #expect(try hidden().count == 2)
      let resumed = try BuiltCommand.Running(arguments("out") + ["--resume"]).wait()
      #expect(resumed.status == 0, "\(resumed.message)")
      try expectSameAsWhole("out")
      #expect(try hidden().isEmpty)
      try FileManager.default.removeItem(at: workspace.url("out"))
    }
  }

  @Test("A run that nohup began outlives its terminal")
  func nohup() throws {
    let run = try BuiltCommand.Running(arguments("out"), ignoresHangUp: true)
    try waitForSketches("out", 1)
    run.send(SIGHUP)
    let (status, message) = run.wait()
    #expect(status == 0, "\(message)")
  }

  @Test("A stopped sign leaves what another one goes on from", arguments: [SIGKILL, SIGHUP])
  func sign(signal: Int32) throws {
    let call = [
      "sign", workspace.path("corpus.jsonl"), "--output", workspace.path("out"), "--quiet",
    ]
    let run = try stopped(call, after: 20_000, by: signal)
    #expect(run.status == (signal == SIGKILL ? -1 : 128 + signal), "\(run.message)")
    #expect(try hidden() == [".out.scratch"])
    let resumed = try BuiltCommand.Running(call + ["--resume"]).wait()
    #expect(resumed.status == 0, "\(resumed.message)")
    #expect(try hidden().isEmpty)
    #expect(FileManager.default.fileExists(atPath: workspace.path("out")))
  }

  @Test(
    "A stopped clean removes what it has written and says so, or the next one does",
    arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGKILL])
  func clean(signal: Int32) throws {
    let packed = try workspace.bytes("corpus.jsonl")
    try workspace.write("packed.jsonl.gz", packed + packed + packed, packed: .gzip)
    _ = try workspace.scan("packed.jsonl.gz", into: "results")
    let call = ["clean", workspace.path("results"), "--output", workspace.path("out"), "--quiet"]
    let (status, message, _) = try stopped(call, after: 0, by: signal)
    #expect(!FileManager.default.fileExists(atPath: workspace.path("out")))
    if signal == SIGKILL {
      #expect(status == -1)
      #expect(try hidden().count == 1)
    } else {
      #expect(status == 128 + signal)
      #expect(message == "reprise: stopped, and what was written so far has been removed.\n")
      #expect(try hidden().isEmpty)
    }
    let again = try BuiltCommand.Running(call).wait()
    #expect(again.status == 0, "\(again.message)")
    #expect(try hidden().isEmpty)
    #expect(FileManager.default.fileExists(atPath: workspace.path("out/packed.jsonl.gz")))
  }

  @Test("Two runs do not write to one scratch folder")
  func inUse() throws {
    // It waits for more to read, and so it is there for as long as the others need.
    let run = try BuiltCommand.Running(
      ["scan", "-", "--format", "jsonl", "--output", workspace.path("out")], keepsInputOpen: true)
    try waitForSketches("out", 1)
    for options in [[], ["--resume"]] {
      let other = try BuiltCommand.Running(arguments("out") + options).wait()
      #expect(other.status == 2 && other.message.contains("another run"), "\(other.message)")
    }
    run.send(SIGTERM)
    #expect(run.wait().status == 143)
  }

  @Test("What came through a pipe is gone, and so is the scratch folder")
  func pipe() throws {
    let run = try BuiltCommand.Running(
      ["scan", "-", "--format", "jsonl", "--output", workspace.path("out")], keepsInputOpen: true)
    try waitForSketches("out", 1)
    run.send(SIGTERM)
    let (status, message) = run.wait()
    #expect(status == 143 && message.contains("cannot be read again"), "\(message)")
    #expect(try hidden().isEmpty)
  }

  @Test("A full disk says so, and the run goes on when there is room", arguments: [8, 300, 1_200])
  func fullDisk(kilobytes: Int) throws {
    try scanWhole()
    let full = try BuiltCommand.Running(arguments("out"), fileLimit: kilobytes).wait()
    #expect(full.status == 2)
    #expect(full.message.contains("cannot be written"), "\(full.message)")
    #expect(full.message.contains("with --resume to continue"), "\(full.message)")
    let resumed = try BuiltCommand.Running(arguments("out") + ["--resume"]).wait()
    #expect(resumed.status == 0, "\(resumed.message)")
    try expectSameAsWhole("out")
    #expect(try hidden().isEmpty)
  }

  private func arguments(_ output: String) -> [String] {
    ["scan", workspace.path("corpus.jsonl"), "--output", workspace.path(output), "--quiet"]
  }

  /// Stops a run when it has written so many bytes of signatures, or any file if that is 0.
  ///
  /// A run may end before the signal reaches it, and a busy machine may hold back one that is
  /// stopping: so up to five are begun, and the last one counts.
  /// - Returns: the exit status, -1 if the signal ended it; what it said; the seconds from the
  ///   signal to its end.
  private func stopped(
    _ call: [String], after byteCount: Int, by signal: Int32
  ) throws -> (status: Int32, message: String, seconds: Double) {
    var result: (status: Int32, message: String, seconds: Double) = (0, "", 0)
    for _ in 0..<5 {
      for name in ["out", ".out.scratch"] {
        try? FileManager.default.removeItem(at: workspace.url(name))
      }
      let isScan = byteCount > 0
      let run = try BuiltCommand.Running(call + (isScan ? ["--threads", "1"] : []))
      if isScan {
        try waitForSketches("out", byteCount, while: run)
      } else {
        while try run.isRunning && hidden().isEmpty { usleep(200) }
      }
      let sent = ContinuousClock.now
      run.send(signal)
      let (status, message) = run.wait()
      let seconds = (ContinuousClock.now - sent) / .seconds(1)
      result = (status, message, seconds)
      if status != 0, seconds < 1 { break }
    }
    return result
  }

  private func waitForSketches(
    _ output: String, _ byteCount: Int, while run: BuiltCommand.Running? = nil
  ) throws {
    let path = workspace.path(".\(output).scratch/signatures")
    for _ in 0..<20_000 {
      let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
      if size ?? 0 >= byteCount || run?.isRunning == false { return }
      usleep(500)
    }
    Issue.record("the run never wrote \(byteCount) bytes")
  }

  private func hidden() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workspace.path(""))
      .filter { $0.hasPrefix(".") }
  }

  private func scanWhole() throws {
    _ = try workspace.scan("corpus.jsonl", into: "whole") { $0.matching.find = .all }
  }

  /// Results are the same in everything but times, and can be cleaned.
  private func expectSameAsWhole(_ output: String) throws {
    workspace.expectSame(
      try workspace.resultsFiles(output), try workspace.resultsFiles("whole"))
    for results in ["whole", output] {
      try workspace.clean(results, to: "\(results)-cleaned")
    }
    workspace.expectSame(
      try workspace.contents("\(output)-cleaned"), try workspace.contents("whole-cleaned"))
    for results in ["whole", output] {
      try FileManager.default.removeItem(at: workspace.url("\(results)-cleaned"))
    }
  }
}
