import Foundation
import Testing

@Suite("reprise audit")
struct AuditCommandTests {
  /// A folder with two records that share a passage, and their results.
  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-audit-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let shared = (0..<60).map { "shared\($0)" }.joined(separator: " ")
    let lines = ["a", "b"].map { id in
      let own = (0..<60).map { "\(id)\($0)" }.joined(separator: " ")
      return "{\"id\":\"\(id)\",\"text\":\"\(own). \(shared). \(own)\"}\n"
    }
    try Data(lines.joined().utf8).write(to: folder.appendingPathComponent("in.jsonl"))
    #expect(try ShellRun("\"$reprise\" scan in.jsonl --output r --quiet", in: folder).status == 0)
    return folder
  }

  @Test("a cut of other words than those that are kept is exit status 1")
  func plantedCut() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let right = try ShellRun("\"$reprise\" audit r", in: folder)
    #expect(right.status == 0)
    #expect(right.stdout.contains("1 of 1 cut computed again from the words: 0 wrong."))
    let wrong = try ShellRun(
      """
      sed -i 's/"source_start":[0-9]*/"source_start":0/' r/manifest.jsonl
      "$reprise" audit r
      """, in: folder)
    #expect(wrong.status == 1)
    #expect(wrong.stdout.contains(": 1 wrong.\n             b, bytes "))
  }

  @Test("--output writes what --json prints, and --thresholds are the ones that are counted")
  func output() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try ShellRun(
      """
      "$reprise" audit r --thresholds 0.7,0.125 --output audit.json > text
      "$reprise" audit r --thresholds 0.7,0.125 --json | cmp - audit.json
      "$reprise" report r --audit audit.json > /dev/null
      cat text audit.json
      """, in: folder)
    #expect(run.status == 0, "\(run.stderr)")
    #expect(
      run.stdout.contains("Thresholds   near-duplicates that each would drop, 0.7: 0  0.125: 1\n"))
    #expect(run.stdout.contains("{\"threshold\":0.125,\"near_duplicates\":1}"))
    for (option, part) in [
      ("--thresholds 0.5,", "such as 0.7,0.75"), ("--thresholds 2", "such as 0.7,0.75"),
      ("--output ''", "needs the name of a file"), ("--label 2 --output x", "cannot be used"),
      ("--output missing/x", "missing/x"),
    ] {
      let refused = try ShellRun("\"$reprise\" audit r \(option)", in: folder)
      #expect(refused.status == 2 && refused.stderr.contains(part), "\(refused.stderr)")
    }
  }
}
