internal import RepriseEngine
internal import RepriseFormats
internal import Synchronization

/// Writes lines of the manifest that several threads produce.
///
/// Each thread produces a block of lines at a time, and the blocks are written in order.
final class OrderedLineWriter: Sendable {
  /// Consecutive chunks.
  typealias Chunks = ArraySlice<SketchStore.Chunk>

  private struct Output: ~Copyable, Sendable {
    var file: ResultsFile
    var counts: [Counts] = []
    var failure: CorpusError?
  }

  /// The state of one thread.
  private struct Own: ~Copyable {
    var lines = JSONWriter(capacity: 320 << 10)
    var counts = Counts()
  }

  private struct Block: Sendable {
    var chunks: Range<Int>
    var documentCount = 0
  }

  private let output: Mutex<Output>
  private let hasFailed = Atomic(false)

  /// The lines of this number of documents are still in the cache when they are written.
  private static let documentsPerBlock = 1024

  /// Creates a writer for a file.
  init(_ file: consuming ResultsFile) { output = Mutex(Output(file: file)) }

  /// Produces and writes the lines of chunks.
  ///
  /// Some threads write while others produce the next lines.
  ///
  /// - Parameters:
  ///   - chunks: the chunks.
  ///   - first: the number of documents that have no line, which come first.
  ///   - threads: the number of threads that produce lines.
  ///   - cancellation: the run's.
  ///   - write: produces the lines of some chunks and counts them.
  ///   - onBlock: called with the total number of lines after each block was written.
  /// - Returns: the counts of each thread.
  /// - Throws: errors of writing and of `onBlock`; `stopped`.
  func run(
    _ chunks: [SketchStore.Chunk], after first: Int, threads: Int, _ cancellation: Cancellation,
    _ write: @escaping @Sendable (Chunks, inout JSONWriter, inout Counts) -> Void,
    onBlock: @escaping @Sendable (_ lines: Int) throws(CorpusError) -> Void
  ) throws(CorpusError) -> [Counts] {
    let blocks = Self.blocks(of: chunks, after: first)
    let sequencer = Sequencer()
    // A claimed block takes its turn even if the run is cancelled; later ones do not wait for it.
    Workers.forEach(blocks.count, threads: threads, cancellation) { _ in
      Own()
    } body: { index, own in
      if !self.hasFailed.load(ordering: .relaxed) {
        write(chunks[blocks[index].chunks], &own.lines, &own.counts)
      }
      // Also takes its turn after a failure, so that later threads do not wait forever.
      sequencer.perform(inTurn: index) {
        self.append(&own.lines, blocks[index].documentCount, onBlock)
      }
    } end: { own in
      self.output.withLock { $0.counts.append(own.counts) }
    }
    return try output.withLock { output throws(CorpusError) in
      if let failure = output.failure { throw failure }
      try cancellation.check()
      return output.counts
    }
  }

  private func append(
    _ lines: inout JSONWriter, _ count: Int, _ onBlock: (Int) throws(CorpusError) -> Void
  ) {
    output.withLock { output in
      guard output.failure == nil else { return }
      do throws(CorpusError) {
        try output.file.append(&lines, count: count)
        try onBlock(output.file.count)
      } catch {
        output.failure = error
        hasFailed.store(true, ordering: .relaxed)
      }
    }
  }

  private static func blocks(of chunks: [SketchStore.Chunk], after first: Int) -> [Block] {
    var blocks: [Block] = []
    var block = Block(chunks: 0..<0)
    for chunk in chunks {
      block.chunks = block.chunks.lowerBound..<(chunk.index + 1)
      let end = chunk.documents.upperBound
      block.documentCount += max(0, end - max(first, chunk.firstDocument))
      guard block.documentCount >= documentsPerBlock || chunk.index + 1 == chunks.count else {
        continue
      }
      blocks.append(block)
      block = Block(chunks: (chunk.index + 1)..<(chunk.index + 1))
    }
    return blocks
  }

  /// Ends the file after all lines were written.
  ///
  /// - Throws: `cannotWrite`.
  func finish() throws(CorpusError) {
    try output.withLock { output throws(CorpusError) in try output.file.finish() }
  }
}
