import Foundation
import RepriseSystem
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct CleanedFileTests {
  let tests = CleaningTests()
  var folder: TestFolder { tests.folder }

  static let words = String(repeating: "word ", count: 20)

  /// Records of 160 bytes; with the text first or last.
  static func records(textFirst: Bool) -> String {
    (0..<8_000).map { number in
      let id = "\"id\":\"\(number + 10_000_000)\""
      let text = "\"text\":\"\(words)\""
      let line = "{" + (textFirst ? "\(text),\(id)" : "\(id),\(text)")
      return line + String(repeating: " ", count: 158 - line.utf8.count) + "}\n"
    }.joined()
  }

  /// A file of which a record is dropped and a later one loses bytes, both behind what is read
  /// first.
  func prepare(_ name: String) throws -> InputEntry {
    let input = try tests.input(name, Self.records(textFirst: false))
    var cut = ResultEntryTests.cut
    (cut.start, cut.end) = (5, 10)
    try tests.results(
      [input],
      [
        tests.entry(input, 160 * 4_000, 159, .drop),
        tests.entry(input, 160 * 6_000, 159, .trim, cuts: [cut]),
      ])
    return input
  }

  /// Cleans, and calls `body` once some of the file was read.
  func clean(_ body: () throws -> Void) throws -> CleaningReport {
    let cleaning = try Cleaning(
      resultsFolder: folder.path("results"), output: folder.path("out"))
    var isFirst = true
    return try cleaning.run { _ in
      if isFirst { try? body() }
      isFirst = false
    }
  }

  func expectNoOutput() {
    #expect(!folder.names.contains { $0.hasPrefix("out") || $0.contains("partial") })
  }

  @Test("A file that is renamed into the place of an input is not read for its cuts")
  func replacedWhileRead() throws {
    _ = try prepare("a.jsonl")
    _ = try tests.clean()
    let expected = try #require(folder.bytes("out/a.jsonl"))
    try FileManager.default.removeItem(atPath: folder.path + "/out")
    let other = folder.write("other", Self.records(textFirst: true))
    _ = try clean {
      _ = unsafe rename("\(other)", "\(folder.path("in/a.jsonl"))")
    }
    #expect(folder.bytes("out/a.jsonl") == expected)
  }

  @Test("An input that is written to while it is cleaned is refused", arguments: [0, 1])
  func changedWhileRead(change: Int) throws {
    let input = try prepare("a.jsonl")
    let error = #expect(throws: CorpusError.self) {
      try clean {
        let file = try #require(FileHandle(forUpdatingAtPath: "\(input.source)"))
        // The record that is cut, with its text elsewhere; or more at the end.
        try file.seek(toOffset: change == 0 ? 160 * 6_000 : 160 * 8_000)
        let line = Self.records(textFirst: true).utf8.prefix(160)
        try file.write(contentsOf: Data(line))
      }
    }
    #expect(error?.reason == .changed)
    expectNoOutput()
  }

  @Test("Of a damaged file the bytes are copied that were cleaned before")
  func replacedDamagedFile() throws {
    var input = try tests.input("a.jsonl.gz", Self.records(textFirst: false))
    let damaged = Array(try #require(folder.bytes("in/a.jsonl.gz")).dropLast(10))
    folder.write("in/a.jsonl.gz", damaged)
    let stream = try DecodedStream(path: input.source, compression: .gzip)
    input.checksum = try stream.finishChecksum()
    try tests.results([input], [])
    let other = folder.write("other", [UInt8](repeating: 1, count: damaged.count))
    let report = try clean {
      _ = unsafe rename("\(other)", "\(input.source)")
    }
    #expect(report.problems.map(\.reason) == [.truncated])
    #expect(folder.bytes("out/a.jsonl.gz") == damaged)
  }

  @Test(
    "What stands in the place of an input is refused by its name", .timeLimit(.minutes(10)),
    arguments: ["pipe", "device", "socket", "folder"], [false, true])
  func otherKinds(kind: String, isLate: Bool) throws {
    let input = try prepare("a.jsonl")
    let path = "\(input.source)"
    func replace() throws {
      try FileManager.default.removeItem(atPath: path)
      switch kind {
      case "pipe": unsafe _ = mkfifo(path, 0o600)
      case "device": folder.link("in/a.jsonl", to: "/dev/zero")
      case "socket": unsafe _ = mknod(path, S_IFSOCK | 0o600, 0)
      default:
        try FileManager.default.createDirectory(
          atPath: path, withIntermediateDirectories: false)
      }
    }
    if !isLate { try replace() }
    let error = #expect(throws: CorpusError.self) {
      let cleaning = try Cleaning(
        resultsFolder: folder.path("results"), output: folder.path("out"))
      if isLate { try replace() }
      _ = try cleaning.run()
    }
    #expect(error?.description.contains("a \(kind)") == true, "\(String(describing: error))")
    expectNoOutput()
  }

  @Test("A file that the run could not read whole is not cleaned, and the message says so")
  func unknownHash() throws {
    var input = try tests.input("a.txt", "text")
    input.checksum.hash = InputEntry.unknownHash
    try tests.results([input], [])
    let error = tests.refusal()
    #expect(error?.reason == .cannotClean)
    #expect(error?.description.contains("could not read all") == true)
  }
}
