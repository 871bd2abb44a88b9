internal import RepriseCore
internal import RepriseCorpus
internal import Synchronization

/// Reads the corpus once and sketches every document.
struct SketchStage: Sendable {
  let configuration: ScanConfiguration
  let scheme: Scheme
  let digest: SignatureDigest
  let reader: CorpusReader
  let labels: LabelStore

  private struct State {
    var chunks: [ChunkSketches] = []
    var failure: CorpusError?
    /// Whether a problem was met that ends the run.
    var isStopped = false
    var byteCount = 0
    var documentCount = 0
  }

  /// Runs the stage.
  /// - Parameter onProgress: called with the bytes, as decoded, and the documents read so far.
  /// - Returns: the chunks in corpus order; of a strict run, those up to a problem, and maybe more.
  /// - Throws: what a temporary file threw; problems of sources are among the chunks' problems.
  func run(
    onProgress: @escaping @Sendable (Int, Int) -> Void
  ) throws(CorpusError) -> [ChunkSketches] {
    let state = Mutex(State())
    Workers.run(configuration.threads) { _ in
      let buffer = ChunkBuffer()
      var sketcher = DocumentSketcher(
        configuration, scheme: scheme, digest: digest, sources: reader.sources)
      do throws(CorpusError) {
        while state.withLock({ $0.failure == nil && !$0.isStopped }), try reader.next(into: buffer)
        {
          let sketches = try sketcher.sketch(buffer, labels: labels)
          let byteCount = buffer.records.reduce(0) { $0 + $1.byteCount }
          let (bytes, documents) = state.withLock { state in
            state.isStopped =
              state.isStopped || (configuration.isStrict && !sketches.problems.isEmpty)
            state.byteCount += byteCount
            state.documentCount += sketches.documents.count
            state.chunks.append(sketches)
            return (state.byteCount, state.documentCount)
          }
          onProgress(bytes, documents)
        }
      } catch {
        state.withLock { $0.failure = $0.failure ?? error }
      }
    }
    let (chunks, failure) = state.withLock { ($0.chunks, $0.failure) }
    if let failure { throw failure }
    return chunks.sorted { ($0.source, $0.number) < ($1.source, $1.number) }
  }
}
