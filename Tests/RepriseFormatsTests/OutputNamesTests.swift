import Foundation
import RepriseCore
import RepriseSystem
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct OutputNamesTests {
  let folder = TestFolder()
  var root: BytePath { BytePath(folder.path) }

  /// Writes files and finds arguments, all below the folder.
  private func names(_ files: [String], _ arguments: [String]) throws -> [String] {
    for file in files { folder.write(file, file) }
    return try Discovery.find(arguments.map { root.appending(BytePath($0)) }).inputs.map {
      "\($0.outputName)"
    }
  }

  @Test(arguments: [
    (["a/x", "b/x"], ["a/x", "b/x"]),
    (["a/x", "b/x", "c/y"], ["a/x", "b/x", "y"]),
    (["1/d", "2/d"], ["1/d/x", "2/d/x"]),
    (["p/q/x", "p/q/../../q/x"], ["p/q/x", "{}/q/x"]),
    (["p/q/x", "q/x"], ["p/q/x", "{}/q/x"]),
    (["p/q/x", "r/q/x"], ["p/q/x", "r/q/x"]),
    (["d", "1/d"], ["{}/d", "1/d/x"]),
    (["1/d/.", "2/d/../d"], ["1/d/x", "2/d/x"]),
    (["1/d", "2", "1/d/x"], ["d/x", "2/d/x"]),
    (["a", "b"], ["a/x", "b/x"]),
  ])
  func clashingNamesGetTheFoldersAbove(arguments: [String], expected: [String]) throws {
    let files = ["a/x", "b/x", "c/y", "1/d/x", "2/d/x", "p/q/x", "q/x", "r/q/x", "d"]
    let own = "\(root.lastComponent)"
    let wanted = expected.map { $0.replacingOccurrences(of: "{}", with: own) }
    #expect(try names(files, arguments) == wanted)
    // A file that two arguments lead to has its name from the first.
    guard !arguments.contains("2") else { return }
    let backwards = try names(files, arguments.reversed())
    #expect(backwards.sorted() == wanted.sorted())
  }

  @Test func filesFoundSeparatelyAreToldApart() throws {
    folder.write("a/d/x", "1")
    folder.write("b/d/x", "2")
    folder.write("b/d/y", "3")
    let inputs = try ["a/d", "b/d"].flatMap { try Discovery.find([root.appending($0)]).inputs }
    #expect(inputs.map { "\($0.outputName)" } == ["x", "x", "y"])
    let named = try Discovery.named(inputs)
    #expect(named.map { "\($0.outputName)" } == ["a/d/x", "b/d/x", "b/d/y"])
  }

  @Test func randomTreesHaveNamesThatAreEndsOfTheirPaths() throws {
    var generator = SplitMix64(state: 71)
    for round in 0..<60 {
      let tree = TestFolder()
      let top = BytePath(tree.path)
      var files: Set<String> = []
      for _ in 0..<Int.random(in: 2...40, using: &generator) {
        let depth = Int.random(in: 1...4, using: &generator)
        let parts = (0..<depth).map { _ in ["a", "b", "a b"].randomElement(using: &generator)! }
        files.insert(
          (parts + ["f\(Int.random(in: 0...2, using: &generator))"]).joined(separator: "/"))
      }
      for file in files { tree.write(file, file) }
      var arguments = files.filter { _ in Bool.random(using: &generator) }.sorted()
      for file in files.sorted() where Int.random(in: 0..<4, using: &generator) == 0 {
        arguments.append(String(file.prefix { $0 != "/" }))
        arguments.append(String(file[..<file.lastIndex(of: "/")!]))
      }
      guard !arguments.isEmpty else { continue }
      arguments.shuffle(using: &generator)
      let inputs = try Discovery.find(arguments.map { top.appending(BytePath($0)) }).inputs
      let named = inputs.map { "\($0.outputName)" }
      #expect(Set(named).count == inputs.count, "round \(round)")
      for (name, input) in zip(named, inputs) {
        let isEnd = "\(input.path)/".hasSuffix("/\(name)/")
        #expect(isEnd, "round \(round): \(name)")
        // No file is in the place of a folder.
        let isFolder = named.contains { $0.hasPrefix(name + "/") }
        #expect(!isFolder, "round \(round): \(name)")
      }
    }
  }

  @Test func aNameThatCannotBeToldApartIsRefused() throws {
    var inputs = try [folder.write("x", "1"), folder.write("y", "2")].flatMap {
      try Discovery.find([$0]).inputs
    }
    inputs[1].outputName = "x"
    inputs[1].path = inputs[0].path
    inputs[1].argument = inputs[0].argument
    inputs[1].absolutePath = inputs[0].absolutePath
    let failure = #expect(throws: CorpusError.self) { try Discovery.named(inputs) }
    #expect(failure?.reason == .nameCollision)
  }

  @Test(.timeLimit(.minutes(1))) func manyFilesOfOneNameCostLittle() throws {
    let file = try #require(try Discovery.find([folder.write("0/part", "1")]).inputs.first)
    let inputs = (0..<100_000).map { index in
      var input = file
      let path = BytePath("/no/such/\(index % 300)/\(index)/part")
      (input.path, input.absolutePath, input.argument) = (path, path, path)
      return input
    }
    let named = try Discovery.named(inputs)
    #expect("\(named[4711].outputName)" == "4711/part")
    #expect(Set(named.map(\.outputName)).count == inputs.count)
  }
}
