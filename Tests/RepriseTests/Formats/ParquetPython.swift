import Foundation

/// Python with pyarrow, which `scripts/test` makes.
enum ParquetPython {
  static let canMake = output(["-c", "import pyarrow"]) != nil

  /// Runs a script that is next to these tests; returns what it writes, or nil if it fails.
  static func output(_ arguments: [String]) -> String? {
    guard let python = ProcessInfo.processInfo.environment["REPRISE_PYTHON"] else { return nil }
    let (process, pipe) = (Process(), Pipe())
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = arguments
    process.standardOutput = pipe
    guard (try? process.run()) != nil else { return nil }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? String(decoding: output, as: UTF8.self) : nil
  }

  /// The path of a script in the folder of these tests.
  static func script(_ name: String) -> String {
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent(name).path
  }
}
