import Foundation
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct StagedFolderTests {
  let folder = TestFolder()

  func staged(_ purpose: MarkedFolder.Purpose, _ name: String = "out") throws -> StagedFolder {
    try StagedFolder(for: OutputPlace(folder.path(name), "an output folder"), purpose)
  }

  func write(_ staged: StagedFolder, _ name: BytePath, _ text: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(staged.path.appending(name))"))
  }

  @Test func `what somebody puts into the old results stays where it was put`() throws {
    folder.write("out/manifest.jsonl", "old")
    folder.write("out/pairs.jsonl", "old")
    let staged = try staged(.results)
    try write(staged, "manifest.jsonl", "new")
    folder.write("out/notes.txt", "hours of work")
    folder.write("out/cleaned/deep/x", "corpus")
    folder.link("out/link", to: "nothing")
    #expect(try staged.commitReplacing().isEmpty)
    #expect(folder.text("out/manifest.jsonl") == "new")
    #expect(folder.text("out/pairs.jsonl") == nil)
    #expect(folder.text("out/notes.txt") == "hours of work")
    #expect(folder.text("out/cleaned/deep/x") == "corpus")
    #expect(
      folder.names.sorted() == [
        "out", "out/cleaned", "out/cleaned/deep", "out/cleaned/deep/x", "out/link",
        "out/manifest.jsonl", "out/notes.txt",
      ])
  }

  @Test func `what cannot be put back is kept and named, by later runs as well`() throws {
    folder.write("out/summary.json", "old")
    let staged = try staged(.results)
    try write(staged, "manifest.jsonl", "new")
    // A folder with the name of a file of results.
    folder.write("out/manifest.jsonl/mine", "hours of work")
    let warnings = try staged.commitReplacing()
    try #require(warnings.count == 1)
    let kept = try #require(warnings[0].path)
    #expect("\(kept)".contains("/.out.partial-"))
    let mine = URL(fileURLWithPath: "\(kept)/manifest.jsonl/mine")
    #expect(try String(contentsOf: mine, encoding: .utf8) == "hours of work")
    #expect(folder.text("out/manifest.jsonl") == "new")
  }

  @Test func `results that were taken away meanwhile are replaced all the same`() throws {
    folder.write("out/manifest.jsonl", "old")
    let staged = try staged(.results)
    try write(staged, "manifest.jsonl", "new")
    try FolderTree.remove(folder.path("out"))
    #expect(try staged.commitReplacing().isEmpty)
    #expect(folder.names == ["out", "out/manifest.jsonl"])
  }

  @Test func `a file or a link that got the place of the old results stays`() throws {
    for isLink in [true, false] {
      folder.write("out/manifest.jsonl", "old")
      let staged = try staged(.results)
      try FolderTree.remove(folder.path("out"))
      if isLink { folder.link("out", to: "nothing") } else { folder.write("out", "mine") }
      let kind = try FolderTree.kind(of: folder.path("out"))
      #expect(throws: CorpusError.self) { try staged.commitReplacing() }
      #expect(try FolderTree.kind(of: folder.path("out")) == kind)
      staged.discard()
      #expect(folder.names == ["out"])
      try FolderTree.remove(folder.path("out"))
    }
  }

  @Test func `what got the place of a new folder meanwhile stays`() throws {
    let staged = try staged(.corpus)
    folder.write("out/notes.txt", "mine")
    #expect(throws: CorpusError.self) { try staged.commit() }
    staged.discard()
    #expect(folder.names == ["out", "out/notes.txt"])
  }

  @Test func `what was discarded cannot be put in its place or added to`() throws {
    let staged = try staged(.corpus)
    try write(staged, "a.txt", "a")
    #expect(staged.discard())
    #expect(throws: CorpusError.self) { try staged.commit() }
    #expect(throws: CorpusError.self) {
      try FolderTree.create(staged.path.appending("b/c"), below: staged.path)
    }
    #expect(folder.names.isEmpty)
    let second = try self.staged(.corpus)
    #expect(try second.commit().isEmpty)
    #expect(!second.discard())
    #expect(folder.names == ["out"])
  }

  @Test func `leftovers are removed if Reprise made them and their process is gone`() throws {
    // As killed runs of all kinds leave them.
    for (number, purpose) in ["results", "corpus"].enumerated() {
      let name = ".out.partial-\(number)"
      folder.write("\(name)/made-by-reprise", "reprise-folder 1 \(purpose)\n")
      folder.write("\(name)/content/manifest.jsonl", "half")
    }
    folder.write(".out.partial-1/content/deep/a.txt", "half")
    folder.write(".out.partial-2/notes.txt", "not of Reprise")
    folder.write(".out.partial-3", "not of Reprise")
    folder.write(".other.partial-4/made-by-reprise", "reprise-folder 1 results\n")
    let running = try MarkedFolder.make(.results, at: folder.path(".out.partial-5"))
    // Somebody's file was in the results that were exchanged when the run was killed.
    folder.write(".out.partial-6/made-by-reprise", "reprise-folder 1 results\n")
    folder.write(".out.partial-6/content/pairs.jsonl", "old")
    folder.write(".out.partial-6/content/notes.txt", "mine")
    let staged = try staged(.results)
    #expect(staged.leftovers.map(\.path) == [folder.path(".out.partial-6")])
    #expect(try staged.commit().isEmpty)
    #expect(
      folder.names.filter { !$0.hasSuffix("made-by-reprise") }.sorted() == [
        ".other.partial-4", ".out.partial-2", ".out.partial-2/notes.txt", ".out.partial-3",
        ".out.partial-5", ".out.partial-6", ".out.partial-6/content",
        ".out.partial-6/content/notes.txt", "out",
      ])
    withExtendedLifetime(running) {}
  }

  @Test func `an output is no link, and no root of a file system`() throws {
    folder.write("results/summary.json", "{}")
    folder.link("link", to: "results")
    folder.link("broken", to: "nothing")
    for name in ["link", "link/", "broken"] {
      let error = #expect(throws: CorpusError.self) {
        try OutputPlace(folder.path(name), "an output folder")
      }
      #expect(error?.description.contains("symbolic link") == true)
    }
    let error = #expect(throws: CorpusError.self) { try OutputPlace("/proc", "an output folder") }
    #expect(error?.description.contains("root of a file system") == true)
  }
}
