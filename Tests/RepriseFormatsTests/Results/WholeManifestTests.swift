import Foundation
import RepriseSystem
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct WholeManifestTests {
  let tests = CleaningTests()
  var folder: TestFolder { tests.folder }

  func prepare() throws {
    let input = try tests.input("a.jsonl", "{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n")
    try tests.results(
      [input],
      [tests.entry(input, 0, 7), tests.entry(input, 8, 7, .drop), tests.entry(input, 16, 7)])
  }

  enum Change: CaseIterable { case empty, cut, byte, swapped, more }

  @Test("A manifest that is not the one that the run wrote is refused", arguments: Change.allCases)
  func changedManifest(change: Change) throws {
    try prepare()
    let text = try #require(folder.text("results/manifest.jsonl"))
    var lines = text.split(separator: "\n").map { String($0) + "\n" }
    switch change {
    case .empty: lines = []
    case .cut: lines.removeLast()
    case .byte: lines[1] = lines[1].replacingOccurrences(of: "drop", with: "keep")
    case .swapped: lines.swapAt(0, 2)
    case .more: lines.append(lines[2])
    }
    folder.write("results/manifest.jsonl", lines.joined())
    let error = tests.refusal()
    #expect(error?.reason == .invalidResults)
    #expect(error?.path == folder.path("results/manifest.jsonl"))
    folder.write("results/manifest.jsonl", text)
    #expect(try tests.clean().droppedCount == 1)
  }

  @Test("A summary that does not list the manifest is refused")
  func unlistedManifest() throws {
    try prepare()
    let text = try #require(folder.text("results/summary.json"))
    folder.write(
      "results/summary.json", text.replacingOccurrences(of: "manifest.jsonl", with: "other.jsonl"))
    let error = tests.refusal()
    #expect(error?.description.contains("does not list manifest.jsonl") == true)
  }

  @Test("The summary has lines, size and hash of every file")
  func listedFiles() throws {
    let results = try ResultsFolder(creating: folder.path("r"))
    var lines = 0
    for name in [ResultsFolder.Name.problems, .pairs] {
      var file = try results.file(name)
      for _ in 0..<lines { try file.append(Problem(source: "a", reason: .changed, message: "b")) }
      try file.finish()
      lines += 20_000
    }
    _ = try results.commit(summary())
    let files = try Summary(readingFrom: folder.path("r")).files
    #expect(files.map(\.name) == ["pairs.jsonl", "problems.jsonl"])
    #expect(files.map(\.lineCount) == [20_000, 0])
    for file in files {
      let stream = try DecodedStream(path: folder.path("r/\(file.name)"), compression: .none)
      #expect(try stream.finishChecksum() == file.checksum)
    }
  }

  @Test("Files that are larger than any memory are refused, and not read", arguments: [0, 1])
  func sparseFiles(index: Int) throws {
    try prepare()
    let path = folder.path(["results/summary.json", "results/manifest.jsonl"][index])
    let grown = unsafe truncate("\(path)", 20 << 30)
    try #require(grown == 0)
    let error = tests.refusal()
    #expect(error?.reason == .invalidResults && error?.path == path)
  }

  @Test("A line that is longer than any that is read is refused")
  func longLines() throws {
    let path = folder.write(
      "a", "short\n" + String(repeating: "x", count: 3 << 20) + "\nshort\n")
    let reader = try LineReader(path, lineLimit: 2 << 20)
    #expect(unsafe try reader.next()?.count == 5)
    let error = #expect(throws: CorpusError.self) { unsafe _ = try reader.next() }
    #expect(error?.reason == .invalidResults && error?.line == 2)
    let all = try LineReader(path, lineLimit: 4 << 20)
    var counts: [Int] = []
    while let line = unsafe try all.next() { counts.append(line.count) }
    #expect(counts == [5, 3 << 20, 5])
  }
}
