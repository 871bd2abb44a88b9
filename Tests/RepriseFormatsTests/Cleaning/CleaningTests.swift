import Foundation
import RepriseCore
import RepriseSystem
import RepriseTestSupport
import Testing

@testable import RepriseEngine
@testable import RepriseFormats

@Suite struct CleaningTests {
  let folder = TestFolder()

  /// Writes an input, packed by its name, and gives its record.
  func input(_ name: String, _ text: String) throws -> InputEntry {
    let compression = Compression(fileName: BytePath(name))
    let source = folder.write("in/" + name, try packed([Array(text.utf8)], compression))
    let stream = try DecodedStream(path: source, compression: compression)
    return InputEntry(
      source: source, root: folder.path("in"), path: BytePath(name),
      checksum: try stream.finishChecksum(), compression: compression,
      format: name.contains("jsonl") ? .jsonLines : .text)
  }

  func entry(
    _ input: InputEntry, _ offset: Int, _ length: Int, _ status: ManifestEntry.Status = .keep,
    cuts: [Cut] = []
  ) -> ManifestEntry {
    ManifestEntry(
      id: "\(input.path)#\(offset)", source: input.source.text, offset: offset, length: length,
      status: status, cuts: cuts)
  }

  func results(_ inputs: [InputEntry], _ entries: [ManifestEntry]) throws {
    let results = try ResultsFolder(creating: folder.path("results"))
    var manifest = try results.file(.manifest)
    for entry in entries { try manifest.append(entry) }
    try manifest.finish()
    _ = try results.commit(summary(inputs))
  }

  func clean(_ cancellation: Cancellation = Cancellation()) throws -> CleaningReport {
    try Cleaning(resultsFolder: folder.path("results"), output: folder.path("out")).run(
      cancellation: cancellation)
  }

  func output(_ name: String) throws -> String {
    let compression = Compression(fileName: BytePath(name))
    let stream = try DecodedStream(path: folder.path("out/" + name), compression: compression)
    let (bytes, failure) = drain(stream, bufferByteCount: 7)
    #expect(failure == nil)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The failure of a cleaning, which must leave no output, even while somebody can still cancel it.
  func refusal() -> CorpusError? {
    let cancellation = Cancellation()
    let error = #expect(throws: CorpusError.self) { try clean(cancellation) }
    #expect(!folder.names.contains { $0.hasPrefix("out") || $0.contains("partial") })
    withExtendedLifetime(cancellation) {}
    return error
  }

  @Test(arguments: ["a.jsonl", "b/c/a.jsonl.gz", "a.jsonl.zst"])
  func `drops records with their line ends and nothing else`(name: String) throws {
    let input = try input(name, "{\"a\":1}\r\n\n{\"b\":2}\n  {\"c\":3} \n{\"d\":4}\n{\"e\":5}")
    try results(
      [input],
      [
        entry(input, 0, 7, .drop), entry(input, 10, 7), entry(input, 18, 10, .drop),
        entry(input, 29, 7, .unreadable), entry(input, 37, 7, .drop),
      ])
    let report = try clean()
    #expect(try output(name) == "\n{\"b\":2}\n{\"d\":4}\n")
    #expect(report.documentCount == 5 && report.droppedCount == 3)
    #expect(report.inputByteCount == 44 && report.outputByteCount == 17)
  }

  @Test func `copies what drops nothing byte for byte`() throws {
    var random = SplitMix64(state: 71)
    let text = (0..<300_000).map { _ in "ab\n\r \u{E9}".randomElement(using: &random) ?? "x" }
    let inputs = try ["a.txt", "a.txt.gz", "x/a.jsonl"].map { try input($0, String(text)) }
    try results(inputs, [])
    _ = try clean()
    for input in inputs { #expect(try output(input.path.text) == String(text)) }
    #expect(folder.bytes("out/a.txt.gz") == folder.bytes("in/a.txt.gz"))
  }

  @Test func `cuts articles out and leaves out files of which nothing stays`() throws {
    let first = try input("a.txt", "\u{FEFF}one\n\ntwo\n\nthree")
    let second = try input("b.txt", "all")
    let third = try input("c.jsonl", "{}\n")
    try results(
      [first, second, third],
      [
        entry(first, 0, 8), entry(first, 8, 5, .drop), entry(first, 13, 5, .empty),
        entry(second, 0, 3, .drop), entry(third, 0, 2, .drop),
      ])
    let report = try clean()
    #expect(try output("a.txt") == "\u{FEFF}one\n\nthree")
    #expect(folder.bytes("out/b.txt") == nil)
    #expect(folder.bytes("out/c.jsonl") == [])
    #expect(report.omittedFiles == ["b.txt"])
    #expect(report.writtenFileCount == 2)
  }

  @Test func `cuts passages out of trimmed texts`() throws {
    let input = try input("a.txt", "0123456789abcdef")
    var second = ResultEntryTests.cut
    (second.start, second.end) = (4, 6)
    var first = second
    (first.start, first.end) = (0, 1)
    try results(
      [input], [entry(input, 0, 8, .keep), entry(input, 8, 8, .trim, cuts: [first, second])])
    _ = try clean()
    #expect(try output("a.txt") == "012345679abef")
  }

  @Test func `refuses inputs that changed`() throws {
    let kept = try input("a.txt", "unchanged")
    let changed = try input("b.txt", "before")
    try results([kept, changed], [])
    folder.write("in/b.txt", "afterwards")
    let longer = refusal()
    #expect(longer?.reason == .changed && longer?.path == changed.source)
    folder.write("in/b.txt", "beford")
    let other = refusal()
    #expect(other?.reason == .changed && other?.path == changed.source)
    try FileManager.default.removeItem(atPath: folder.path + "/in/b.txt")
    #expect(refusal()?.reason == .cannotOpen)
  }

  @Test(arguments: ["../a", "/tmp/a", "x/../../a", "", ".", "a//b", "a/", "a\0b"])
  func `refuses names that leave the output`(name: String) throws {
    var input = try input("a.txt", "x")
    input.path = BytePath(name)
    try results([input], [])
    #expect(refusal()?.reason == .cannotClean)
  }

  @Test func `refuses standard input, equal names and a full output`() throws {
    var input = try input("a.txt", "x")
    try results([input, input], [])
    #expect(refusal()?.reason == .nameCollision)
    input.source = "-"
    try results([input], [])
    #expect(refusal()?.reason == .cannotClean)
    folder.write("out/mine", "x")
    let error = #expect(throws: CorpusError.self) { try clean() }
    #expect(error?.reason == .cannotClean || error?.reason == .invalidOutput)
    #expect(folder.text("out/mine") == "x")
  }

  @Test func `refuses a manifest that does not fit the files`() throws {
    let input = try input("a.txt", "0123456789")
    for entries in [
      [entry(input, 5, 6, .drop)], [entry(input, 5, 3, .drop), entry(input, 0, 3, .drop)],
      [ManifestEntry(id: "a", source: "other", offset: 0, length: 1, status: .keep)],
    ] {
      try results([input], entries)
      #expect(refusal()?.reason == .invalidResults)
    }
  }

  @Test(arguments: ["a.jsonl", "a.jsonl.gz"], [1 << 38, 1 << 62, Int.max - 20])
  func `refuses a record that is longer than its file`(name: String, length: Int) throws {
    let input = try input(name, "{\"text\":\"a\"}\n{\"text\":\"0123456789\"}\n")
    try results([input], [entry(input, 13, length, .trim, cuts: [ResultEntryTests.cut])])
    #expect(refusal()?.reason == .changed)
  }

  @Test(arguments: ["/dev/zero", "pipe"])
  func `refuses an input that is no file`(name: String) throws {
    var input = try input("a.txt", "")
    input.source = name == "pipe" ? folder.path("pipe") : BytePath(name)
    let result = unsafe mkfifo(folder.path + "/pipe", 0o600)
    #expect(result == 0)
    try results([input], [])
    #expect(refusal()?.reason == .changed)
  }

  @Test func `keeps what it can of damaged files and says so`() throws {
    let text = (0..<20_000).map { "{\"n\":\($0)}\n" }.joined()
    var records: [InputEntry] = []
    for name in ["a.jsonl.gz", "b.jsonl.gz"] {
      var record = try input(name, text)
      let cut = Array(try #require(folder.bytes("in/" + name)).dropLast(1_000))
      folder.write("in/" + name, cut)
      let stream = try DecodedStream(path: record.source, compression: .gzip)
      record.checksum = try stream.finishChecksum()
      records.append(record)
    }
    try results(records, [entry(records[0], 0, 7, .drop)])
    let report = try clean()
    #expect(report.problems.map(\.reason) == [.truncated, .truncated])
    #expect(try output("a.jsonl.gz").hasPrefix("{\"n\":1}\n{\"n\":2}\n"))
    #expect(folder.bytes("out/b.jsonl.gz") == folder.bytes("in/b.jsonl.gz"))
  }

  @Test func `replaces an empty folder and can follow the results of another run`() throws {
    let input = try input("a.txt", "x")
    try results([input], [])
    try FileManager.default.createDirectory(
      atPath: folder.path + "/out", withIntermediateDirectories: true)
    _ = try clean()
    #expect(try output("a.txt") == "x")
    let again = #expect(throws: CorpusError.self) { try clean() }
    #expect(again?.reason == .invalidOutput)
  }
}
