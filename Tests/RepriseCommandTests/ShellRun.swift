import Foundation

/// A shell script in a working folder, in which `$reprise` is the built command.
struct ShellRun {
  let status: Int32
  let stdout: String
  let stderr: String

  /// Runs the script, which ends at the first command that fails.
  init(
    _ script: String, in folder: URL, shell: [String] = [], path: String = "/usr/bin:/bin:/usr/sbin"
  ) throws {
    let process = Process()
    let (out, err) = (Pipe(), Pipe())
    let words = shell + ["/bin/bash", "-ec", script]
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = words
    process.currentDirectoryURL = folder
    process.environment = ["PATH": path, "reprise": CommandRun.executable.path]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = out
    process.standardError = err
    try process.run()
    // What is printed here fits the pipes.
    process.waitUntilExit()
    try out.fileHandleForWriting.close()
    try err.fileHandleForWriting.close()
    stdout = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    stderr = String(decoding: err.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    status = process.terminationReason == .exit ? process.terminationStatus : -1
  }
}
