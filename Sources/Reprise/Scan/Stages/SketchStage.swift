internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats
internal import Synchronization

/// Reads the corpus once, sketches every document, and stores the sketches.
struct SketchStage: Sendable {
  let options: EngineOptions
  let source: any DocumentSource
  let sink: any ChunkSink
  let monitor: RunMonitor

  private struct State {
    var blocks: [SignatureBlock] = []
    var failure: CorpusError?
    /// True after a problem that ends the run.
    var isStopped = false
    var byteCount = 0
    var documentCount = 0
  }

  /// Runs the stage.
  /// - Returns: the blocks of the chunks, in no defined order; in a strict run, those before it
  ///   stopped.
  /// - Throws: errors of storing the chunks. Problems of inputs are recorded in the chunks.
  func run() throws(CorpusError) -> [SignatureBlock] {
    let state = Mutex(State())
    let gate = LargeDocumentGate(options)
    Workers.run(options.threads) { _ in
      var block = BlockBuffer()
      var sketcher = ChunkSketcher(source, options.matching)
      do throws(CorpusError) {
        while state.withLock({ $0.failure == nil && !$0.isStopped }),
          !monitor.cancellation.isCancelled,
          try sketcher.next()
        {
          let batch = sketcher.batch
          var piece = 0
          try gate.withRoom(for: batch, of: source.inputNames) { () throws(CorpusError) in
            try sketcher.sketch { (sketches, continues) throws(CorpusError) in
              sketches.write(batch, piece: piece, continues: continues, to: &block)
              piece += 1
              let written = try sink.append(
                &block, input: batch.inputs.lowerBound, number: batch.index)
              let (blockCount, documentCount) = state.withLock { state in
                state.isStopped =
                  state.isStopped || options.isStrict && sketches.problemCount > 0
                state.documentCount += sketches.documents.count
                state.blocks.append(written)
                return (state.blocks.count, state.documentCount)
              }
              try CorpusError.ofEngine { () throws(EngineError) in
                try options.hooks.documentLimit.check(documentCount)
              }
              if options.hooks.stopsAfter(blockCount) { throw CorpusError.stopped() }
            }
          }
          let (bytes, documents) = state.withLock { state in
            state.byteCount += batch.byteCount
            return (state.byteCount, state.documentCount)
          }
          monitor.read(bytes: bytes, documents: documents)
        }
      } catch {
        state.withLock { $0.failure = $0.failure ?? error }
      }
    }
    let (blocks, failure) = state.withLock { ($0.blocks, $0.failure) }
    if let failure { throw failure }
    try monitor.cancellation.check()
    return blocks
  }
}
