import Foundation
import Testing

@Suite("reprise report --open")
struct ReportCommandTests {
  @Test("opens the file with xdg-open, and says what to do where it cannot")
  func open() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-open-\(UUID().uuidString)")
    let programs = folder.appendingPathComponent("programs")
    try FileManager.default.createDirectory(at: programs, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data("Some words.\n".utf8).write(to: folder.appendingPathComponent("a.txt"))
    let script = programs.appendingPathComponent("xdg-open")
    try Data(
      "#!/bin/sh\nprintf '%s\\n' \"$@\" > opened\necho noise\ntest \"$1\" != other.html\n".utf8
    )
    .write(to: script)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: script.path)
    #expect(
      try ShellRun("\"$reprise\" scan a.txt --output ./-r --quiet", in: folder).status == 0)
    func run(_ environment: String, _ options: String) throws -> ShellRun {
      try ShellRun(
        "rm -f opened; \(environment) \"$reprise\" report ./-r --open \(options)", in: folder,
        path: "\(programs.path):/usr/bin:/bin")
    }
    func opened() -> String? {
      try? String(contentsOf: folder.appendingPathComponent("opened"), encoding: .utf8)
    }
    for display in ["DISPLAY=:7", "WAYLAND_DISPLAY=wayland-0"] {
      let run = try run(display, "")
      #expect(run.status == 0 && run.stderr.isEmpty, "\(run.stderr)")
      #expect(run.stdout.hasPrefix("./-r.html, ") && !run.stdout.contains("noise"))
      #expect(opened() == "./-r.html\n")
    }
    for (environment, options, reason) in [
      ("DISPLAY=", "", "there is no display"),
      ("DISPLAY=:7", "--output other.html", "xdg-open found no browser"),
      ("DISPLAY=:7 PATH=/nowhere", "", "xdg-open is not installed"),
    ] {
      let run = try run(environment, options)
      #expect(run.status == 0, "the report is written")
      #expect(run.stderr.contains("reprise: the report is not opened: \(reason).\nhint: "))
    }
  }

  @Test("groups documents by a field, and reads changed files only if asked to")
  func fieldsAndChanges() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("reprise-report-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let text = (0..<60).map { "word\($0)" }.joined(separator: " ")
    func lines(_ end: String) -> Data {
      Data(
        (["news", "mail", "mail"].enumerated().map {
          "{\"id\":\"\($0.offset)\",\"kind\":\"\($0.element)<\",\"text\":\"\(text) \(end)\"}\n"
        }.joined()).utf8)
    }
    let file = folder.appendingPathComponent("a.jsonl")
    try lines("one").write(to: file)
    let run = try ShellRun(
      """
      "$reprise" scan a.jsonl --output r --quiet
      "$reprise" report r --output a.html --group-by field:kind
      "$reprise" show r --group-by field:kind
      "$reprise" report r --output b.html --group-by field:other || echo "status $?"
      "$reprise" show r --group-by field: || echo "status $?"
      """, in: folder)
    let page = try String(contentsOf: folder.appendingPathComponent("a.html"), encoding: .utf8)
    #expect(page.contains("Groups, and which repeats which"))
    #expect(page.contains("<bdi>mail&lt;</bdi></th><td>2</td>"))
    #expect(run.stdout.contains("mail<") && run.stdout.contains("news<"))
    #expect(run.stderr.contains("\"other\"") && run.stdout.contains("status 2\nstatus 2\n"))
    // As many bytes, but other ones.
    try lines("two").write(to: file)
    let changed = try ShellRun(
      """
      "$reprise" report r --output c.html || echo "status $?"
      "$reprise" report r --output c.html --no-text
      "$reprise" report r --output d.html --allow-changed
      "$reprise" show r 1 || echo "status $?"
      "$reprise" show r 1 --allow-changed
      "$reprise" show r 1 --allow-changed --json > a.json
      "$reprise" audit r || echo "status $?"
      """, in: folder)
    #expect(changed.stdout.components(separatedBy: "status 2").count == 4, "\(changed.stdout)")
    #expect(changed.stderr.contains("a.jsonl") && changed.stderr.contains("--allow-changed"))
    let other = try String(contentsOf: folder.appendingPathComponent("d.html"), encoding: .utf8)
    #expect(other.contains("1 file changed since the scan") && !page.contains("changed since the"))
    #expect(changed.stdout.contains("a.jsonl has changed since the scan"))
  }
}
