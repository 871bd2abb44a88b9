import Foundation
import Testing

/// The command as it was built together with the tests.
enum BuiltCommand {
  /// Runs it.
  /// - Parameters:
  ///   - arguments: the words after its name.
  ///   - environment: all variables that it sees.
  /// - Returns: its exit status; -1 if a signal ended it.
  /// - Throws: why it could not be started.
  static func run(_ arguments: [String], environment: [String: String]) throws -> Int32 {
    let process = Process()
    process.executableURL = try executable()
    process.arguments = arguments
    process.environment = environment
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationReason == .exit ? process.terminationStatus : -1
  }

  /// A run of the command that may be sent signals.
  final class Running {
    private let process = Process()
    private let messages = Pipe()
    private let input = Pipe()

    /// Starts it.
    /// - Parameters:
    ///   - arguments: the words after its name.
    ///   - keepsInputOpen: true for a standard input that gives nothing and does not end.
    ///   - fileLimit: the size in KiB that no file may exceed.
    ///   - ignoresHangUp: true to begin it as `nohup` does.
    /// - Throws: why it could not be started.
    init(
      _ arguments: [String], keepsInputOpen: Bool = false, fileLimit: Int? = nil,
      ignoresHangUp: Bool = false
    ) throws {
      let command = try executable()
      let limit = fileLimit.map { "ulimit -f \($0); " } ?? ""
      let preparation = limit + (ignoresHangUp ? "trap '' HUP; " : "")
      process.executableURL = preparation.isEmpty ? command : URL(fileURLWithPath: "/bin/bash")
      process.arguments =
        preparation.isEmpty
        ? arguments : ["-c", preparation + "exec \"$0\" \"$@\"", command.path] + arguments
      if keepsInputOpen {
        process.standardInput = input
      } else {
        process.standardInput = FileHandle.nullDevice
      }
      process.standardOutput = FileHandle.nullDevice
      process.standardError = messages
      try process.run()
    }

    /// True until it has ended.
    var isRunning: Bool { process.isRunning }

    /// Sends a signal.
    func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

    /// Waits until it has ended.
    /// - Returns: the exit status, -1 if a signal ended it, and what it said on standard error.
    func wait() -> (status: Int32, message: String) {
      let said = (try? messages.fileHandleForReading.readToEnd()) ?? Data()
      process.waitUntilExit()
      let status = process.terminationReason == .exit ? process.terminationStatus : -1
      return (status, String(decoding: said, as: UTF8.self))
    }
  }

  // The tests are a program of their own, beside the command's.
  private static func executable() throws -> URL {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let file = URL(fileURLWithPath: tests).deletingLastPathComponent()
      .appendingPathComponent("reprise")
    try #require(FileManager.default.isExecutableFile(atPath: file.path), "\(file.path)")
    return file
  }
}
