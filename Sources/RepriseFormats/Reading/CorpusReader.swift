import Synchronization

/// Reads the records of a list of files, chunk by chunk, on any number of threads.
///
/// Several threads read ranges of a large plain file at the same time. Small files share a chunk.
/// Compressed files and pipes are decoded in order, each by one thread at a time. Memory is limited
/// to the threads' buffers, plus one partial record for each file that is being decoded.
///
/// For a single file, use `InputFile.content(of:limit:)`.
package final class CorpusReader: Sendable {
  /// The files, in corpus order.
  package let inputs: [InputFile]
  /// The options for reading the files.
  package let options: ReadingOptions
  private let schedule: Mutex<ReadingSchedule>
  private let pipeFiles = Mutex<[Int: TemporaryFile]>([:])
  private let finished: FinishedChunks
  /// The decoded content of compressed and converted inputs, as far as it fits.
  let decoded: DecodedCache

  /// Creates a reader without opening any file.
  ///
  /// - Parameters:
  ///   - inputs: the files, in corpus order; those with a part give only chunks of the part.
  ///   - options: the options for reading them.
  ///   - finished: chunks of the same files and options that are not returned.
  package init(
    inputs: [InputFile], options: ReadingOptions = ReadingOptions(),
    finished: FinishedChunks = FinishedChunks()
  ) {
    precondition(options.chunkByteCount > 0 && options.maximumRecordByteCount >= 0)
    self.inputs = inputs
    self.options = options
    self.finished = finished
    decoded = DecodedCache(in: options.temporaryFolder, byteCount: options.cachedByteCount)
    schedule = Mutex(ReadingSchedule(inputs: inputs, options: options, decoded: decoded))
  }

  /// Fills a thread's buffer with the next chunk; returns false if there is none.
  ///
  /// The chunks are not in corpus order.
  ///
  /// Errors of an input are among the chunk's problems, and the other inputs are still read.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite` if the temporary file for a pipe fails. The run cannot
  ///   continue then.
  package func next(into buffer: ChunkBuffer) throws(CorpusError) -> Bool {
    while let work = schedule.withLock({ $0.next() }) {
      switch work {
      case .files(let range):
        if isSkipped(range.lowerBound, 0, of: 1) { continue }
        SmallFiles.read(range, of: inputs, into: buffer, options: options)
      case .range(let plain, let chunk):
        let count = plain.chunkCount(options.chunkByteCount)
        if isSkipped(plain.index, chunk, of: count) { continue }
        plain.read(chunk: chunk, into: buffer, options: options)
      case .rows(let parquet, let chunk):
        if isSkipped(parquet.index, chunk, of: parquet.chunkCount) { continue }
        parquet.read(chunk: chunk, into: buffer, options: options)
      case .stream(let stream):
        guard try read(stream, into: buffer) else { continue }
      case .lost(let index, let failure):
        // Every part says so, because nobody knows which pieces it would have had.
        guard report(failure, ofInput: index, after: -1, into: buffer) else { continue }
      }
      return true
    }
    return false
  }

  /// Whether a chunk was finished before, or is not in the part of its input that is read.
  private func isSkipped(_ index: Int, _ chunk: Int, of count: Int) -> Bool {
    finished.contains(input: index, number: chunk)
      || !inputs[index].isRead(piece: chunk, of: count)
  }

  /// Returns the file with the data of a pipe, once it was read.
  func pipeFile(ofInput index: Int) -> TemporaryFile? { pipeFiles.withLock { $0[index] } }

  private func read(_ stream: StreamSource, into buffer: ChunkBuffer) throws(CorpusError) -> Bool {
    var isFinished = true
    defer { schedule.withLock { $0.release(stream, isFinished: isFinished) } }
    let isRead = inputs[stream.index].isRead(piece: 0, of: 1)
    if !isRead || finished.containsAll(ofInput: stream.index) { return false }
    let hasChunk = try stream.read(into: buffer)
    if let pipeFile = stream.pipeFile { pipeFiles.withLock { $0[stream.index] = pipeFile } }
    isFinished = !hasChunk || buffer.isLast
    guard hasChunk, finished.contains(input: stream.index, number: buffer.index) else {
      return hasChunk
    }
    guard buffer.isLast else { return false }
    // The content of this chunk is known, but an input that ends here with an error may have had
    // more.
    let failure =
      buffer.problems.last { $0.endsInput }?.error
      ?? .changed(stream.input.path, "its data ends early")
    return report(failure, ofInput: stream.index, after: buffer.index, into: buffer)
  }

  /// Makes a chunk that contains only an error, in place of the first missing chunk after `number`.
  ///
  /// Returns false if no chunk is missing.
  private func report(
    _ failure: CorpusError, ofInput index: Int, after number: Int, into buffer: ChunkBuffer
  ) -> Bool {
    guard let missing = finished.firstMissing(ofInput: index, after: number) else { return false }
    buffer.begin(
      inputs: index..<index + 1, index: missing, isLast: true,
      keeping: 4 * options.chunkByteCount)
    // Only an input without any known chunk counts as a document that could not be read.
    let isKnown = finished.containsAny(ofInput: index)
    buffer.beginSlice(
      input: index, offset: isKnown ? Int(inputs[index].byteCount) : 0, endsInput: true)
    buffer.report(failure, endsInput: true)
    return true
  }
}
