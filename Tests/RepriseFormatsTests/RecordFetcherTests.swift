import Dispatch
import Foundation
import RepriseCore
import RepriseSystem
import RepriseTestSupport
import Testing

@testable import RepriseFormats

@Suite struct RecordFetcherTests {
  let folder = TestFolder()
  let text = Array((0..<3000).map { "line \($0 * 7919)\n" }.joined().utf8)

  @Test func recordsOfEveryKindOfFileAreReadAgain() throws {
    let paths = [
      folder.write("a.jsonl", text), folder.write("b.jsonl.gz", try packed([text], .gzip)),
      folder.write("c.jsonl.zst", try packed([text, text], .zstd)), folder.write("d.txt", text),
    ]
    let reader = CorpusReader(inputs: try Discovery.find(paths).inputs)
    let result = try readAll(reader)
    let records = result.records
    var generator = SplitMix64(state: 5)
    let chosen = records.shuffled(using: &generator).prefix(2000)
    let fetcher = RecordFetcher(reader, encodings: result.facts.encodings)
    try fetcher.copy(
      chosen.map {
        RecordLocation(input: $0.source, offset: UInt64($0.offset), byteCount: $0.bytes.count)
      })
    let buffer = RecordBuffer()
    for record in chosen { #expect(try fetch(fetcher, record, buffer) == record.bytes) }
    DispatchQueue.concurrentPerform(iterations: 3) { _ in
      let buffer = RecordBuffer()
      for record in chosen where (try? fetch(fetcher, record, buffer)) != record.bytes {
        Issue.record("\(record)")
      }
    }
    let other = try #require(records.first { $0.source == 1 && !chosen.contains($0) })
    #expect(throws: CorpusError.self) { try fetch(fetcher, other, buffer) }
  }

  @Test(arguments: [0, 20_000, 100_000, 1 << 20])
  func whatWasKeptIsNotDecodedAgain(room: Int) throws {
    let paths = [
      folder.write("a.jsonl.gz", try packed([text], .gzip)),
      folder.write("b.jsonl.zst", try packed([text, text], .zstd)),
      folder.write("c.jsonl", text),
    ]
    var options = ReadingOptions()
    options.chunkByteCount = 1000
    options.cachedByteCount = room
    let reader = CorpusReader(inputs: try Discovery.find(paths).inputs, options: options)
    let result = try readAll(reader)
    let records = result.records
    #expect(records.count == 4 * 3000)
    let fetcher = RecordFetcher(reader, encodings: result.facts.encodings)
    let kept = [0, 1].filter { !fetcher.isSequential(input: $0) }
    #expect(kept.count == (room > 150_000 ? 2 : room > 60_000 ? 1 : 0))
    // Nothing that is kept needs its file any more.
    for source in kept { try FileManager.default.removeItem(atPath: "\(paths[source])") }
    let buffer = RecordBuffer()
    for record in records.reversed() where record.source == 2 || kept.contains(record.source) {
      #expect(try fetch(fetcher, record, buffer) == record.bytes)
    }
  }

  @Test func aPipeIsKeptWhole() throws {
    let path = BytePath(folder.path + "/pipe")
    unsafe path.withCString { unsafe _ = mkfifo($0, 0o600) }
    let text = text
    let writer = Thread {
      _ = try? Data(text).write(to: URL(fileURLWithPath: "\(path)"), options: [])
    }
    writer.start()
    var discovery = DiscoveryOptions()
    discovery.format = .jsonLines
    var options = ReadingOptions()
    options.chunkByteCount = 1000
    let inputs = try Discovery.find([path], options: discovery).inputs
    #expect(inputs.first?.isPipe == true)
    let reader = CorpusReader(inputs: inputs, options: options)
    let result = try readAll(reader)
    #expect(result.records == NaiveSplitter.lines(text))
    let fetcher = RecordFetcher(reader, encodings: result.facts.encodings)
    try fetcher.copy([])
    let buffer = RecordBuffer()
    for record in result.records.reversed() {
      #expect(try fetch(fetcher, record, buffer) == record.bytes)
    }
  }

  @Test func aPipeThatCannotBeKeptStopsTheReading() throws {
    let path = BytePath(folder.path + "/pipe")
    unsafe path.withCString { unsafe _ = mkfifo($0, 0o600) }
    var options = ReadingOptions()
    options.temporaryFolder = "/no/such/folder"
    let reader = CorpusReader(inputs: try Discovery.find([path]).inputs, options: options)
    let failure = #expect(throws: CorpusError.self) { try reader.next(into: ChunkBuffer()) }
    #expect(failure?.reason == .cannotOpen)
    #expect(failure?.path == "/no/such/folder")
    #expect(try !reader.next(into: ChunkBuffer()))
  }

  @Test func fewFilesStayOpen() throws {
    for index in 0..<300 { folder.write("\(index)", "text \(index)") }
    let inputs = try Discovery.find([BytePath(folder.path)]).inputs
    let cache = OpenFileCache(inputs: inputs, checkInterval: .zero)
    for index in inputs.indices { _ = try cache.file(ofInput: index) }
    #expect(cache.openCount == OpenFileCache.limit)
  }

  @Test func aFileThatChangedIsRefused() throws {
    let path = folder.write("a.jsonl", "one\ntwo\n")
    let reader = CorpusReader(inputs: try Discovery.find([path]).inputs)
    let result = try readAll(reader)
    let records = result.records
    let fetcher = RecordFetcher(
      reader, encodings: result.facts.encodings, checkInterval: .zero)
    let buffer = RecordBuffer()
    #expect(try fetch(fetcher, records[1], buffer) == Array("two".utf8))
    let handle = try #require(FileHandle(forWritingAtPath: "\(path)"))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data("three".utf8))
    let failure = #expect(throws: CorpusError.self) { try fetch(fetcher, records[0], buffer) }
    #expect(failure?.reason == .changed)
  }

  @Test func spoolsLeaveNoNamesBehind() throws {
    let file = try TemporaryFile(in: BytePath(folder.path))
    try unsafe [UInt8](1...9).withUnsafeBytes { bytes in unsafe _ = try file.append(bytes) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    #expect(throws: CorpusError.self) { try TemporaryFile(in: "/no/such/folder") }
  }
}

/// Reads a record again.
private func fetch(_ fetcher: RecordFetcher, _ record: PlainRecord, _ buffer: RecordBuffer) throws
  -> [UInt8]
{
  let place = RecordLocation(
    input: record.source, offset: UInt64(record.offset), byteCount: record.bytes.count)
  try fetcher.read(place, into: buffer)
  return unsafe Array(buffer.bytes)
}
