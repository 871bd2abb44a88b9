import Foundation
import RepriseSystem
import Synchronization
import Testing

@testable import Reprise
@testable import RepriseEngine

/// Lines that several threads make and write by turns.
@Suite struct OrderedLineWriterTests {
  private static func chunks(_ documentCounts: [Int]) -> [SketchStore.Chunk] {
    var chunks: [SketchStore.Chunk] = []
    var documentCount = 0
    for count in documentCounts {
      let layout = ChunkLayout(
        documentCount: count, sliceCount: 1, bandCount: 0, bBitWordCount: 0, fingerprintCount: 0,
        blockHashCount: 0, isLast: false, orderKeyCount: 0, hasFailedInput: false,
        continues: false, problemCount: 0, labelByteCount: 0, problemByteCount: 0,
        blankLineCount: 0, piece: 0)
      chunks.append(
        SketchStore.Chunk(
          index: chunks.count, file: 0, start: 0, layout: layout, firstDocument: documentCount,
          firstSlice: 0))
      documentCount += count
    }
    return chunks
  }

  /// Writes the numbers of the documents; the first block takes the longest.
  private static func write(
    _ chunks: OrderedLineWriter.Chunks, _ writer: inout JSONWriter,
    _ counts: inout OrderedLineWriter.Counts
  ) {
    if chunks.startIndex == 0 { usleep(20_000) }
    for document in chunks.flatMap(\.documents) {
      writer.integer(document)
      writer.endLine()
      counts.documents.total += 1
    }
  }

  @Test(arguments: [1, 2, 5])
  func `the lines of all chunks are in the file in their order`(threads: Int) throws {
    let workspace = try Workspace()
    let folder = try ResultsFolder(creating: BytePath(workspace.path("results")))
    let blocks = OrderedLineWriter(try folder.file(.manifest))
    let counts = [0, 3, 1500, 0, 2, 1022, 1, 4000] + Array(repeating: 300, count: 40) + [0]
    let told = Mutex<[Int]>([])
    let found = try blocks.run(
      Self.chunks(counts), after: 0, threads: threads, Cancellation(), Self.write
    ) {
      lines in
      told.withLock { $0.append(lines) }
    }
    try blocks.finish()
    let total = counts.reduce(0, +)
    #expect(found.reduce(0) { $0 + $1.documents.total } == total)
    #expect(told.withLock { $0 == $0.sorted() && $0.last == total && $0.count > 10 })
    let text = try String(contentsOfFile: "\(folder.scratch)/manifest.jsonl", encoding: .utf8)
    #expect(text == (0..<total).map { "\($0)\n" }.joined())
  }

  @Test(arguments: [1, 3])
  func `a failure ends the work of all threads`(threads: Int) throws {
    let workspace = try Workspace()
    let folder = try ResultsFolder(creating: BytePath(workspace.path("results")))
    let blocks = OrderedLineWriter(try folder.file(.manifest))
    let calls = Mutex(0)
    let chunks = Self.chunks(Array(repeating: 1024, count: 50))
    let error = #expect(throws: CorpusError.self) {
      _ = try blocks.run(chunks, after: 0, threads: threads, Cancellation(), Self.write) {
        _ throws(CorpusError) in
        let call = calls.withLock { count in
          count += 1
          return count
        }
        if call == 3 { throw CorpusError.stopped("here") }
      }
    }
    #expect(error?.reason == .stopped)
    #expect(calls.withLock { $0 } == 3)
  }
}
