import Foundation
import Reprise
import RepriseTestSupport
import Testing

/// The deliberately bad input, unpacked for one test.
struct MessyFolder {
  private let scratch: TestFolder
  let url: URL

  init() throws {
    let packed = try #require(SharedCorpora.messy)
    scratch = TestFolder()
    url = scratch.url.appendingPathComponent("messy")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    let archive = scratch.url.appendingPathComponent("messy.tar")
    try Data(unpacked(packed.appendingPathComponent("messy.tar.zst"), .zstd)).write(to: archive)
    let tar = Process()
    tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    tar.arguments = ["tar", "-xf", archive.path, "-C", url.path]
    try tar.run()
    tar.waitUntilExit()
    try #require(tar.terminationStatus == 0)
  }

  func file(_ name: String) -> URL { url.appendingPathComponent(name) }

  /// The rows of one of the lists that say what is what.
  func list(_ name: String) throws -> [[String]] {
    try TabbedLines.read(#require(SharedCorpora.messy).appendingPathComponent(name))
  }
}
