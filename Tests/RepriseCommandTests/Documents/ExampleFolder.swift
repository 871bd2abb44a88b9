import Foundation
import Testing

/// A working folder with every file that an example names.
struct ExampleFolder {
  let folder: URL

  /// Makes the folder.
  init() throws {
    folder = FileManager.default.temporaryDirectory.resolvingSymlinksInPath()
      .appendingPathComponent("reprise-examples-\(UUID().uuidString)")
    for name in ["old.txt", "new.txt", "draft.txt", "final.txt", "A", "B", "FILE"] {
      try write(Self.paragraphs(name == "B" ? 2 : 3), name)
    }
    for name in ["articles/a.txt", "articles/b.txt", "docs/a.md", "docs/vendor/b.md"] {
      try write(Self.paragraphs(3), name)
    }
    try write(Self.paragraphs(2) + "-----\n" + Self.paragraphs(2) + "-----\n", "archive.txt")
    let line = #"{"body":"\#(Self.sentence(1))","#
    try write(
      line + #""url":"a","fetched_at":"2026-01-01"}"# + "\n"
        + line + #""url":"b","fetched_at":"2026-02-01"}"# + "\n",
      "crawl.jsonl")
    for name in ["old", "new"] { try write(Self.paragraphs(2), "\(name)/a.txt") }
    for name in ["a", "b"] { try write(Self.records(name), "crawl/\(name).jsonl") }
    try write("#!/bin/sh\ncat crawl-records\n", "bin/make-corpus")
    try write(Self.records("c"), "crawl-records")
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o755],
      ofItemAtPath: folder.appendingPathComponent("bin/make-corpus").path)
    try FileManager.default.createSymbolicLink(
      at: folder.appendingPathComponent("bin/reprise"), withDestinationURL: CommandRun.executable)
    try FileManager.default.copyItem(
      atPath: GoldenCase.seeds, toPath: folder.appendingPathComponent("seeds").path)
    try FileManager.default.copyItem(
      atPath: Self.shards, toPath: folder.appendingPathComponent("shards").path)
    let status = try run("zstd --quiet --rm crawl.jsonl crawl/a.jsonl crawl/b.jsonl").status
    try #require(status == 0, "zstd is needed: scripts/setup --tests installs it")
  }

  /// Runs a command line in the folder.
  func run(_ line: String) throws -> (status: Int32, output: String) {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", line.replacingOccurrences(of: "/fast-disk", with: "\(folder.path)/fast-disk"),
    ]
    process.currentDirectoryURL = folder
    process.environment = [
      "COLUMNS": "80", "LANG": "C.UTF-8", "TERM": "dumb",
      "PATH": "\(folder.path)/bin:/usr/local/bin:/usr/bin:/bin",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let said = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: said, as: UTF8.self))
  }

  /// Deletes the folder.
  func remove() { try? FileManager.default.removeItem(at: folder) }

  /// Writes a file of the folder.
  func write(_ text: String, _ name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  /// Two Parquet files, in which two rows of the second repeat rows of the first.
  private static let shards = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../Fixtures/shards").standardized.path

  private static func sentence(_ number: Int) -> String {
    (0..<60).map { "word\(number)x\($0)" }.joined(separator: " ")
  }

  private static func paragraphs(_ count: Int) -> String {
    (0..<count).map { sentence($0) + ".\n\n" }.joined()
  }

  // The second record repeats the first.
  private static func records(_ id: String) -> String {
    (0..<2).map { #"{"id":"\#(id)\#($0)","text":"\#(sentence(1))"}"# + "\n" }.joined()
  }
}
