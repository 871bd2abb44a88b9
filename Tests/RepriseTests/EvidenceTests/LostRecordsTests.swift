import Foundation
import Testing

@testable import Reprise

@Suite("Evidence: records that are too long, and strict runs")
struct LostRecordsTests {
  private static let words = "one two three four five six seven eight nine ten"
  private static func long(_ count: Int) -> String { String(repeating: "x", count: count) }

  /// Texts in order, of which those of over 1000 bytes are too long.
  private static let texts = [
    words, long(5000), "ten nine eight seven six five four", words, long(1200), "short", long(990),
    long(30_000),
  ]

  private static func file(_ name: String) -> String {
    if name.contains("jsonl") {
      return texts.enumerated().map { TestRecord("d\($0)", $1).line }.joined(separator: "\n")
    }
    // Lines of a hundred bytes: an article is too long, a line is not.
    return texts.map { text in
      let characters = Array(text)
      let lines = stride(from: 0, to: characters.count, by: 100).map {
        String(characters[$0..<min($0 + 100, characters.count)])
      }
      return lines.joined(separator: "\n") + "\n----\n"
    }.joined()
  }

  private func scan(
    _ workspace: Workspace, _ name: String, into output: String = "results", chunk: Int = 1 << 20,
    _ configure: (inout ScanOptions) -> Void = { _ in }
  ) throws -> ScanResults {
    try workspace.scan(name, into: output) {
      $0.input.maximumDocumentByteCount = 1050
      $0.hooks.chunkByteCount = chunk
      if name.contains("txt") { $0.input.articles = .after("^----$") }
      configure(&$0)
    }
  }

  @Test(
    "a record that is too long has its place in the manifest, whatever the size of the chunks",
    arguments: ["a.jsonl", "a.jsonl.gz", "a.txt", "a.txt.zst"])
  func places(name: String) throws {
    let workspace = try Workspace()
    let bytes = Array(Self.file(name).utf8)
    try workspace.write(name, bytes, packed: Compression(fileName: BytePath(name)))
    let results = try scan(workspace, name)
    let isText = name.contains("txt")
    // The text of 990 bytes is more than a record may have, with what is around it.
    let status: [ManifestEntry.Status] = [
      .keep, .unreadable, .keep, .drop, .unreadable, .keep, .keep, .unreadable,
    ]
    #expect(results.entries.map(\.status) == status)
    for entry in results.entries where entry.status == .unreadable {
      #expect(entry.reason?.rawValue == "record-too-long")
      #expect(results.problems.contains { $0.byte == entry.offset && $0.line != nil })
    }
    #expect(results.problems.count == 3)
    // Nothing is between the documents but line ends, and nothing before or behind them.
    var end = 0
    for entry in results.entries {
      #expect(entry.offset == end)
      end = entry.offset + entry.length + (isText ? 0 : 1)
    }
    #expect(end - (isText ? 0 : 1) == bytes.count)
    for chunk in [64, 700, 4096] {
      let others = try scan(workspace, name, into: "results-\(chunk)", chunk: chunk)
      #expect(others.files == results.files, "\(chunk)")
    }
  }

  @Test(
    "what is unreadable stays in a cleaned corpus, or goes with its line end",
    arguments: ["a.jsonl", "a.jsonl.gz", "a.txt", "a.txt.zst"])
  func cleaning(name: String) throws {
    let workspace = try Workspace()
    let text = Self.file(name)
    try workspace.write(name, Array(text.utf8), packed: Compression(fileName: BytePath(name)))
    let results = try scan(workspace, name)
    func kept(_ isKept: (ManifestEntry) -> Bool) -> String {
      let bytes = Array(text.utf8)
      return results.entries.filter(isKept).map { entry in
        let end = min(bytes.count, entry.offset + entry.length + (name.contains("jsonl") ? 1 : 0))
        return String(decoding: bytes[entry.offset..<end], as: UTF8.self)
      }.joined()
    }
    #expect(try workspace.clean(to: "kept").unreadableCount == 0)
    #expect(try workspace.unpacked("kept/\(name)") == kept { $0.status != .drop })
    let report = try workspace.clean(to: "dropped", droppingUnreadable: true)
    #expect(report.unreadableCount == 3 && report.droppedCount == 1)
    #expect(
      try workspace.unpacked("dropped/\(name)")
        == kept { $0.status != .drop && $0.status != .unreadable })
  }

  @Test("a file that is lost as a whole is left out as a whole, if at all")
  func lostFiles() throws {
    let workspace = try Workspace()
    let binary = (0..<4000).map { UInt8(truncatingIfNeeded: $0 &* 97 % 251) }
    try workspace.write("in/a.bin", binary)
    try workspace.write("in/b.txt", text: Self.words)
    try workspace.write("in/c.jsonl.gz", text: Self.words)
    try workspace.write("in/d.txt", Array(Self.long(3000).utf8), packed: .none)
    try workspace.write("in/e.jsonl", text: "broken\n")
    let results = try workspace.scan("in") { $0.input.maximumDocumentByteCount = 2000 * 2 }
    #expect(
      results.entries.map { $0.reason?.rawValue } == [
        "not-text", nil, "not-compressed", nil, "malformed-json",
      ])
    let report = try workspace.clean(to: "kept")
    #expect(report.problems.map(\.reason.name) == ["not-compressed"])
    for name in ["a.bin", "b.txt", "c.jsonl.gz", "d.txt", "e.jsonl"] {
      #expect(try workspace.bytes("kept/\(name)") == workspace.bytes("in/\(name)"))
    }
    try workspace.clean(to: "dropped", droppingUnreadable: true)
    #expect(try workspace.files(below: "dropped") == ["b.txt", "d.txt", "e.jsonl"])
    #expect(try workspace.bytes("dropped/e.jsonl").isEmpty)
  }

  @Test("a packed file that expands a thousandfold is read no further than a document may be long")
  func expandingArchive() throws {
    let workspace = try Workspace()
    let bomb = [UInt8](repeating: 0x20, count: 64 << 20)
    try workspace.write("bomb.txt.zst", bomb, packed: .zstd)
    try workspace.write("bomb.jsonl.zst", bomb, packed: .zstd)
    try workspace.write("good.txt", text: Self.words)
    #expect(try workspace.bytes("bomb.txt.zst").count < bomb.count / 1000)
    let results = try workspace.scan("bomb.txt.zst", "bomb.jsonl.zst", "good.txt") {
      $0.input.maximumDocumentByteCount = 1 << 20
    }
    #expect(results.entries.map(\.status) == [.unreadable, .unreadable, .keep])
    #expect(results.entries[1].length == bomb.count)
    #expect(results.problems.map(\.class) == ["record-too-long", "record-too-long"])
  }

  @Test("a strict run stops at the first problem, and leaves nothing behind", arguments: [1, 4])
  func strict(threads: Int) throws {
    let workspace = try Workspace()
    let good = (0..<60_000).map { TestRecord("d\($0)", "text of number \($0)").line }
    var lines = good
    lines[41_234] = "{\"id\":\"bad\"}"
    lines[50_000] = "broken"
    try workspace.write("a.jsonl", text: lines.joined(separator: "\n"))
    let error = #expect(throws: RepriseError.self) {
      try workspace.scan("a.jsonl") {
        $0.output.isStrict = true
        $0.resources.threads = threads
      }
    }
    let path = workspace.path("a.jsonl")
    #expect(error?.description.hasPrefix("\"\(path)\", line 41235, byte ") == true)
    #expect(
      error?.description.contains("stopped at the first problem: The record has no field") == true)
    #expect(try workspace.files(below: "") == ["a.jsonl"])
  }

  @Test(
    "what strict runs stop at", arguments: ["twice.jsonl", "none.jsonl.gz", "latin.txt", "zero"])
  func strictClasses(name: String) throws {
    let workspace = try Workspace()
    try workspace.write(
      "twice.jsonl", text: "{\"id\":\"a\",\"text\":\"b\"}\n{\"id\":\"a\",\"text\":\"c\"}\n")
    try workspace.write("none.jsonl.gz", text: "plain")
    try workspace.write("latin.txt", Array("caf".utf8) + [0xE9] + Array(" and more".utf8))
    try workspace.write("zero", [UInt8](repeating: 0, count: 100))
    let error = #expect(throws: RepriseError.self) {
      try workspace.scan(name) { $0.output.isStrict = true }
    }
    #expect(error?.description.contains("stopped at the first problem") == true)
    #expect(error?.description.contains(workspace.path(name)) == true)
    try workspace.write("good.txt", text: "a good text")
    #expect(try workspace.scan("good.txt") { $0.output.isStrict = true }.entries.count == 1)
  }
}
