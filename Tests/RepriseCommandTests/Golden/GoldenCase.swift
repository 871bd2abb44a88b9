import Foundation
import Testing

/// A folder of `Fixtures/cases`: what is typed, and what must come of it.
///
/// - `arguments`: one argument a line; a line `---` begins the next call. `{seeds}` stands for the
///   repository's seeds.
/// - `input`: files that the working folder begins with.
/// - `stdin`: what standard input holds; without it, it is empty.
/// - `stdout`, `stderr`: what the calls print, one after the other, scrubbed.
/// - `exit`: the exit status of every call, one a line.
/// - `expected`: files that must be in the working folder afterwards, with their content.
struct GoldenCase: CustomTestStringConvertible, Sendable {
  let name: String
  let folder: URL

  var testDescription: String { name }

  /// All cases; in the build folder, where the package manager copies them.
  static let all: [GoldenCase] = {
    let folder = Bundle.module.bundleURL.appendingPathComponent("Fixtures/cases")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.sorted().map {
      GoldenCase(name: $0, folder: folder.appendingPathComponent($0))
    }
  }()

  /// The case's folder in the inputs, where it is recorded.
  var sourceFolder: URL {
    Self.testFolder.appendingPathComponent("Fixtures/cases/\(name)")
  }

  static let testFolder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent()

  static let seeds = testFolder.deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("seeds").path

  /// The arguments of every call.
  func calls() throws -> [[String]] {
    let text = try String(contentsOf: folder.appendingPathComponent("arguments"), encoding: .utf8)
    var lines = text.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    return lines.split(separator: "---", omittingEmptySubsequences: false).map { call in
      call.map { $0.replacingOccurrences(of: "{seeds}", with: Self.seeds) }
    }
  }

  /// A file of the case, or nil if it has none of that name.
  func file(_ name: String) -> Data? {
    try? Data(contentsOf: folder.appendingPathComponent(name))
  }

  /// Names of the files under `expected`.
  func expectedFiles() -> [String] {
    let files = FileManager.default.enumerator(
      atPath: folder.appendingPathComponent("expected").path)
    let names = (files?.allObjects as? [String]) ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      let path = folder.appendingPathComponent("expected/\(name)").path
      return unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }
}
