import Foundation
import Testing

@testable import Reprise

/// A second reader of signature files, in Python, written after `docs/signatures.md`.
@Suite("Larger: the signature script")
struct SignatureScriptTests {
  /// The interpreter with the package xxhash, which `scripts/test` makes.
  private static let python = ProcessInfo.processInfo.environment["REPRISE_PYTHON"]

  private struct Line: Decodable {
    let id: String
    let source: String
    let offset: Int
    let length: Int
    let title: String
    let problem: String
    let keys: [UInt64]
    let digest: String
  }

  @Test(
    "scripts/read-signatures.py reads what sign writes",
    .enabled(if: python != nil, "needs REPRISE_PYTHON, a Python with xxhash: run scripts/test"))
  func reads() throws {
    let corpus = try LargerCorpus()
    let manifest = try corpus.scan("whole")
    let path = corpus.workspace.path("all.signatures")
    _ = try Sign(SignOptions(corpus.options("unused"), file: BytePath(path))).run()
    let lines = try read(path)
    let entries = try (manifest["manifest.jsonl"] ?? Data()).split(separator: 0x0A).map {
      try JSONDecoder().decode(Entry.self, from: $0)
    }
    #expect(lines.count == entries.count && lines.count > 200)
    for (line, entry) in zip(lines, entries) {
      #expect(line.id == entry.id && line.source == entry.source)
      #expect(line.title == entry.title ?? "")
      #expect(line.problem == (entry.status == "unreadable" ? entry.reason : ""))
      #expect(line.offset == entry.offset && line.length == entry.length)
      #expect(line.keys.count == 21 && line.digest.count == 48)
    }
    // Documents with the same words have the same keys, and all others, so many of them, others.
    let copies = entries.indices.filter { ["exact", "words"].contains(entries[$0].reason) }
    #expect(copies.count > 3)
    let byID = Dictionary(zip(entries.map(\.id), lines)) { first, _ in first }
    for copy in copies {
      let kept = entries[copy].duplicateOf.flatMap { byID[$0] }
      #expect(kept?.keys == lines[copy].keys && kept?.digest == lines[copy].digest)
    }
    #expect(Set(lines.map { $0.keys }).count > lines.count / 2)
  }

  private struct Entry: Decodable {
    let id: String
    let source: String
    let offset: Int
    let length: Int
    let title: String?
    let status: String
    let reason: String?
    let duplicateOf: String?

    enum CodingKeys: String, CodingKey {
      case id, source, offset, length, title, status, reason
      case duplicateOf = "duplicate_of"
    }
  }

  private func read(_ path: String) throws -> [Line] {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.python))
    process.arguments = [root.appending(path: "scripts/read-signatures.py").path, path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    return try printed.split(separator: 0x0A).map { try JSONDecoder().decode(Line.self, from: $0) }
  }
}
