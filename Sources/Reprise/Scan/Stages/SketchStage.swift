internal import RepriseCore
internal import RepriseCorpus
internal import Synchronization

/// Reads the corpus once, sketches every document, and keeps the sketches in a signature file.
struct SketchStage: Sendable {
  let configuration: ScanConfiguration
  let scheme: Scheme
  let reader: CorpusReader
  let file: SignatureFile
  /// What ties the blocks of the file together.
  let run: UInt64

  private struct State {
    var blocks: [SignatureBlock] = []
    var failure: CorpusError?
    /// Whether a problem was met that ends the run.
    var isStopped = false
    var byteCount = 0
    var documentCount = 0
  }

  /// Runs the stage.
  /// - Parameter onProgress: called with the bytes, as decoded, and the documents read so far.
  /// - Returns: the chunks' blocks, in no order; of a strict run, those up to a problem.
  /// - Throws: what writing the file threw; problems of inputs are among the chunks' problems.
  func run(
    onProgress: @escaping @Sendable (Int, Int) -> Void
  ) throws(CorpusError) -> [SignatureBlock] {
    let state = Mutex(State())
    let gate = LargeDocumentGate(configuration)
    Workers.run(configuration.threads) { _ in
      let chunk = ChunkBuffer()
      var block = BlockBuffer()
      var sketches = ChunkSketches()
      var sketcher = DocumentSketcher(
        configuration, scheme: scheme, bBitSignature: configuration.bBitSignature,
        inputs: reader.inputs)
      do throws(CorpusError) {
        while state.withLock({ $0.failure == nil && !$0.isStopped }), try reader.next(into: chunk) {
          let byteCount = chunk.records.reduce(0) { $0 + $1.byteCount }
          var piece = 0
          try gate.withRoom(for: chunk, of: reader) { () throws(CorpusError) in
            try sketcher.sketch(chunk, into: &sketches) {
              (sketches, continues) throws(CorpusError) in
              sketches.write(chunk, piece: piece, continues: continues, to: &block)
              piece += 1
              let written = try file.append(
                .chunk, run: run, input: chunk.inputs.lowerBound, number: chunk.index, &block)
              let (blockCount, documentCount) = state.withLock { state in
                state.isStopped =
                  state.isStopped || configuration.isStrict && sketches.problemCount > 0
                state.documentCount += sketches.documents.count
                state.blocks.append(written)
                return (state.blocks.count, state.documentCount)
              }
              try configuration.documentLimit.check(documentCount)
              if configuration.stopsAfter(blockCount) { throw CorpusError.stopped(file.path) }
            }
          }
          let (bytes, documents) = state.withLock { state in
            state.byteCount += byteCount
            return (state.byteCount, state.documentCount)
          }
          onProgress(bytes, documents)
        }
      } catch {
        state.withLock { $0.failure = $0.failure ?? error }
      }
    }
    let (blocks, failure) = state.withLock { ($0.blocks, $0.failure) }
    if let failure { throw failure }
    return blocks
  }
}

extension ScanConfiguration {
  /// What is kept of a signature.
  var bBitSignature: BBitSignature { verification == .exact ? .bit : .byte }

  /// The slots that are computed of a signature: those that stand in bands, if they are not to
  /// estimate similarities as well.
  func computedSlotCount(_ scheme: Scheme) -> Int {
    let banded = (scheme.bands.bandCount * scheme.bands.rowCount + 63) / 64 * 64
    return verification == .exact ? min(banded, scheme.slotCount) : scheme.slotCount
  }
}
