internal import RepriseCorpus
internal import Synchronization

/// Lines of the manifest that are written by several threads at once, a block each, and go to the
/// file in order.
final class LineBlocks {
  /// What the lines of a block say, added up.
  struct Counts: Sendable {
    var documents = ScanSummary.DocumentCounts()
    var bytes = ScanSummary.ByteCounts()

    mutating func add(_ line: ManifestLine, _ document: DocumentRecord) {
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

  private final class Block: Sendable {
    struct State: ~Copyable, Sendable {
      var lines = JSONWriter()
      var counts = Counts()
      var documents = 0..<0
    }
    let state = Mutex(State())
  }

  private let blocks: [Block]
  private static let documentsPerBlock = 8192

  init(count: Int) { blocks = (0..<count).map { _ in Block() } }

  /// Writes the lines of the next documents, at most a block a thread, and returns their counts.
  func fill(
    from first: Int, of total: Int,
    _ write: @escaping @Sendable (Int, inout JSONWriter, inout Counts) -> Void
  ) -> [Counts] {
    let size = Self.documentsPerBlock
    Workers.forEach(blocks.count, threads: blocks.count) { [blocks] index in
      let start = min(total, first + index * size)
      blocks[index].state.withLock { state in
        state.counts = Counts()
        state.documents = start..<min(total, start + size)
        for document in state.documents {
          write(document, &state.lines, &state.counts)
          state.lines.endLine()
        }
      }
    }
    return blocks.map { $0.state.withLock { $0.counts } }
  }

  /// Moves the lines to the file; returns the document that follows the last.
  func flush(to file: inout ResultsFile) throws(CorpusError) -> Int {
    var next = 0
    for block in blocks {
      next = try block.state.withLock { state throws(CorpusError) in
        try file.append(&state.lines, count: state.documents.count)
        return state.documents.upperBound
      }
    }
    return next
  }
}
