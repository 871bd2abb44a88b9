import Foundation
import RepriseSystem
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct DiscoveryTests {
  let folder = TestFolder()
  var root: BytePath { BytePath(folder.path) }

  func names(_ found: DiscoveredFiles) -> [String] { found.inputs.map { "\($0.outputName)" } }

  @Test func foldersAreListedInByteOrderOfComponents() throws {
    for name in ["b/z", "b.txt", "b/a", "a", "b-c/x", "Z", ".hidden/x", ".y"] {
      folder.write(name, "x")
    }
    let found = try Discovery.find([root])
    #expect(names(found) == ["Z", "a", "b/a", "b/z", "b-c/x", "b.txt"])
    #expect(found.leftOut.hidden == 2)
    let sorted = found.inputs.map(\.outputName).sorted()
    #expect(sorted.map { "\($0)" } == ["Z", "a", "b/a", "b/z", "b-c/x", "b.txt"])
    var options = DiscoveryOptions()
    options.includesHidden = true
    #expect(try Discovery.find([root], options: options).inputs.count == 8)
  }

  @Test func formatAndCompressionFollowTheName() throws {
    let wanted: [(String, RecordFormat, Compression)] = [
      ("a.JSONL", .jsonLines, .none), ("b.ndjson.gz", .jsonLines, .gzip),
      ("c.jsonlines.zstd", .jsonLines, .zstd), ("d.txt.zst", .text, .zstd),
      ("e.json", .text, .none),
      ("f.gz", .text, .gzip), ("gz", .text, .none),
    ]
    for (name, _, _) in wanted { folder.write(name, "x") }
    let inputs = try Discovery.find([root]).inputs
    #expect(inputs.map(\.format) == wanted.map(\.1))
    #expect(inputs.map(\.compression) == wanted.map(\.2))
    var options = DiscoveryOptions()
    options.format = .text
    let forced = try Discovery.find([root], options: options).inputs
    #expect(forced.allSatisfy { $0.format == .text })
  }

  @Test func linksAreFollowedButNotInCircles() throws {
    folder.write("a/x", "1")
    folder.write("b/y", "2")
    folder.link("a/back", to: "..")
    folder.link("b/to-a", to: "../a")
    folder.link("c", to: "b/y")
    folder.link("dangling", to: "nowhere")
    folder.link("loop", to: "loop")
    let found = try Discovery.find([root, root])
    #expect(found.inputs.map { $0.path.lastComponent } == ["x", "y"])
    #expect(found.leftOut.repeated == 4)
    #expect(found.problems.map(\.errorNumber) == [ENOENT, ELOOP])
  }

  @Test func globsChooseBelowFolders() throws {
    for name in ["a.txt", "b.md", "sub/c.txt", "sub/skip/d.txt", "node/e.txt"] {
      folder.write(name, "x")
    }
    var options = DiscoveryOptions()
    options.include = [try GlobPattern("*.txt")]
    options.exclude = [try GlobPattern("sub/skip"), try GlobPattern("node/")]
    let found = try Discovery.find([root], options: options)
    #expect(names(found) == ["a.txt", "sub/c.txt"])
    // b.md, sub/skip and node.
    #expect(found.leftOut.excluded == 3)
    let named = try Discovery.find([root.appending("b.md")], options: options)
    #expect(names(named) == ["b.md"])
  }

  @Test func foldersOfResultsAreLeftOut() throws {
    folder.write("docs/a", "x")
    folder.write("out/summary.json", "{\"format\":\"reprise-results\",\"version\":1}")
    folder.write("out/manifest.jsonl", "{}")
    folder.write("other/summary.json", "{}")
    folder.write("partial/manifest.jsonl", "{}")
    var options = DiscoveryOptions()
    folder.write(".own/x", "x")
    folder.write(".other/x", "x")
    options.ownEntries = ["partial", ".own", "absent"].map { root.appending($0) }
    let found = try Discovery.find([root], options: options)
    #expect(names(found) == ["docs/a", "other/summary.json"])
    #expect(found.leftOut.resultsFolders == 1)
    #expect(found.leftOut.excluded == 0)
    #expect(found.leftOut.hidden == 1)
    #expect(found.leftOut.total == 2)
  }

  @Test func outputNamesComeFromTheArguments() throws {
    folder.write("a/x", "1")
    folder.write("b/x", "2")
    folder.write("b/y", "3")
    let several = try Discovery.find([
      root.appending("a"), root.appending("b/"), root.appending("b/y"), "-",
    ])
    #expect(names(several) == ["a/x", "b/x", "b/y", "stdin.txt"])
    #expect(several.leftOut.repeated == 1)
    #expect(names(try Discovery.find([root.appending("b/./.")])) == ["x", "y"])
    #expect(
      names(try Discovery.find([root.appending("a/."), root.appending("b/..")])).first == "a/x")
  }

  @Test func missingAndUnreadablePathsAreNamed() throws {
    let missing = #expect(throws: CorpusError.self) { try Discovery.find(["/no/such/path"]) }
    #expect(missing?.errorNumber == ENOENT)
    #expect(missing?.description.contains("/no/such/path") == true)
  }

  @Test func anyBytesAreAName() throws {
    let name = BytePath(Array(folder.path.utf8) + [0x2F, 0xFF, 0x0A, 0x22])
    _ = try EncodedStream(creating: name, compression: .none)
    let found = try Discovery.find([root])
    #expect(found.inputs.map(\.path) == [name])
    #expect(!"\(name)".contains("\n"))
  }

  @Test(.timeLimit(.minutes(10)))
  func `a device or a socket is refused by its name`() throws {
    let socket = folder.path + "/socket"
    unsafe _ = mknod(socket, S_IFSOCK | 0o600, 0)
    for (path, name) in [("/dev/zero", "device"), (socket, "socket")] {
      let error = #expect(throws: CorpusError.self) { try Discovery.find([BytePath(path)]) }
      #expect(error?.description.contains("is a \(name)") == true)
    }
  }

  @Test(.timeLimit(.minutes(10)), arguments: ["pipe", "folder", "socket", "device"])
  func `a file is refused when something else took its place`(kind: String) throws {
    let path = "\(folder.write("a.jsonl", "text\n"))"
    let source = try #require(try Discovery.find([BytePath(path)]).inputs.first)
    #expect(source.lineSample(at: 0)?.lineFeedCount == 1)
    try FileManager.default.removeItem(atPath: path)
    switch kind {
    case "pipe": unsafe _ = mkfifo(path, 0o600)
    case "socket": unsafe _ = mknod(path, S_IFSOCK | 0o600, 0)
    case "device": folder.link("a.jsonl", to: "/dev/zero")
    default: folder.write("a.jsonl/b", "")
    }
    let error = #expect(throws: CorpusError.self) { _ = try SharedFile(source) }
    #expect(error?.description.contains("is a \(kind), not a file") == true)
    #expect(source.lineSample(at: 0) == nil)
  }

  @Test(.timeLimit(.minutes(10)))
  func `a pipe that became a file is refused`() throws {
    let path = folder.path + "/pipe"
    unsafe _ = mkfifo(path, 0o600)
    let source = try #require(try Discovery.find([BytePath(path)]).inputs.first)
    try FileManager.default.removeItem(atPath: path)
    folder.write("pipe", "text")
    let error = #expect(throws: CorpusError.self) { _ = try SharedFile(source) }
    #expect(error?.reason == .changed)
  }
}
