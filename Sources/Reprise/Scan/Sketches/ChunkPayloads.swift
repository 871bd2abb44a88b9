internal import RepriseFormats

/// Where the payloads of chunks are: a signature file, or memory.
protocol ChunkPayloads: Sendable {
  /// The path in messages.
  var path: BytePath { get }
  /// Fills a buffer from an offset in a payload.
  ///
  /// - Throws: `cannotRead`, also if there are fewer bytes.
  func read(into target: UnsafeMutableRawBufferPointer, at place: UInt64) throws(CorpusError)
}

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

extension SignatureFile: ChunkPayloads {}
