import Foundation
import RepriseCore
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct IgnoreFileTests {
  let folder = TestFolder()

  private func found(_ tree: TestFolder? = nil) throws -> DiscoveredFiles {
    var options = DiscoveryOptions()
    options.readsIgnoreFiles = true
    options.includesHidden = true
    return try Discovery.find([BytePath((tree ?? folder).path)], options: options)
  }

  private func names(_ files: DiscoveredFiles) -> [String] {
    files.inputs.map { "\($0.outputName)" }.filter { !$0.hasSuffix("ignore") }
  }

  /// The paths that git leaves out.
  private func ignored(_ paths: [String], in tree: TestFolder) throws -> Set<String> {
    let input = tree.path + "-input"
    try Data(paths.map { $0 + "\0" }.joined().utf8).write(to: URL(fileURLWithPath: input))
    defer { try? FileManager.default.removeItem(atPath: input) }
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "check-ignore", "--no-index", "--stdin", "-z"]
    process.currentDirectoryURL = URL(fileURLWithPath: tree.path)
    process.environment = ["PATH": "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null"]
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: input))
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    // 1: no path is left out.
    try #require(process.terminationStatus <= 1)
    return Set(bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
  }

  private func makeRepository(_ tree: TestFolder) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "init", "-q", tree.path]
    process.environment = ["PATH": "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null"]
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
  }

  private func one<Value>(of values: [Value], _ generator: inout SplitMix64) -> Value {
    values[Int.random(in: 0..<values.count, using: &generator)]
  }

  /// A name, or a pattern that matches some.
  private func component(_ generator: inout SplitMix64, isPattern: Bool) -> String {
    let names = [
      "a", "b", "ab", "a.c", "b-a", "Ab", "é", "a b", "[a]", "a*", "!b", "#a", "7", "c\\",
    ]
    let atoms = [
      "*", "?", "a", "b", "[ab]", "[!a]", "[^b]", "[a-c]", "[]a]", "[a-]", "[[:alpha:]]",
      "[[:digit:].]",
      "\\*", "\\[", "\\a", "[\\]a]", ".", "-", "é", "[é]", "[b-a]", "[a-c-e]", "[[:nothing:]]",
      "[a", " ",
      "\\ ", "[[:a]", "**", "?", "*", "[!a-b]*",
    ]
    guard isPattern else { return one(of: names, &generator) }
    switch Int.random(in: 0..<10, using: &generator) {
    case 0..<3: return one(of: names, &generator)
    case 3: return "**"
    case 4: return "***"
    default:
      let count = Int.random(in: 1...3, using: &generator)
      return (0..<count).map { _ in one(of: atoms, &generator) }.joined()
    }
  }

  private func rule(_ generator: inout SplitMix64) -> String {
    func sometimes(_ share: Int, _ text: String) -> String {
      Int.random(in: 0..<share, using: &generator) == 0 ? text : ""
    }
    let depth = one(of: [1, 1, 1, 2, 2, 3], &generator)
    var text = (0..<depth).map { _ in component(&generator, isPattern: true) }.joined(
      separator: "/")
    text = sometimes(4, "/") + text + sometimes(4, "/")
    return sometimes(3, "!") + sometimes(25, "\\") + text + sometimes(20, "  ")
      + sometimes(20, "\r")
  }

  /// Whether versions of git differ: stars that follow a literal beginning of a path.
  private func isUnclear(_ rule: String) -> Bool {
    let path = rule.drop { $0 == "!" || $0 == "/" }
    guard path.dropLast(1).contains("/") || rule.hasPrefix("/") else { return false }
    let start = path.prefix { !"*?[\\".contains($0) }
    let last = start.last ?? "/"
    return last != "/" && path.dropFirst(start.count).hasPrefix("**")
  }

  @Test func patternsAreThoseOfGit() throws {
    var generator = SplitMix64(state: 29)
    var counts = (ignored: 0, taken: 0, negated: 0)
    for round in 0..<30 {
      let tree = TestFolder()
      try makeRepository(tree)
      var files: Set<String> = []
      for _ in 0..<60 {
        let depth = Int.random(in: 1...4, using: &generator)
        let path = (0..<depth).map { _ in component(&generator, isPattern: false) }
        files.insert(path.joined(separator: "/"))
      }
      // A path that is a folder of another is not a file.
      files = files.filter { file in !files.contains { $0.hasPrefix(file + "/") } }
      for file in files { tree.write(file, file) }
      var places = [".gitignore", ".git/info/exclude"]
      for file in files.sorted() where Int.random(in: 0..<10, using: &generator) == 0 {
        if let end = file.lastIndex(of: "/") { places.append(file[...end] + ".gitignore") }
      }
      for place in Set(places).sorted() {
        let count = Int.random(in: 0...6, using: &generator)
        let rules = (0..<count).map { _ in rule(&generator) }.filter { !isUnclear($0) }
        counts.negated += rules.count { $0.hasPrefix("!") }
        tree.write(
          place, rules.joined(separator: "\n") + (Bool.random(using: &generator) ? "\n" : ""))
      }
      let expected = files.subtracting(try ignored(files.sorted(), in: tree))
      var taken: Set<String> = []
      do {
        taken = Set(names(try found(tree)))
      } catch let error as CorpusError {
        // Every file is left out.
        try #require(error.reason == .nothingFound)
      }
      let rules = Set(places).sorted().map { place in
        "\(place): \((try? String(contentsOfFile: tree.path + "/" + place, encoding: .utf8)) ?? "")"
      }
      #expect(taken == expected, "round \(round): \(rules)")
      counts.taken += expected.count
      counts.ignored += files.count - expected.count
    }
    #expect(counts.ignored > 150 && counts.taken > 150 && counts.negated > 25, "\(counts)")
  }

  @Test func precedenceIsThatOfLowerFoldersAndIgnore() throws {
    for name in ["a.log", "keep.log", "sub/a.log", "sub/b.txt", "sub/c.txt", "out/x", "deep/out/y"]
    {
      folder.write(name, name)
    }
    folder.write(".gitignore", "*.log\n!keep.log\n/out/\n")
    folder.write("sub/.gitignore", "!a.log\nb.txt\n")
    folder.write(".ignore", "c.txt\nkeep.log\n!sub/b.txt\n")
    let files = try found()
    #expect(names(files) == ["deep/out/y", "sub/a.log", "sub/b.txt"])
    // a.log, keep.log, out and sub/c.txt.
    #expect(files.leftOut.excluded == 4)
    #expect(files.problems.isEmpty)
  }

  @Test func filesAreNotReadUnlessAskedFor() throws {
    folder.write("a", "1")
    folder.write(".gitignore", "*\n")
    #expect(try Discovery.find([BytePath(folder.path)]).inputs.count == 1)
    var options = DiscoveryOptions()
    options.readsIgnoreFiles = true
    let failure = #expect(throws: CorpusError.self) {
      try Discovery.find([BytePath(folder.path)], options: options)
    }
    #expect(failure?.reason == .nothingFound)
    let named = try Discovery.find([BytePath(folder.path + "/a")], options: options)
    #expect(named.inputs.count == 1)
  }

  @Test func aFileThatCannotBeReadIsAProblem() throws {
    folder.write("a/x", "1")
    folder.link("a/.gitignore", to: ".gitignore")
    let files = try found()
    #expect(names(files) == ["a/x"])
    #expect(files.problems.contains { $0.path == BytePath(folder.path + "/a/.gitignore") })
  }

  @Test(.timeLimit(.minutes(1))) func manyStarsCostLittle() throws {
    let line = Array((String(repeating: "*a", count: 100) + "b").utf8)
    let pattern = try #require(IgnorePattern(line[...]))
    let name = [UInt8](repeating: 0x61, count: 4000)
    #expect(!pattern.matches(name[...], name: name, isFolder: false))
  }
}
