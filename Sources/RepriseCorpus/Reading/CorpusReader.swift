import Synchronization

/// Hands out the records of a list of files, chunk by chunk, to any number of threads.
///
/// Large plain files are read in ranges by several threads at once, small ones several in a chunk;
/// compressed files and pipes are decoded in order, each by one thread at a time. Memory is what
/// the threads' buffers take, plus what is carried from chunk to chunk of the files being decoded.
public final class CorpusReader: Sendable {
  /// The files, in corpus order.
  public let inputs: [InputFile]
  /// How the files are read.
  public let options: ReadingOptions
  private let schedule: Mutex<ReadingSchedule>
  private let pipeFiles = Mutex<[Int: TemporaryFile]>([:])
  private let finished: FinishedChunks
  /// Packed and converted inputs that need not be decoded again.
  let decoded: DecodedCache

  /// Prepares to read files; nothing is opened yet.
  ///
  /// - Parameters:
  ///   - inputs: the files, in corpus order.
  ///   - options: how they are read.
  ///   - finished: chunks that are not handed out, of the same files and options.
  public init(
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

  /// Fills a thread's buffer with the next chunk, not in corpus order; false if there is none.
  ///
  /// What cannot be read of an input is among the chunk's problems, and the other inputs go on.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite` if the temporary file for a pipe fails; the run cannot
  ///   go on then.
  public func next(into buffer: ChunkBuffer) throws(CorpusError) -> Bool {
    while let work = schedule.withLock({ $0.next() }) {
      switch work {
      case .files(let range):
        if finished.contains(input: range.lowerBound, number: 0) { continue }
        SmallFiles.read(range, of: inputs, into: buffer, options: options)
      case .range(let plain, let chunk):
        if finished.contains(input: plain.index, number: chunk) { continue }
        plain.read(chunk: chunk, into: buffer, options: options)
      case .stream(let stream):
        guard try read(stream, into: buffer) else { continue }
      case .lost(let index, let failure):
        guard report(failure, ofInput: index, after: -1, into: buffer) else { continue }
      }
      return true
    }
    return false
  }

  /// What a pipe delivered, once it was read.
  func pipeFile(ofInput index: Int) -> TemporaryFile? { pipeFiles.withLock { $0[index] } }

  private func read(_ stream: StreamSource, into buffer: ChunkBuffer) throws(CorpusError) -> Bool {
    var isFinished = true
    defer { schedule.withLock { $0.release(stream, isFinished: isFinished) } }
    if finished.containsAll(ofInput: stream.index) { return false }
    let hasChunk = try stream.read(into: buffer)
    if let pipeFile = stream.pipeFile { pipeFiles.withLock { $0[stream.index] = pipeFile } }
    isFinished = !hasChunk || buffer.isLast
    guard hasChunk, finished.contains(input: stream.index, number: buffer.index) else {
      return hasChunk
    }
    guard buffer.isLast else { return false }
    // What this chunk held is known, but an input that ends here for a failure may have had more.
    let failure =
      buffer.problems.last { $0.endsInput }?.error
      ?? .changed(stream.input.path, "its data ends early")
    return report(failure, ofInput: stream.index, after: buffer.index, into: buffer)
  }

  /// Makes a chunk of nothing but a failure, in the place of the first that is missing after a
  /// number; false if none is.
  private func report(
    _ failure: CorpusError, ofInput index: Int, after number: Int, into buffer: ChunkBuffer
  ) -> Bool {
    guard let missing = finished.firstMissing(ofInput: index, after: number) else { return false }
    buffer.begin(
      inputs: index..<index + 1, index: missing, isLast: true,
      keeping: 4 * options.chunkByteCount)
    // Only an input of which nothing is known is a document that could not be read.
    let isKnown = finished.containsAny(ofInput: index)
    buffer.beginSlice(
      input: index, offset: isKnown ? Int(inputs[index].byteCount) : 0, endsInput: true)
    buffer.report(failure, endsInput: true)
    return true
  }
}
