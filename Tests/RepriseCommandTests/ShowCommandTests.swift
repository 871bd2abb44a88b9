import Foundation
import Testing

@Suite("reprise show on a terminal and for programs")
struct ShowCommandTests {
  /// A folder with the results of two similar texts, and shell functions for calls on a terminal.
  private static func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-show-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let words = (0..<400).map { "word\($0)" + ($0 % 8 == 7 ? ".\n" : " ") }
    var edited = words
    edited[200] = "\u{5D0}\u{5D1} "
    try Data(words.joined().utf8).write(to: folder.appendingPathComponent("a.txt"))
    try Data(edited.joined().utf8).write(to: folder.appendingPathComponent("b.txt"))
    let scan = try ShellRun("\"$reprise\" scan a.txt b.txt --output r --quiet", in: folder)
    try #require(scan.status == 0, "\(scan.stderr)")
    return folder
  }

  /// Runs a call whose standard output is a terminal, with the status as the last line.
  private static func onTerminal(
    _ call: String, _ environment: String, in folder: URL
  ) throws -> String {
    try ShellRun(
      """
      export TERM=xterm \(environment)
      script --quiet --return --command '"$reprise" \(call); echo "status $?"' /dev/null
      """, in: folder
    ).stdout.replacingOccurrences(of: "\r\n", with: "\n")
  }

  @Test("The pager gets the text on a terminal, and only there")
  func pager() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let pager = "PAGER='tr a-z A-Z'"
    #expect(try Self.onTerminal("show r b.txt", pager, in: folder).contains("B.TXT REPEATS A.TXT"))
    let plain = try Self.onTerminal("show r b.txt --no-pager", pager, in: folder)
    #expect(plain.contains("b.txt repeats a.txt") && plain.hasSuffix("status 0\n"))
    #expect(
      try Self.onTerminal("show r b.txt --json", pager, in: folder).contains("\"b.txt\""))
    let piped = try ShellRun("export \(pager); \"$reprise\" show r b.txt", in: folder)
    #expect(piped.stdout.hasPrefix("b.txt repeats a.txt"))
    // Without PAGER, less gets its options from the environment.
    let settings = try Self.onTerminal("show r b.txt", "PAGER='echo $LESS'", in: folder)
    #expect(settings == "FRX\nstatus 0\n")
    let own = try Self.onTerminal("show r b.txt", "LESS=i PAGER='echo $LESS'", in: folder)
    #expect(own == "i\nstatus 0\n")
  }

  @Test("A pager that is left early is success, and one that is missing is not used")
  func leftPager() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let call = "show r --random 1 --full"
    #expect(
      try Self.onTerminal(call, "PAGER='head -c 20 > start'", in: folder) == "status 0\n")
    // The text does not fit a pipe.
    let many = "show r" + String(repeating: " b.txt", count: 60) + " --full"
    #expect(try Self.onTerminal(many, "PAGER=true", in: folder) == "status 0\n")
    for pager in ["PAGER=no-such-pager", "PAGER=cat", "PAGER="] {
      let text = try Self.onTerminal("show r b.txt", pager, in: folder)
      #expect(text.contains("b.txt repeats a.txt") && text.hasSuffix("status 0\n"), "\(pager)")
    }
    let closed = try ShellRun(
      "set -o pipefail; \"$reprise\" \(many) --no-pager | head -n 1", in: folder)
    #expect(closed.status == 0 && closed.stderr.isEmpty, "\(closed.stderr)")
  }

  @Test("The list of the largest findings is as narrow as asked", arguments: [60, 80])
  func overview(width: Int) throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try ShellRun(
      """
      "$reprise" scan a.txt b.txt --output r --threshold 0.98 --recall 0.999 --find documents --quiet
      "$reprise" show r --width \(width)
      """, in: folder)
    #expect(run.status == 0)
    #expect(run.stdout.contains("Below the threshold of the scan"))
    #expect(run.stdout.split(separator: "\n").allSatisfy { $0.count <= width }, "\(run.stdout)")
  }

  @Test("--json has the entries, all words of both texts, and which of them differ")
  func json() throws {
    let folder = try Self.folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    func object(_ call: String) throws -> [String: Any] {
      let run = try ShellRun("\"$reprise\" show r \(call) --json", in: folder)
      #expect(run.status == 0 && run.stdout.hasSuffix("}\n"), "\(run.stderr)")
      return try #require(
        JSONSerialization.jsonObject(with: Data(run.stdout.utf8)) as? [String: Any])
    }
    let documents = try #require(try object("b.txt a.txt")["documents"] as? [[String: Any]])
    #expect(documents.count == 2)
    let entry = try #require(documents[0]["document"] as? [String: Any])
    #expect(entry["id"] as? String == "b.txt" && entry["reason"] as? String == "near")
    #expect((documents[0]["kept"] as? [String: Any])?["id"] as? String == "a.txt")
    #expect(documents[0]["words_in_common"] as? Int == 399)
    try expectTexts(documents[0], in: folder)
    #expect((documents[1]["text"] as? String)?.hasPrefix("word0 word1") == true)
    let pair = try object("--pair a.txt b.txt")
    #expect(pair["similarity"] as? Double == entry["similarity"] as? Double)
    try expectTexts(pair, in: folder)
    #expect((try object("--cluster 0")["members"] as? [Any])?.count == 2)
    let sample = try object("--random 5 --reason near")
    #expect(sample["total"] as? Int == 1 && (sample["documents"] as? [Any])?.count == 1)
    let thresholds = try #require(try object("")["thresholds"] as? [[String: Any]])
    #expect(thresholds.contains { $0["is_of_scan"] as? Bool == true })
  }

  private func expectTexts(_ object: [String: Any], in folder: URL) throws {
    let rows = try #require(object["rows"] as? [[String: [[String: Any]]]])
    for (side, name) in [("first", "a.txt"), ("second", "b.txt")] {
      let parts = rows.flatMap { $0[side] ?? [] }
      let text = rows.map { row in
        (row[side] ?? []).compactMap { $0["text"] as? String }.joined()
      }.joined(separator: " ")
      let written = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      #expect(text.split(separator: " ") == written.split { $0.isWhitespace })
      let differing = parts.filter { $0["differs"] as? Bool == true }
      #expect(
        differing.compactMap { $0["text"] as? String }
          .map { $0.trimmingCharacters(in: .whitespaces) }
          == [side == "first" ? "word200" : "\u{5D0}\u{5D1}"])
    }
  }
}
