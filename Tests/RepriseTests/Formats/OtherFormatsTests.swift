import Foundation
import Reprise
import Testing

@Suite("Formats that are not read")
struct OtherFormatsTests {
  /// Files that are not text and have no fixed bytes, or that are text.
  private static let otherNames: Set<String> = ["store.dat", "store.dir", "store.bak"]

  private func made() throws -> Workspace {
    let workspace = try Workspace()
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("other_formats.py")
    try FileManager.default.createDirectory(
      at: workspace.url("corpus"), withIntermediateDirectories: true)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script.path, workspace.path("corpus")]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return workspace
  }

  @Test("each is named, none is compared, and cleaning changes none", arguments: [1 << 20, 5_000])
  func namedAndKept(chunkByteCount: Int) throws {
    let workspace = try made()
    let results = try workspace.scan("corpus") { options in
      options.matching.find = .all
      options.hooks.chunkByteCount = chunkByteCount
    }
    let names = try workspace.files(below: "corpus")
    #expect(names.count > 80)
    var named = 0
    for name in names {
      let entry = try results.entry(workspace.path("corpus/\(name)"))
      if name.hasPrefix("text") && name.hasSuffix(".txt") || Self.otherNames.contains(name) {
        #expect(entry.status != .unreadable, "\(name)")
        continue
      }
      named += 1
      #expect(entry.status == .unreadable, "\(name)")
      let isNamed = entry.reason?.rawValue == "other-format"
      #expect(isNamed, "\(name): \(entry.reason?.rawValue ?? "-")")
    }
    #expect(named > 75)
    #expect(results.problems.count == named)
    #expect(
      results.problems.allSatisfy { $0.message.contains("this is") || $0.class == "not-text" })
    try workspace.clean()
    for name in try workspace.files(below: "cleaned") where !name.hasPrefix("text") {
      let (before, after) = try (
        workspace.bytes("corpus/\(name)"), workspace.bytes("cleaned/\(name)")
      )
      #expect(before == after, "\(name)")
    }
    let left = try workspace.files(below: "cleaned")
    let gone = Set(names).subtracting(left).subtracting(Self.otherNames)
    #expect(gone.allSatisfy { $0.hasPrefix("text") })
  }

  @Test func `they are left out with --drop-problems`() throws {
    let workspace = try made()
    _ = try workspace.scan("corpus")
    let report = try workspace.clean(droppingUnreadable: true)
    #expect(report.unreadableCount > 75)
    let left = Set(try workspace.files(below: "cleaned"))
    let others = left.filter { !($0.hasPrefix("text") && $0.hasSuffix(".txt")) }
    #expect(others.isSubset(of: Self.otherNames))
  }

  @Test func `a format that is named is read, whatever the content is`() throws {
    let workspace = try Workspace()
    try workspace.write("a.txt", text: "PK\u{3}\u{4} and words\n")
    try workspace.write("b.txt", text: "{\"text\":\"a\"}\n{\"text\":\"b\"}\n")
    let results = try workspace.scan("a.txt", "b.txt") { $0.input.selection.format = .text }
    #expect(results.entries.map(\.status) == [.keep, .keep])
    let found = try workspace.scan("a.txt", "b.txt", into: "found")
    #expect(found.entries.map(\.status) == [.unreadable, .keep, .keep])
  }
}
