internal import RepriseCorpus
internal import Synchronization

/// Lines of the manifest that are written by several threads at once, a block each, and go to the
/// file in order.
final class LineBlocks {
  /// What the lines of a block say, added up.
  struct Counts: Sendable {
    var documents = ScanSummary.DocumentCounts()
    var bytes = ScanSummary.ByteCounts()

    mutating func add(_ line: borrowing ManifestLine, _ document: DocumentRecord) {
      let byteCount = Int(document.textByteCount)
      documents.total += 1
      bytes.total += byteCount
      switch (line.status, line.reason) {
      case (.drop, .some(.exact)):
        documents.exactDuplicates += 1
        bytes.exactDuplicates += byteCount
      case (.drop, .some(.passage)):
        documents.passageDuplicates += 1
        bytes.passages += byteCount
      case (.drop, _):
        documents.nearDuplicates += 1
        bytes.nearDuplicates += byteCount
      case (.trim, _):
        documents.trimmed += 1
        bytes.passages += line.cuts.reduce(0) { $0 + $1.end - $1.start }
      case (.empty, _): documents.empty += 1
      case (.unreadable, _): documents.unreadable += 1
      default: documents.kept += 1
      }
    }
  }

  /// Consecutive chunks.
  typealias Chunks = ArraySlice<SketchStore.Chunk>

  private final class Block: Sendable {
    struct State: ~Copyable, Sendable {
      var lines = JSONWriter()
      var counts = Counts()
      var chunks = 0..<0
    }
    let state = Mutex(State())
  }

  private let blocks: [Block]
  private static let documentsPerBlock = 4096

  init(count: Int) { blocks = (0..<count).map { _ in Block() } }

  /// Writes the lines of the next chunks, at most a block a thread, and returns their counts.
  func fill(
    from first: Int, of chunks: [SketchStore.Chunk],
    _ write: @escaping @Sendable (Chunks, inout JSONWriter, inout Counts) -> Void
  ) -> [Counts] {
    var next = first
    for block in blocks {
      let start = next
      var count = 0
      while next < chunks.count && count < Self.documentsPerBlock {
        count += chunks[next].layout.documentCount
        next += 1
      }
      block.state.withLock { $0.chunks = start..<next }
    }
    Workers.forEach(blocks.count, threads: blocks.count) { [blocks] index in
      blocks[index].state.withLock { state in
        state.counts = Counts()
        write(chunks[state.chunks], &state.lines, &state.counts)
      }
    }
    return blocks.map { $0.state.withLock { $0.counts } }
  }

  /// Moves the lines to the file; returns the chunk that follows the last.
  func flush(to file: inout ResultsFile) throws(CorpusError) -> Int {
    var next = 0
    for block in blocks {
      next = try block.state.withLock { state throws(CorpusError) in
        try file.append(&state.lines, count: state.counts.documents.total)
        return state.chunks.upperBound
      }
    }
    return next
  }
}
