import Foundation
import RepriseCore
import RepriseSystem
import RepriseTestSupport
import Synchronization
import Testing

@testable import RepriseFormats

@Suite struct CorpusReaderTests {
  let folder = TestFolder()

  func lines(_ count: Int, seed: UInt64) -> [UInt8] {
    var generator = SplitMix64(state: seed)
    return (0..<count).flatMap { _ in
      (0..<Int.random(in: 0..<40, using: &generator)).map { _ in
        UInt8.random(in: 97...122, using: &generator)
      } + [10]
    }
  }

  @Test(arguments: [1, 2, 4])
  func anyNumberOfThreadsGivesTheSame(threadCount: Int) throws {
    var expected: [PlainRecord] = []
    var paths: [BytePath] = []
    for index in 0..<12 {
      let bytes = lines(index.isMultiple(of: 3) ? 20_000 : 300, seed: UInt64(index))
      let isPacked = index.isMultiple(of: 2)
      let name = String(format: "%02d.jsonl%@", index, isPacked ? ".zst" : "")
      paths.append(folder.write(name, isPacked ? try packed([bytes], .zstd) : bytes))
      expected += NaiveSplitter.lines(bytes).map { record in
        var record = record
        record.source = index
        return record
      }
    }
    var options = ReadingOptions()
    options.chunkByteCount = 16 << 10
    let reader = CorpusReader(inputs: try Discovery.find(paths).inputs, options: options)
    let chunks = Mutex<[CollectedChunk]>([])
    DispatchQueue.concurrentPerform(iterations: threadCount) { _ in
      let buffer = ChunkBuffer()
      while (try? reader.next(into: buffer)) == true {
        let chunk = CollectedChunk(buffer)
        chunks.withLock { $0.append(chunk) }
      }
    }
    let result = ordered(chunks.withLock { $0 }, inputCount: paths.count)
    #expect(result.records == expected)
    #expect(result.isDense)
    #expect(result.problems.isEmpty)
  }

  @Test func fingerprintsCostNoSecondPass() throws {
    let large = lines(150_000, seed: 3)
    #expect(large.count > 2 << 20)
    let files = [
      folder.write("a.jsonl", large), folder.write("b.txt", large), folder.write("c.txt", "x"),
      folder.write("d.txt", ""), folder.write("e.jsonl.gz", try packed([large], .gzip)),
      folder.write("f.txt.gz", try packed([large], .gzip) + [1, 2, 3]),
    ]
    let result = try readAll(files)
    for (path, checksum) in zip(files, result.checksums) {
      let stream = try DecodedStream(path: path, compression: .none)
      #expect(try stream.finishChecksum() == checksum, "\(path)")
    }
  }

  @Test func smallFilesShareAChunk() throws {
    for index in 0..<3000 { folder.write("\(index)", "text \(index)") }
    let result = try readAll([BytePath(folder.path)])
    #expect(result.records.count == 3000)
    #expect(result.chunkCount == 3)
    #expect(result.isDense)
  }

  @Test func emptyFilesAreDocumentsOnlyAsText() throws {
    let empty = try packed([[]], .gzip)
    let paths = [
      folder.write("a.txt", ""), folder.write("b.jsonl", ""), folder.write("c.txt.gz", empty),
      folder.write("d.jsonl.gz", empty),
    ]
    let result = try readAll(paths)
    #expect(result.records.map(\.source) == [0, 2])
    #expect(result.isDense)
  }

  @Test(arguments: ["a.txt", "a.jsonl", "b.jsonl.gz"], [4, 1 << 20])
  func aByteOrderMarkIsNoted(name: String, chunk: Int) throws {
    let bytes = [0xEF, 0xBB, 0xBF] + Array("one\ntwo".utf8)
    let path = folder.write(name, name.hasSuffix("gz") ? try packed([bytes], .gzip) : bytes)
    var options = ReadingOptions()
    options.chunkByteCount = chunk
    let reader = CorpusReader(inputs: try Discovery.find([path]).inputs, options: options)
    let buffer = ChunkBuffer()
    #expect(try reader.next(into: buffer))
    let record = try #require(buffer.records.first)
    #expect(record.startsWithByteOrderMark)
    #expect(record.offset == 0)
    #expect(unsafe buffer.bytes(of: record).starts(with: Array("\u{FEFF}one".utf8)))
    #expect(buffer.records.dropFirst().allSatisfy { !$0.startsWithByteOrderMark })
  }

  @Test func theRuleDoesNotSeeAByteOrderMark() throws {
    let bytes = [0xEF, 0xBB, 0xBF] + Array("cut\ntwo".utf8)
    for path in [folder.write("a", bytes), folder.write("a.gz", try packed([bytes], .gzip))] {
      for chunk in [1, 4, 100] {
        var options = ReadingOptions()
        options.chunkByteCount = chunk
        options.articleRule = try ArticleRule(cut: .after, expression: "^cut$")
        #expect(try readAll([path], options: options).records.map(\.offset) == [0, 7])
      }
    }
  }

  @Test func paddingIsReadableAroundEveryRecord() throws {
    let path = folder.write("a.jsonl", lines(1000, seed: 8))
    let reader = CorpusReader(inputs: try Discovery.find([path]).inputs)
    let buffer = ChunkBuffer()
    var sum = 0
    while try reader.next(into: buffer) {
      for record in buffer.records {
        let bytes = unsafe buffer.bytes(of: record)
        guard let start = bytes.baseAddress else { continue }
        for distance in [-ChunkBuffer.padding, bytes.count + ChunkBuffer.padding - 1] {
          sum += unsafe Int(start.load(fromByteOffset: distance, as: UInt8.self))
        }
      }
    }
    #expect(sum > 0)
  }

  @Test func aHugeRecordsMemoryIsGivenBack() throws {
    let huge = [UInt8](repeating: 97, count: 8 << 20)
    let path = folder.write("a.jsonl", huge + [10] + lines(200_000, seed: 4))
    let reader = CorpusReader(inputs: try Discovery.find([path]).inputs)
    let buffer = ChunkBuffer()
    #expect(try reader.next(into: buffer))
    #expect(buffer.records.first?.byteCount == 8 << 20)
    #expect(buffer.capacity >= 8 << 20)
    while try reader.next(into: buffer) {}
    #expect(buffer.capacity <= 5 << 20)
  }
}
