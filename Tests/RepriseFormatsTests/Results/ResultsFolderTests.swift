import Foundation
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct ResultsFolderTests {
  let folder = TestFolder()

  func writeResults(_ name: String, entries: [ManifestEntry] = []) throws {
    let results = try ResultsFolder(creating: folder.path(name))
    var manifest = try results.file(.manifest)
    for entry in entries { try manifest.append(entry) }
    try manifest.finish()
    #expect(try results.commit(summary()).isEmpty)
  }

  @Test func `appears only when it is complete`() throws {
    let results = try ResultsFolder(creating: folder.path("deep/down/results"))
    var manifest = try results.file(.manifest)
    try manifest.append { $0.null() }
    try manifest.finish()
    #expect(!folder.names.contains("deep/down/results"))
    #expect(try results.commit(summary()).isEmpty)
    #expect(folder.text("deep/down/results/manifest.jsonl") == "null\n")
    #expect(
      folder.names == [
        "deep", "deep/down", "deep/down/results", "deep/down/results/manifest.jsonl",
        "deep/down/results/summary.json",
      ])
  }

  @Test func `leaves nothing behind without a commit`() throws {
    do {
      let results = try ResultsFolder(creating: folder.path("results"))
      var manifest = try results.file(.manifest)
      try manifest.append { $0.string("half") }
      try manifest.finish()
      #expect(folder.names.contains { $0.hasSuffix("/content/manifest.jsonl") })
      #expect(folder.names.allSatisfy { $0.hasPrefix(".results.partial-") })
    }
    #expect(folder.names.isEmpty)
  }

  @Test func `replaces earlier results and an empty folder`() throws {
    try writeResults("results")
    let entry = ManifestEntry(id: "new", source: "s", offset: 0, length: 1, status: .keep)
    try writeResults("results/", entries: [entry])
    #expect(try ManifestReader(resultsFolder: folder.path("results")).next() == entry)
    #expect(folder.names == ["results", "results/manifest.jsonl", "results/summary.json"])
    try FileManager.default.createDirectory(
      atPath: folder.path + "/empty", withIntermediateDirectories: true)
    try writeResults("empty")
    #expect(folder.text("empty/summary.json") != nil)
  }

  @Test(arguments: ["file", "other", "foreign", "fake", "newer"])
  func `leaves everything else alone`(name: String) throws {
    folder.write("file", "x")
    folder.write("other/manifest.jsonl", "x")
    folder.write("fake/summary.json", "{\"format\":\"another\",\"version\":1}")
    folder.write("newer/summary.json", "{\"format\":\"reprise-results\",\"version\":3}")
    try writeResults("foreign")
    folder.write("foreign/notes.txt", "mine")
    let before = folder.names
    let error = #expect(throws: CorpusError.self) {
      try ResultsFolder(creating: folder.path(name))
    }
    #expect(error?.reason == .invalidOutput)
    #expect(error?.description.contains(name) == true)
    #expect(folder.names == before)
  }

  @Test(arguments: ["/", ".", "..", "a/..", ""])
  func `needs a name`(name: String) {
    #expect(throws: CorpusError.self) { try ResultsFolder(creating: BytePath(name)) }
  }

  @Test func `refuses to start a file twice`() throws {
    let results = try ResultsFolder(creating: folder.path("results"))
    _ = try results.file(.pairs)
    let error = #expect(throws: CorpusError.self) { _ = try results.file(.pairs) }
    #expect(error?.errorNumber == EEXIST)
  }

  @Test func `writes more than a buffer`() throws {
    let entries = (0..<20_000).map { index in
      ManifestEntry(
        id: "document-\(index)", source: "s", offset: index * 100, length: 99,
        status: ManifestEntry.Status.allCases[index % 5], reason: index % 2 == 0 ? .exact : nil,
        similarity: Double(index) / 20_000, cluster: index,
        cuts: index % 100 == 0 ? [ResultEntryTests.cut, ResultEntryTests.cut] : [],
        title: "\u{E9}\n\"\(index)\"")
    }
    try writeResults("results", entries: entries)
    let reader = try ManifestReader(resultsFolder: folder.path("results"))
    for entry in entries { #expect(try reader.next() == entry) }
    #expect(try reader.next() == nil)
  }
}
