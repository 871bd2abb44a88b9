import Foundation
import RepriseSystem
import Testing

@testable import Reprise

@Suite("Passages: texts that cannot be read once more")
struct LostTextTests {
  @Test("A document of cuts is not dropped when one of the kept places cannot be read")
  func lostKeptPlace() throws {
    let workspace = try Workspace()
    var random = RandomTexts(seed: 5)
    let (first, second) = (random.text(80), random.text(80))
    try workspace.write("a.txt", text: random.text(60) + " " + first)
    try workspace.write("b.txt", text: random.text(60) + " " + second)
    try workspace.write("c.txt", text: first + " " + second)
    func scan(_ output: String, _ onEnd: @escaping @Sendable () -> Void) throws -> ScanResults {
      var options = ScanOptions(
        paths: ["a.txt", "b.txt", "c.txt"].map { workspace.path($0) })
      options.resources.threads = 1
      options.output.folder = workspace.path(output)
      let summary = try Scan(options).run { progress in
        // All passages are found; where they are in bytes is read after that.
        if progress.phase == .passages, progress.completed == progress.total { onEnd() }
      }
      return try ScanResults(folder: workspace.url(output), summary: summary)
    }
    let whole = try scan("whole") {}
    #expect(whole.entries.map(\.status) == [.keep, .keep, .drop])
    let path = workspace.path("b.txt")
    let results = try scan("out") {
      unsafe _ = truncate(path, 10)
      // An open file is looked at again after a tenth of a second.
      usleep(200_000)
    }
    #expect(results.entries.map(\.status) == [.keep, .keep, .trim])
    #expect(results.entries[2].cuts.count == 1)
    #expect(results.problems.map(\.class) == ["changed"])
  }
}
