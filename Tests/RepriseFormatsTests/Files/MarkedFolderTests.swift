import Foundation
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct MarkedFolderTests {
  let folder = TestFolder()

  @Test func `what was made is found again, once it is free`() throws {
    let path = folder.path("own")
    do {
      let made = try #require(try MarkedFolder.make(.scratch, at: path, note: "note"))
      let error = #expect(throws: CorpusError.self) { try MarkedFolder.find(.scratch, at: path) }
      #expect(error?.reason == .inUse && error?.path == path)
      #expect(try MarkedFolder.make(.scratch, at: path) == nil)
      #expect(made.note == "note")
    }
    let found = try #require(try MarkedFolder.find(.corpus, .scratch, at: path))
    #expect(found.purpose == .scratch && found.note == "note")
    try found.remove()
    #expect(folder.names.isEmpty)
    #expect(try MarkedFolder.find(.scratch, at: path) == nil)
  }

  @Test func `what Reprise did not make is neither used nor changed`() throws {
    folder.write("file", "mine")
    folder.write("full/made-by-me", "mine")
    folder.write("false/made-by-reprise", "mine")
    folder.write("more/made-by-reprise", "")
    folder.write("more/other", "mine")
    folder.write("linked/made-by-reprise-for-real", "reprise-folder 1 scratch\n")
    folder.link("linked/made-by-reprise", to: "made-by-reprise-for-real")
    folder.link("link", to: folder.path + "/own")
    folder.link("broken", to: "nothing")
    do { _ = try MarkedFolder.make(.scratch, at: folder.path("own")) }
    do { _ = try MarkedFolder.make(.corpus, at: folder.path("other-purpose")) }
    let before = folder.names
    for name in ["file", "full", "false", "more", "linked", "link", "broken", "other-purpose"] {
      let error = #expect(throws: CorpusError.self, "\(name)") {
        try MarkedFolder.find(.scratch, at: folder.path(name))
      }
      #expect(error?.reason == .invalidOutput && error?.path == folder.path(name))
    }
    #expect(folder.names == before)
    #expect(folder.text("false/made-by-reprise") == "mine")
    #expect(folder.text("more/made-by-reprise") == "")
  }

  @Test func `a run that was killed before it wrote the marker has left it all the same`() throws {
    try FolderTree.create(folder.path("empty"))
    folder.write("begun/made-by-reprise", "")
    for name in ["empty", "begun"] {
      let found = try #require(try MarkedFolder.find(.results, .corpus, at: folder.path(name)))
      #expect(found.purpose == .results)
      #expect(try MarkedFolder.isMarked(folder.path(name)))
      try found.remove()
    }
    #expect(folder.names.isEmpty)
  }

  @Test func `a folder with something else in it stays, and so does the marker`() throws {
    do {
      let own = try #require(try MarkedFolder.make(.scratch, at: folder.path("own")))
      folder.write("own/notes.txt", "mine")
      try own.remove()
    }
    #expect(folder.text("own/notes.txt") == "mine")
    #expect(try MarkedFolder.find(.scratch, at: folder.path("own")) != nil)
  }

  @Test func `a scratch folder takes away what it made, and no more`() throws {
    for isThere in [false, true] {
      let named = folder.path("fast/disk")
      if isThere { try FolderTree.create(named) }
      let scratch = ScratchFolder(in: named)
      let notes = isThere ? ["fast", "fast/disk"] : ["fast"]
      do {
        let claimed = try scratch.claim()
        _ = try claimed.createSignatures()
      }
      // Another run goes on and ends.
      let claimed = try scratch.claim()
      #expect(try claimed.openSignatures() != nil)
      try claimed.remove()
      #expect(folder.names == notes)
    }
  }

  @Test func `discovery passes over the folders of runs`() throws {
    folder.write("corpus/a.txt", "a")
    let own = try MarkedFolder.make(.scratch, at: folder.path("corpus/scratch"))
    folder.write("corpus/scratch/b.txt", "b")
    folder.write("corpus/mine/made-by-reprise", "a document")
    let found = try Discovery.find([folder.path("corpus")])
    #expect(
      found.inputs.map { "\($0.outputName)" } == ["a.txt", "mine/made-by-reprise"])
    withExtendedLifetime(own) {}
  }
}
