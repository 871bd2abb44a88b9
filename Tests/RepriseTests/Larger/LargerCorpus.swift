import Foundation
import Testing

@testable import Reprise

/// A corpus in files of every kind, read in many chunks: what interrupted and divided runs are
/// tested on.
struct LargerCorpus {
  let workspace: Workspace
  let names = ["a.jsonl", "b.jsonl.zst", "c.csv", "texts", "d.jsonl"]

  init(families: Int = 90, seed: UInt64 = 21) throws {
    workspace = try Workspace()
    let records = MixedCorpus(families: families, seed: seed).records
    let quarter = records.count / 4
    let parts = (0..<4).map { Array(records[($0 * quarter)..<(($0 + 1) * quarter)]) }
    try workspace.write("a.jsonl", records: parts[0])
    try workspace.write("b.jsonl.zst", TestRecord.lines(parts[1]), packed: .zstd)
    try workspace.write("c.csv", TestTable(parts[2], lineEnd: "\r\n").bytes)
    for (index, record) in parts[3].prefix(40).enumerated() {
      try workspace.write("texts/\(index % 3)/\(index).txt", text: record.text)
    }
    // What cannot be read, and ids that were there before.
    let bad = Array(
      "{\"text\":7}\n\n{\"id\":\"\\ud800x\",\"text\":\"lone \\ud800 half\"}\n[]\n".utf8)
    try workspace.write("d.jsonl", TestRecord.lines(parts[3] + parts[0].prefix(9)) + bad)
  }

  /// The options of a scan into a folder of this name.
  func options(_ output: String) -> ScanOptions {
    var options = ScanOptions(paths: names.map { workspace.path($0) })
    options.resources.threads = 2
    options.hooks.chunkByteCount = 8 << 10
    options.output.folder = workspace.path(output)
    return options
  }

  /// Scans into a folder and returns its files, times left out.
  func scan(
    _ output: String, _ configure: (inout ScanOptions) -> Void = { _ in }
  ) throws -> [String: Data] {
    var options = options(output)
    configure(&options)
    _ = try Scan(options).run()
    return try workspace.resultsFiles(output)
  }

  /// The signature file of a scan into a folder of this name.
  func signatures(_ output: String) -> URL { workspace.url(".\(output).scratch/signatures") }

  /// Names in the workspace that a run would leave behind.
  func leftovers() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: workspace.path(""))
      .filter { $0.hasPrefix(".") }
  }
}
