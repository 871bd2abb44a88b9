internal import RepriseEngine
internal import RepriseFormats

/// Takes the payloads of chunks, from any thread.
protocol ChunkSink: Sendable {
  /// Appends the payload of a chunk, or of a piece of one.
  ///
  /// - Parameters:
  ///   - payload: the payload.
  ///   - input: the first input of the chunk.
  ///   - number: the index of the chunk among those of that input.
  /// - Returns: where the payload is.
  /// - Throws: `cannotWrite`.
  func append(
    _ payload: inout BlockBuffer, input: Int, number: Int
  ) throws(CorpusError) -> SignatureBlock
}

extension MemorySketches: ChunkSink {}
