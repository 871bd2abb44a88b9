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

  @Test("by similarity are as many of each fifth, and count by the number of drops in it")
  func bySimilarity() throws {
    // 12 pairs that differ in their last word, and 3 that differ in two words in the middle.
    let folder = try Self.folder(pairs: 12)
    defer { try? FileManager.default.removeItem(at: folder) }
    var lines = try String(
      contentsOf: folder.appendingPathComponent("in.jsonl"), encoding: .utf8)
    for pair in 0..<3 {
      let words = (0..<100).map { "q\(pair)w\($0)" }
      var other = words
      (other[30], other[70]) = ("changed", "too")
      for (id, words) in [("c", words), ("d", other)] {
        lines += "{\"id\":\"\(id)\(pair)\",\"text\":\"\(words.joined(separator: " "))\"}\n"
      }
    }
    try Data(lines.utf8).write(to: folder.appendingPathComponent("in.jsonl"))
    let run = try ShellRun(
      """
      "$reprise" scan in.jsonl --quiet --output r2
      printf 'dddssssss' | "$reprise" audit r2 --label 15 --by-similarity > out
      grep -c '"kind":"by-similarity"' audit-labels.jsonl
      "$reprise" audit r2 --labels audit-labels.jsonl --json > a.json
      "$reprise" audit r2 --labels audit-labels.jsonl > a.txt
      cat out
      """, in: folder)
    #expect(run.status == 0, "\(run.stderr)")
    // Three of each fifth that has any.
    #expect(run.stdout.hasPrefix("6\n"), "\(run.stdout.prefix(80))")
    #expect(run.stdout.contains("[6/6] ") && !run.stdout.contains("[7/6] "))
    let object = try #require(
      JSONSerialization.jsonObject(
        with: Data(contentsOf: folder.appendingPathComponent("a.json"))) as? [String: Any])
    let strata = try #require(object["judged_by_similarity"] as? [[String: Any]])
    let totals = strata.compactMap { $0["dropped"] as? Int }
    #expect(totals.reduce(0, +) == 15 && totals.contains(12) && totals.contains(3))
    let share = zip(strata, totals).reduce(0.0) { sum, stratum in
      let same = Double(stratum.0["same"] as? Int ?? 0)
      return sum + (stratum.1 == 0 ? 0 : Double(stratum.1) / 15 * same / 3)
    }
    #expect(abs((object["judged_share"] as? Double ?? 2) - share) < 1e-12)
    let text = try String(contentsOf: folder.appendingPathComponent("a.txt"), encoding: .utf8)
    #expect(text.contains("judged by people: 3 the same, 3 different, by similarity: "))
    #expect(text.contains("similarity    dropped  judged  the same"))
    let alone = try ShellRun("\"$reprise\" audit r2 --by-similarity", in: folder)
    #expect(alone.status == 2 && alone.stderr.contains("--by-similarity needs --label"))
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
