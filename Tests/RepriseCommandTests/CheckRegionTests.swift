import Foundation
import Testing

/// The regions of SARIF are compared with the text that they repeat by `check_regions.py`, which shares no code with
/// the command.
@Suite("The text at a region of SARIF")
struct CheckRegionTests {
  private static let python = ProcessInfo.processInfo.environment["REPRISE_PYTHON"]

  private static let shared =
    ProcessInfo.processInfo.environment["REPRISE_SHARED"].map(URL.init(fileURLWithPath:))
    ?? Document.top.deletingLastPathComponent().appendingPathComponent("shared")

  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-regions-\(UUID().uuidString)")
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("docs"), withIntermediateDirectories: true)
    return folder
  }

  /// Checks the folder `docs`.
  ///
  /// - Returns: the numbers of exact passages, edited passages and documents.
  private static func counts(in folder: URL, _ python: String) throws -> [Int] {
    let fixtures = try #require(Bundle.module.resourceURL).appendingPathComponent("Fixtures").path
    let schema = shared.appendingPathComponent("data/sarif-schema-2.1.0.json").path
    let hasSchema = FileManager.default.fileExists(atPath: schema)
    let run = try ShellRun(
      """
      "$reprise" check docs --sarif a.sarif --format json > a.json || test $? = 3
      "\(python)" "\(fixtures)/check_regions.py" a.sarif a.json \(hasSchema ? "'\(schema)'" : "")
      """, in: folder)
    #expect(run.status == 0, "\(run.stderr.suffix(2000))")
    return run.stdout.split { $0.isWhitespace }.compactMap { Int($0) }
  }

  @Test(
    "is the passage word for word, or as alike as is stated, whatever the line ends and characters",
    .enabled(if: python != nil, "REPRISE_PYTHON is not set; scripts/test sets it"))
  func ownFolder() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    func text(_ name: String, _ count: Int) -> [String] {
      (0..<count).map { "\(name)\($0)" }
    }
    let passage = text("word", 60)
    var edited = passage
    edited[20] = "changed"
    edited.insert("inserted", at: 41)
    let longer = text("h\u{E9}\u{1F600}e\u{301}", 50)
    // Each file has words of its own around what it repeats.
    let parts: [(name: String, body: [String], end: String, mark: String)] = [
      ("a.md", passage, "\n", ""), ("b, 100% [x]:y.md", passage, "\r\n", ""),
      ("c.md", passage, "\n", "\u{FEFF}"), ("d.md", edited, "\n", ""),
      ("e.md", longer, "\n", ""), ("f.md", longer, "\r\n", "\u{FEFF}"),
      ("g.md", passage + longer, "\n", ""), ("h.md", Array(passage[10..<50]), "\n", ""),
    ]
    for (name, body, end, mark) in parts {
      let words = text("own" + name.prefix(1), 70) + body + text("more" + name.prefix(1), 70)
      let lines = stride(from: 0, to: words.count, by: 9).map {
        words[$0..<min($0 + 9, words.count)].joined(separator: " ")
      }
      try Data((mark + "# \u{1F600} title\(end)\(end)" + lines.joined(separator: end)).utf8)
        .write(to: folder.appendingPathComponent("docs").appendingPathComponent(name))
    }
    let counts = try Self.counts(in: folder, try #require(Self.python))
    try #require(counts.count == 3)
    #expect(counts[0] >= 4 && counts[1] >= 1 && counts[2] == 0, "\(counts)")
  }

  @Test(
    "of real documentation is the passage",
    .enabled(if: python != nil, "REPRISE_PYTHON is not set; scripts/test sets it"),
    arguments: ["eips_ercs", "longhorn_docs", "powershell_docs"])
  func realFolders(corpus: String) throws {
    let source = Self.shared.appendingPathComponent("corpora/dev/\(corpus)/docs.jsonl.zst").path
    guard FileManager.default.fileExists(atPath: source) else {
      print("skipped: \(source) is not there")
      return
    }
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let made = try ShellRun("zstd -dcq '\(source)' > in.jsonl", in: folder)
    #expect(made.status == 0, "\(made.stderr)")
    let lines = try String(
      contentsOf: folder.appendingPathComponent("in.jsonl"), encoding: .utf8)
    for (index, line) in lines.split(separator: "\n").enumerated() {
      let record = try #require(
        JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      try Data((record["text"] as? String ?? "").utf8).write(
        to: folder.appendingPathComponent("docs/\(10_000 + index).md"))
    }
    let counts = try Self.counts(in: folder, try #require(Self.python))
    try #require(counts.count == 3)
    #expect(counts[0] >= 20 && counts[1] > 20 && counts[2] > 100, "\(counts)")
  }
}
