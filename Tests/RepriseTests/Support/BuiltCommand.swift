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

  // The tests are a program of their own, beside the command's.
  private static func executable() throws -> URL {
    let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    let file = URL(fileURLWithPath: tests).deletingLastPathComponent()
      .appendingPathComponent("reprise")
    try #require(FileManager.default.isExecutableFile(atPath: file.path), "\(file.path)")
    return file
  }
}
