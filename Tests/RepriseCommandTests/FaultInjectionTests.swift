import Foundation
import Testing

/// The short form of `scripts/fault-injection`, which disturbs some hundred runs of the built command.
@Suite("A disturbed run")
struct FaultInjectionTests {
  private static let environment = ProcessInfo.processInfo.environment
  /// A sanitizer's own allocator and the library that is loaded before the command exclude each other.
  private static let isSanitized =
    environment["ASAN_OPTIONS"] != nil || environment["TSAN_OPTIONS"] != nil
  private static let python = "/usr/bin/python3"
  static let canRun =
    !isSanitized && FileManager.default.isExecutableFile(atPath: python)
    && ["cc", "clang", "gcc"].contains { name in
      (environment["PATH"] ?? "").split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(name)")
      }
    }

  @Test(
    "gives the same results, or says why not and loses nothing",
    .enabled(if: canRun, "needs Python 3, a C compiler, and a build without sanitizers"))
  func disturbedRuns() throws {
    let run = try Self.inject(CommandRun.executable.path, [])
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains(" disturbed runs, 0 of them bad"))
  }

  @Test(
    "that hides its failure is found out",
    .enabled(if: canRun, "needs Python 3, a C compiler, and a build without sanitizers"))
  func hiddenFailures() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-hiding-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let command = folder.appendingPathComponent("hiding")
    try "#!/bin/sh\n'\(CommandRun.executable.path)' \"$@\" 2>/dev/null || true\n"
      .write(to: command, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755], ofItemAtPath: command.path)
    let run = try Self.inject(
      command.path, ["--parts", "calls", "--jobs", "clean", "--calls", "mkdir,fsync"])
    #expect(run.status == 1, "\(run.output)")
    #expect(run.output.contains("wrong: the run ended with 0, and there is no output"))
  }

  private static func inject(
    _ command: String, _ options: [String]
  ) throws -> (status: Int32, output: String) {
    let top = GoldenCase.testFolder.deletingLastPathComponent().deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments =
      [top.appendingPathComponent("scripts/fault-injection").path, "--short"]
      + ["--command", command] + options
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: printed, as: UTF8.self))
  }
}
