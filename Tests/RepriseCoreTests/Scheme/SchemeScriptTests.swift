import Foundation
import Testing

/// The second implementation of scheme 1, in Python, run live; `SchemeVectorTests` holds ours equal
/// to the same vectors.
@Suite("Scheme script")
struct SchemeScriptTests {
  /// The interpreter with the package xxhash, which `scripts/test` makes.
  private static let python = ProcessInfo.processInfo.environment["REPRISE_PYTHON"]
  private static let hasUnicodeData = FileManager.default.fileExists(
    atPath: "/usr/share/unicode/UnicodeData.txt")

  @Test(
    "scripts/scheme.py computes the committed vectors",
    .enabled(
      if: python != nil && hasUnicodeData,
      "needs REPRISE_PYTHON, a Python with xxhash, and Debian's unicode-data: run scripts/test"))
  func computesTheVectors() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let fixtures = root.appending(path: "Tests/RepriseCoreTests/Fixtures")
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.python))
    process.arguments = [
      root.appending(path: "scripts/scheme.py").path, "--vectors",
      fixtures.appending(path: "scheme-texts.json").path,
    ]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let printed = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let committed = try Data(contentsOf: fixtures.appending(path: "scheme-vectors.json"))
    #expect(printed == committed)
  }
}
