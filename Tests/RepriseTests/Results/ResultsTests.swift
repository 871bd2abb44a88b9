import Foundation
import Reprise
import Testing

@Suite("The entries of a results folder")
struct ResultsTests {
  /// A corpus that has a line of each kind in every results file.
  private static func scanned() throws -> Workspace {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 41)
    let text = (0..<12).map { _ in random.text(30) + "." }.joined(separator: "\n")
    let notice = (0..<4).map { _ in random.text(30) + "." }.joined(separator: "\n")
    var records = [
      TestRecord("kept", text), TestRecord("exact", text),
      TestRecord("words", text.uppercased()),
      TestRecord("near \"quoted\" \u{E9}", text + "\nFour words at last."),
      TestRecord("trim", random.text(80) + ".\n" + text + "\n" + random.text(80) + "."),
      TestRecord("empty", "..."),
    ]
    for number in 0..<4 {
      records.append(
        TestRecord("notice \(number)", random.text(200) + ".\n" + notice))
    }
    let lines = Array(TestRecord.lines(records)) + Array("{\"id\":\"no text\"}\n".utf8)
    try workspace.write("a.jsonl", lines)
    _ = try workspace.scan("a.jsonl") {
      $0.matching.find = .all
      $0.matching.boilerplateLimit = 3
    }
    return workspace
  }

  /// The lines of the entries, written again.
  private static func written<Entry: ResultEntry>(
    _ entries: Results.Entries<Entry>
  ) throws -> (lines: [UInt8], count: Int) {
    var writer = JSONWriter()
    var count = 0
    while let entry = try entries.next() {
      entry.write(to: &writer)
      writer.endLine()
      count += 1
    }
    return (unsafe writer.buffer.withUnsafeBytes { unsafe Array($0) }, count)
  }

  @Test func `are what each file says, byte for byte`() throws {
    let workspace = try Self.scanned()
    let results = Results(workspace.path("results"))
    for (name, written, expected) in [
      ("manifest", try Self.written(results.documents()), 11),
      ("clusters", try Self.written(results.clusters()), 1),
      ("pairs", try Self.written(results.pairs()), 2),
      ("passages", try Self.written(results.passages()), 2),
      ("problems", try Self.written(results.problems()), 1),
    ] {
      #expect(written.lines == (try workspace.bytes("results/\(name).jsonl")), "\(name)")
      #expect(written.count == expected, "\(name)")
    }
  }

  @Test func `end with an error that names a damaged line`() throws {
    let workspace = try Self.scanned()
    let whole = try #require(try Results(workspace.path("results")).pairs().next())
    let pairs = try workspace.bytes("results/pairs.jsonl")
    let first = try #require(pairs.firstIndex(of: 0x0A))
    try workspace.write("results/pairs.jsonl", pairs[...first] + Array("{\"first\":1}\n".utf8))
    let reader = try Results(workspace.path("results")).pairs()
    #expect(try reader.next()?.second.id == whole.second.id)
    let error = #expect(throws: RepriseError.self) { try reader.next() }
    #expect(error?.problem?.line == 2 && error?.problem?.className == "invalid-results")
    #expect(throws: RepriseError.self) { try Results(workspace.path("none")).clusters() }
  }
}
