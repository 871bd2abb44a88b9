import Foundation
import RepriseSystem
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct PathListTests {
  let folder = TestFolder()

  private func paths(_ content: String) throws -> [String] {
    try PathList(reading: folder.write("list", content)).paths.map { "\($0)" }
  }

  @Test(arguments: [
    ("", []), ("\n\n", []), ("a", ["a"]), ("a\nb/c d \n\n\n\te\n", ["a", "b/c d ", "\te"]),
    ("a\0b\nc\0", ["a", "b\nc"]), ("\0\0a\0\0", ["a"]), ("\u{FEFF}a\n", ["a"]), ("-\n", ["-"]),
  ])
  func linesOrZerosSeparatePaths(content: String, expected: [String]) throws {
    let list = PathList(Array(content.utf8), file: "list")
    #expect(list.paths == expected.map { BytePath($0) })
  }

  @Test func aPathIsAnyBytes() throws {
    let list = PathList([0xFF, 0x0D, 0x0A, 0xE9], file: "list")
    #expect(list.paths.map(\.bytes) == [[0xFF, 0x0D], [0xE9]])
  }

  @Test func aListMayBeCompressed() throws {
    let list = folder.write("list", try packed([Array("a\nb\n".utf8)], .zstd))
    #expect(try PathList(reading: list).paths == ["a", "b"])
  }

  @Test(arguments: ["\n", "\0"])
  func aPathThatDoesNotExistIsNamedWithItsLine(separator: String) throws {
    let file = folder.write("a", "text")
    let content = ["\(file)", "", "/no/such/path", ""].joined(separator: separator)
    let list = try PathList(reading: folder.write("list", content))
    let error = #expect(throws: CorpusError.self) { try Discovery.find([], lists: [list]) }
    let missing = #expect(throws: CorpusError.self) { try Discovery.find(["/no/such/path"]) }
    #expect(error?.reason == missing?.reason)
    #expect(error?.errorNumber == ENOENT)
    let place = separator == "\n" ? ", line 3: " : ": entry 3, "
    let sentence = "\"/no/such/path\" cannot be opened (No such file or directory)."
    #expect(error?.description == "\"\(list.file)\"\(place)\(sentence)")
  }

  @Test func pathsOfListsFollowTheOthers() throws {
    for name in ["a", "b", "c/1", "c/2", "d"] { folder.write(name, name) }
    let root = BytePath(folder.path)
    let lists = try ["c\nb\n", "d\na\n"].map { names in
      let lines = names.split(separator: "\n").map { "\(root.appending(BytePath(String($0))))\n" }
      return try PathList(reading: folder.write("list", lines.joined()))
    }
    let found = try Discovery.find([root.appending("d")], lists: lists)
    #expect(found.inputs.map { "\($0.outputName)" } == ["d", "c/1", "c/2", "b", "a"])
    #expect(found.leftOut.repeated == 1)
    let only = try Discovery.find([], lists: [PathList(Array("\(folder.path)/c".utf8), file: "l")])
    #expect(only.inputs.map { "\($0.outputName)" } == ["1", "2"])
  }
}
