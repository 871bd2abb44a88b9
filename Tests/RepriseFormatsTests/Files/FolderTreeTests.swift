import Foundation
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct FolderTreeTests {
  let folder = TestFolder()

  @Test func `only what is not there is not there`() throws {
    folder.write("file", "x")
    folder.link("broken", to: "nothing")
    #expect(try FolderTree.kind(of: folder.path("file")) == .file)
    #expect(try FolderTree.kind(of: folder.path("broken")) == .link)
    #expect(try FolderTree.kind(of: folder.path("nothing")) == nil)
    #expect(try FolderTree.kind(of: folder.path("file/below")) == nil)
  }

  @Test func `what the system cannot look at is an error and not nothing`() throws {
    // Longer than any name may be: the system says so, whoever asks.
    let long = folder.path(String(repeating: "n", count: 300))
    folder.link("circle", to: "circle")
    let circle = folder.path("circle/below")
    for path in [long, circle] {
      #expect(throws: CorpusError.self) { try FolderTree.kind(of: path) }
      #expect(throws: CorpusError.self) { try FolderTree.isFolder(path) }
      #expect(throws: CorpusError.self) { try FolderTree.remove(path) }
      #expect(throws: CorpusError.self) { try FolderTree.create(path) }
      #expect(throws: CorpusError.self) { try OutputPlace(path, "an output") }
      #expect(throws: CorpusError.self) { try ResultsFolder(creating: path) }
      #expect(throws: CorpusError.self) { try StagedFile(path) }
    }
    let open = try OpenFolder(BytePath(folder.path))
    #expect(throws: CorpusError.self) { try open.kind(of: long.lastComponent) }
    #expect(throws: CorpusError.self) { try open.removeTree(long.lastComponent) }
  }

  @Test func `a tree is removed with its links, and not what they lead to`() throws {
    folder.write("kept/file", "mine")
    folder.write("tree/deep/file", "x")
    folder.link("tree/deep/link", to: folder.path + "/kept")
    folder.link("tree/broken", to: "nothing")
    try FolderTree.remove(folder.path("tree"))
    try FolderTree.remove(folder.path("tree"))
    #expect(folder.names == ["kept", "kept/file"])
  }

  @Test func `a file that must exist is removed, and it is an error if it does not`() throws {
    folder.write("file", "mine")
    folder.link("link", to: "file")
    try FolderTree.removeFile(folder.path("link"))
    #expect(folder.names == ["file"])
    try FolderTree.removeFile(folder.path("file"))
    #expect(throws: CorpusError.self) { try FolderTree.removeFile(folder.path("file")) }
  }

  @Test func `a folder is not made again below one that has gone`() throws {
    try FolderTree.create(folder.path("a/b"))
    try FolderTree.create(folder.path("a/b/c/d"), below: folder.path("a/b"))
    try FolderTree.remove(folder.path("a"))
    #expect(throws: CorpusError.self) {
      try FolderTree.create(folder.path("a/b/c"), below: folder.path("a/b"))
    }
    #expect(folder.names.isEmpty)
  }

  @Test func `an entry is not followed if it is a link`() throws {
    folder.write("target", "mine")
    folder.link("link", to: "target")
    folder.link("folder", to: folder.path)
    let open = try OpenFolder(BytePath(folder.path))
    #expect(throws: CorpusError.self) { _ = try OpenFile("link", in: open, flags: O_RDWR) }
    #expect(throws: CorpusError.self) { _ = try OpenFolder("folder", in: open) }
    #expect(throws: CorpusError.self) { try SignatureFile.create(folder.path("link")) }
    #expect(folder.text("target") == "mine")
  }
}
