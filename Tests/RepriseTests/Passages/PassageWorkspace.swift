import Foundation
import Reprise

/// A folder for one test, with what its scans write.
final class PassageWorkspace {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-passages-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  /// The same as scans take it.
  @_disfavoredOverload
  func path(_ name: String) -> BytePath { BytePath(folder.appendingPathComponent(name).path) }

  func write(_ text: String, to name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// Scans, and returns the summary; the results are in `output`.
  func scan(
    _ name: String, to output: String = "results",
    _ change: (inout ScanOptions) -> Void = { _ in }
  ) throws -> ScanSummary {
    var options = ScanOptions(paths: [path(name)])
    options.output.folder = path(output)
    change(&options)
    return try Scan(options).run()
  }

  /// The lines of `passages.jsonl` or another results file.
  func lines(_ name: String, of output: String = "results") throws -> [JSONTree] {
    try text("\(output)/\(name)").split(separator: "\n").map { line in
      try JSONTree(parsing: Array(line.utf8))
    }
  }
}

/// Words without a meaning, from a seed.
struct WordSource {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next(below limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % limit
  }

  mutating func words(_ count: Int) -> String {
    let letters = Array("abcdefghijklmnopqrstuvwxyz")
    return (0..<count).map { _ in
      String((0..<3 + next(below: 6)).map { _ in letters[next(below: 26)] })
    }.joined(separator: " ")
  }
}
