import Foundation
import Testing

@Suite("Judgements of people")
struct AuditLabelTests {
  /// A folder with a scan of pairs of near-duplicates.
  private static func folder(pairs: Int) throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-labels-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    var lines = ""
    for pair in 0..<pairs {
      let text = (0..<60).map { "p\(pair)w\($0)" }.joined(separator: " ")
      lines += "{\"id\":\"a\(pair)\",\"text\":\"\(text)\"}\n"
      lines += "{\"id\":\"b\(pair)\",\"text\":\"\(text) more\"}\n"
    }
    try Data(lines.utf8).write(to: folder.appendingPathComponent("in.jsonl"))
    let scan = try ShellRun("\"$reprise\" scan in.jsonl --quiet", in: folder)
    #expect(scan.status == 0)
    return folder
  }

  @Test("are written key by key, can be taken back, continue, and are part of the audit")
  func keys() throws {
    let folder = try Self.folder(pairs: 6)
    defer { try? FileManager.default.removeItem(at: folder) }
    let labels = folder.appendingPathComponent("audit-labels.jsonl")
    func run(_ keys: String) throws -> String {
      let run = try ShellRun(
        "printf '\(keys)' | \"$reprise\" audit reprise-results --label 6", in: folder)
      #expect(run.status == 0, "\(run.stderr)")
      return run.stdout
    }
    let first = try run("s\\nxdbuq")
    #expect(first.contains("[1/6] ") && first.contains("[3/6] ") && !first.contains("[4/6] "))
    #expect(
      first.hasSuffix("are.\n") && first.contains("1 near-duplicate judged by people: 1 the same"))
    #expect(first.contains("; 1 unsure."))
    // Same, different, taken back, unsure.
    #expect(try String(contentsOf: labels, encoding: .utf8).split(separator: "\n").count == 4)
    let second = try run("dsss")
    #expect(second.contains("[3/6] ") && !second.contains("[2/6] "))
    #expect(second.contains("5 near-duplicates judged by people: 4 the same, 1 different: 0.80"))
    #expect(try run("").hasSuffix(second.suffix(100)))

    let audit = try ShellRun(
      "\"$reprise\" audit reprise-results --labels audit-labels.jsonl --json", in: folder)
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(audit.stdout.utf8)) as? [String: Any])
    #expect(object["judged_same"] as? Int == 4 && object["judged_different"] as? Int == 1)
    // Wilson's interval of 4 of 5, from the formula in fractions.
    let lower = try #require(object["judged_share_lower"] as? Double)
    let upper = try #require(object["judged_share_upper"] as? Double)
    #expect(abs(lower - 0.375535) < 1e-5 && abs(upper - 0.963776) < 1e-5, "\(lower) \(upper)")
  }

  @Test("in a damaged file are an error with the line")
  func damaged() throws {
    let folder = try Self.folder(pairs: 1)
    defer { try? FileManager.default.removeItem(at: folder) }
    let good =
      "{\"first\":{\"id\":\"a\",\"source\":\"s\",\"offset\":0},"
      + "\"second\":{\"id\":\"b\",\"source\":\"s\",\"offset\":1},\"label\":\"same\"}\n"
    for bad in ["{", "{}", good.replacingOccurrences(of: "same", with: "equal")] {
      try Data((good + bad).utf8).write(to: folder.appendingPathComponent("l.jsonl"))
      let run = try ShellRun("\"$reprise\" audit reprise-results --labels l.jsonl", in: folder)
      #expect(run.status == 2 && run.stderr.contains("line 2"), "\(run.stderr)")
    }
  }
}
