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
}
