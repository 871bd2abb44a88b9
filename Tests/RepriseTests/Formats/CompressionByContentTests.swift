import Foundation
import Reprise
import Testing

@Suite("Compression by content")
struct CompressionByContentTests {
  private static let texts = (0..<40).map { index in
    (0..<30).map { "word\((index % 30) * 31 + $0)" }.joined(separator: " ")
  }

  private static let lines = Array(
    texts.map { "{\"text\":\"\($0)\"}\n" }.joined().utf8)

  /// Writes data of which each half is a member or a frame of its own.
  private func write(
    _ name: String, _ bytes: [UInt8], _ compression: Compression, in workspace: Workspace
  ) throws {
    var packed: [UInt8] = []
    for half in [bytes[..<(bytes.count / 2)], bytes[(bytes.count / 2)...]] {
      try? FileManager.default.removeItem(at: workspace.url("half"))
      try workspace.write("half", Array(half), packed: compression)
      packed += try workspace.bytes("half")
    }
    try workspace.write(name, packed)
  }

  private func outcome(_ results: ScanResults) -> [String] {
    results.entries.map { entry in
      let parts: [Any?] = [
        entry.status, entry.reason?.rawValue, entry.offset, entry.length, entry.duplicateRow,
      ]
      return parts.map { $0.map { "\($0)" } ?? "-" }.joined(separator: " ")
    }
  }

  /// Decompresses with the tools of the system.
  private func unpacked(_ path: String, _ compression: Compression) throws -> [UInt8] {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = [compression == .gzip ? "gzip" : "zstd", "-dc"]
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return Array(bytes)
  }

  @Test(
    "a file is read and cleaned as what it is, whatever its name is",
    arguments: [Compression.gzip, .zstd], [1 << 20, 3_000])
  func otherName(compression: Compression, chunkByteCount: Int) throws {
    let workspace = try Workspace()
    let suffix = compression == .gzip ? "gz" : "zst"
    let wrong = compression == .gzip ? "zst" : "gz"
    try write("named.jsonl.\(suffix)", Self.lines, compression, in: workspace)
    let expected = try workspace.scan("named.jsonl.\(suffix)", into: "expected")
    #expect(expected.ids(.drop).count == 10)
    for name in ["plain", "a.txt", "b.jsonl", "c.jsonl.\(wrong)"] {
      try write(name, Self.lines, compression, in: workspace)
      let results = try workspace.scan(name) { options in
        options.hooks.chunkByteCount = chunkByteCount
      }
      #expect(outcome(results) == outcome(expected), "\(name)")
      #expect(results.problems.isEmpty, "\(name)")
      try workspace.clean(to: "cleaned-\(name)")
      let copy = try unpacked(workspace.path("cleaned-\(name)/\(name)"), compression)
      let kept = Self.texts[..<30].map { "{\"text\":\"\($0)\"}\n" }.joined()
      #expect(String(decoding: copy, as: UTF8.self) == kept, "\(name)")
      let again = try workspace.scan("cleaned-\(name)/\(name)", into: "again")
      #expect(again.entries.map(\.status) == Array(repeating: .keep, count: 30), "\(name)")
    }
  }

  @Test("texts under wrong names have their own entries", arguments: [Compression.gzip, .zstd])
  func texts(compression: Compression) throws {
    let workspace = try Workspace()
    for (index, text) in Self.texts.enumerated() {
      let isCompressed = index % 3 != 0
      let name = "corpus/\(index + 100).txt"
      if isCompressed {
        try workspace.write(name, Array(text.utf8), packed: compression)
      } else {
        try workspace.write(name, text: text)
      }
    }
    let results = try workspace.scan("corpus")
    #expect(results.problems.isEmpty)
    #expect(results.ids(.drop).count == 10)
    #expect(results.entries.map(\.length) == Self.texts.map(\.utf8.count))
    try workspace.clean()
    let again = try workspace.scan("cleaned", into: "again")
    #expect(again.entries.count == 30)
    #expect(again.ids(.keep).count == 30)
  }

  @Test("damage is reported as it is under the usual name", arguments: [Compression.gzip, .zstd])
  func damage(compression: Compression) throws {
    let workspace = try Workspace()
    let suffix = compression == .gzip ? "gz" : "zst"
    try write("whole", Self.lines, compression, in: workspace)
    let whole = try workspace.bytes("whole")
    var changed = whole
    for place in whole.count / 2 + 40..<whole.count / 2 + 60 { changed[place] ^= 0x55 }
    for damaged in [Array(whole.dropLast(9)), whole + [1, 2, 3], changed, Array(whole.prefix(6))] {
      try workspace.write("a.jsonl.\(suffix)", damaged)
      try workspace.write("a.jsonl", damaged)
      let expected = try workspace.scan("a.jsonl.\(suffix)", into: "expected")
      let results = try workspace.scan("a.jsonl")
      #expect(outcome(results) == outcome(expected))
      #expect(expected.problems.count == 1)
      #expect(results.problems.map(\.class) == expected.problems.map(\.class))
      #expect(results.problems.map(\.byte) == expected.problems.map(\.byte))
      let sentences = [results, expected].map {
        $0.problems.first?.message.split(separator: ": ").last
      }
      #expect(sentences[0] == sentences[1])
    }
  }

  @Test func `data that was compressed twice is named and not read`() throws {
    let workspace = try Workspace()
    try workspace.write("once", Self.lines, packed: .gzip)
    try workspace.write("twice.jsonl.gz", try workspace.bytes("once"), packed: .gzip)
    let results = try workspace.scan("twice.jsonl.gz")
    #expect(results.problems.map(\.class) == ["other-format"])
    #expect(results.problems.first?.message.contains("gzip data within compressed data") == true)
  }
}
