import Foundation
import Testing

/// Python's csv module.
enum TableTwin {
  /// A row as Python reads it.
  struct Row: Equatable {
    var line: Int
    var fields: [String]
  }

  /// Runs a command of `table_twin.py` and returns what it prints.
  static func run(_ arguments: String...) throws -> String {
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("table_twin.py")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script.path] + arguments
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "\(arguments)")
    return String(decoding: data, as: UTF8.self)
  }

  /// The rows of a table, the header first, without blank lines.
  static func rows(_ path: String, delimiter: String) throws -> [Row] {
    try run("read", path, delimiter).split(separator: "\n").compactMap { line in
      let values = try JSONDecoder().decode([String].self, from: Data(line.utf8))
      guard values.count > 1 else { return nil }
      return Row(line: Int(values[0]) ?? 0, fields: Array(values.dropFirst()))
    }
  }
}
