import Foundation
import RepriseSystem
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct ReadingFailureTests {
  let folder = TestFolder()
  let text = (0..<5000).map { "line \($0)\n" }.joined()

  @Test(arguments: [100, 1 << 20])
  func truncatedDataDeliversItsWholeRecords(chunk: Int) throws {
    let raw = try packed([Array(text.utf8)], .gzip)
    let path = folder.write("a.jsonl.gz", Array(raw[..<(raw.count / 2)]))
    var options = ReadingOptions()
    options.chunkByteCount = chunk
    let result = try readAll([path, folder.write("b.jsonl", "x")], options: options)
    #expect(result.reasons == [.truncated])
    #expect(result.problems.first?.endsInput == true)
    let all = NaiveSplitter.lines(Array(text.utf8))
    #expect(result.records.count > 1000)
    #expect(all.starts(with: result.records.dropLast()))
    #expect(result.records.last?.source == 1)
    #expect(result.isDense)
  }

  @Test(arguments: ["a.jsonl.gz", "a.txt.gz", "a.jsonl.zst", "a.txt.zst"])
  func garbageBehindCompleteDataLosesNothing(name: String) throws {
    let raw = try packed([Array("one\ntwo".utf8)], name.hasSuffix("gz") ? .gzip : .zstd)
    let result = try readAll([folder.write(name, raw + [1, 2, 3, 4, 5])])
    #expect(result.reasons == [.trailingGarbage])
    #expect(result.records.flatMap(\.bytes).count == (name.contains("txt") ? 7 : 6))
  }

  @Test(arguments: [CorpusError.Reason.trailingGarbage, .truncated], [1, 7, 1 << 20])
  func damageBehindALongRecordLosesNoneOfThoseThatFollow(
    reason: CorpusError.Reason, chunk: Int
  ) throws {
    let text = "one\n" + String(repeating: "long", count: 100) + "\ntwo\nthree\n"
    var raw = try packed([Array(text.utf8)], .gzip)
    raw = reason == .truncated ? raw.dropLast(4) : raw + [1, 2, 3, 4, 5]
    var options = ReadingOptions()
    options.chunkByteCount = chunk
    options.maximumRecordByteCount = 8
    let result = try readAll([folder.write("a.jsonl.gz", raw)], options: options)
    #expect(result.reasons == [.recordTooLong, reason])
    #expect(
      result.records.map { String(decoding: $0.bytes, as: UTF8.self) } == ["one", "two", "three"])
    #expect(result.records.map(\.line) == [0, 2, 3])
    #expect(result.problems.first?.lostRecord == .bytes(400))
  }

  @Test func aTextFileThatIsCutOffIsNoDocument() throws {
    let raw = try packed([Array(text.utf8)], .zstd)
    let result = try readAll([folder.write("a.txt.zst", Array(raw.dropLast(10)))])
    #expect(result.records.isEmpty)
    #expect(result.reasons == [.truncated])
  }

  @Test func plainTextNamedAsCompressedIsSaidSo() throws {
    let result = try readAll([folder.write("a.jsonl.gz", text)])
    #expect(result.records.isEmpty)
    #expect(result.reasons == [.notCompressed])
    #expect(result.checksums.compactMap { $0 }.count == 1)
  }

  @Test(arguments: ["a.txt", "a.jsonl", "a.jsonl.gz"], [1000, 1 << 20])
  func aFileThatVanishesIsOneProblem(name: String, chunk: Int) throws {
    let path = folder.write(name, text)
    var options = ReadingOptions()
    options.chunkByteCount = chunk
    let inputs = try Discovery.find([path, folder.write("b", "x")]).inputs
    try FileManager.default.removeItem(atPath: "\(path)")
    let result = try readAll(CorpusReader(inputs: inputs, options: options))
    #expect(result.reasons == [.cannotOpen])
    #expect(result.problems.first?.error.errorNumber == ENOENT)
    #expect(result.records.map(\.source) == [1])
    #expect(result.isDense)
  }

  @Test(arguments: ["a.txt", "a.jsonl", "a.jsonl.gz"], [1000, 1 << 20])
  func aFileThatChangesIsOneProblem(name: String, chunk: Int) throws {
    let path = folder.write(name, text)
    var options = ReadingOptions()
    options.chunkByteCount = chunk
    let inputs = try Discovery.find([path]).inputs
    folder.write(name, text + "more")
    let result = try readAll(CorpusReader(inputs: inputs, options: options))
    #expect(result.reasons == [.changed])
    #expect(result.records.isEmpty)
    #expect(result.isDense)
  }
}
