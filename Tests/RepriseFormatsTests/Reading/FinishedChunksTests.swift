import Foundation
import RepriseSystem
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct FinishedChunksTests {
  let folder = TestFolder()
  let text = (0..<5000).map { "line \($0)\n" }.joined()

  func finished(_ numbers: some Sequence<Int>, of count: Int) -> FinishedChunks {
    var finished = FinishedChunks()
    for number in numbers {
      _ = finished.insert(input: 0, number: number, isLast: number == count - 1)
    }
    return finished
  }

  @Test(
    "A source that is gone says so in a chunk that is missing, if one is",
    arguments: ["a.jsonl", "a.jsonl.gz", "wide.jsonl"])
  func lostSources(name: String) throws {
    let wide: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }
    let bytes = try packed(
      [name == "wide.jsonl" ? wide : Array(text.utf8)], Compression(fileName: BytePath(name)))
    let path = folder.write(name, bytes)
    var options = ReadingOptions()
    options.chunkByteCount = 8 << 10
    let inputs = try Discovery.find([path]).inputs
    let count = try readAll(CorpusReader(inputs: inputs, options: options)).chunkCount
    try #require(count > 5)
    try FileManager.default.removeItem(atPath: "\(path)")
    let sets: [[Int]] = [
      [], [0], [0, 1, 3], [1, 2], Array(0..<count - 1), Array(1..<count), Array(0..<count),
      [0, 2, count - 1],
    ]
    for numbers in sets {
      let reader = CorpusReader(
        inputs: inputs, options: options, finished: finished(numbers, of: count))
      let result = try readAll(reader)
      #expect(result.reasons == (numbers.count == count ? [] : [.cannotOpen]), "\(numbers)")
      let buffer = ChunkBuffer()
      let again = CorpusReader(
        inputs: inputs, options: options, finished: finished(numbers, of: count))
      while try again.next(into: buffer) { #expect(!numbers.contains(buffer.index)) }
    }
  }

  @Test("A stream that fails in a chunk that is known says so in one that is missing")
  func failingStream() throws {
    let path = folder.write(
      "a.jsonl.gz", try packed([randomText(seed: 7, byteCount: 3 << 20)], .gzip))
    var options = ReadingOptions()
    options.chunkByteCount = 128 << 10
    let inputs = try Discovery.find([path]).inputs
    let count = try readAll(CorpusReader(inputs: inputs, options: options)).chunkCount
    let reader = CorpusReader(
      inputs: inputs, options: options, finished: finished(1..<count - 2, of: count))
    let buffer = ChunkBuffer()
    #expect(try reader.next(into: buffer))
    #expect(buffer.index == 0 && buffer.problems.isEmpty)
    let shortened = unsafe truncate("\(path)", 1)
    #expect(shortened == 0)
    #expect(try reader.next(into: buffer))
    #expect(buffer.index == count - 2 && buffer.isLast && buffer.records.isEmpty)
    #expect(buffer.problems.map(\.error.reason) == [.changed])
    #expect(try !reader.next(into: buffer))
  }

  @Test("Every chunk of a plain file that cannot be read says so")
  func failingChunks() throws {
    let path = folder.write("a.jsonl", text)
    var options = ReadingOptions()
    options.chunkByteCount = 8 << 10
    let inputs = try Discovery.find([path]).inputs
    let reader = CorpusReader(
      inputs: inputs, options: options, finished: finished([0, 3], of: 100))
    let buffer = ChunkBuffer()
    #expect(try reader.next(into: buffer))
    #expect(buffer.index == 1 && buffer.problems.isEmpty)
    let shortened = unsafe truncate("\(path)", 1)
    #expect(shortened == 0)
    var failed: [Int] = []
    while try reader.next(into: buffer) {
      #expect(buffer.problems.map(\.error.reason) == [.changed])
      failed.append(buffer.index)
    }
    #expect(failed == [2, 4, 5])
  }
}
