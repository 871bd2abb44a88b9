import Synchronization

/// Hands out the records of a list of files, chunk by chunk, to any number of threads.
///
/// Large plain files are read in ranges by several threads at once, small ones several in a chunk;
/// compressed files and pipes are decoded in order, each by one thread at a time. Memory is what the
/// threads' buffers take, plus what is carried from chunk to chunk of the files being decoded.
public final class CorpusReader: Sendable {
  /// The files, in corpus order.
  public let sources: [SourceFile]
  /// How the files are read.
  public let options: ReadingOptions
  private let schedule: Mutex<ReadingSchedule>
  private let spools = Mutex<[Int: SpoolFile]>([:])
  private let finished: FinishedChunks
  /// Packed and converted sources that need not be decoded again.
  let decoded: DecodedSpool

  /// Prepares to read files; nothing is opened yet.
  ///
  /// - Parameters:
  ///   - sources: the files, in corpus order.
  ///   - options: how they are read.
  ///   - finished: chunks that are not handed out, of the same files and options.
  public init(
    sources: [SourceFile], options: ReadingOptions = ReadingOptions(),
    finished: FinishedChunks = FinishedChunks()
  ) {
    precondition(options.chunkByteCount > 0 && options.maximumRecordByteCount >= 0)
    self.sources = sources
    self.options = options
    self.finished = finished
    decoded = DecodedSpool(in: options.temporaryFolder, byteCount: options.keptByteCount)
    schedule = Mutex(ReadingSchedule(sources: sources, options: options, decoded: decoded))
  }

  /// Fills a thread's buffer with the next chunk, not in corpus order; false if there is none.
  ///
  /// What cannot be read of a source is among the chunk's problems, and the other sources go on.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite` if the temporary file for a pipe fails; the run cannot
  ///   go on then.
  public func next(into buffer: ChunkBuffer) throws(CorpusError) -> Bool {
    while let work = schedule.withLock({ $0.next() }) {
      switch work {
      case .files(let range):
        if finished.contains(source: range.lowerBound, number: 0) { continue }
        SmallFiles.read(range, of: sources, into: buffer, options: options)
      case .range(let plain, let chunk):
        if finished.contains(source: plain.index, number: chunk) { continue }
        plain.read(chunk: chunk, into: buffer, options: options)
      case .stream(let stream):
        guard try read(stream, into: buffer) else { continue }
      case .lost(let index, let failure):
        guard report(failure, ofSource: index, after: -1, into: buffer) else { continue }
      }
      return true
    }
    return false
  }

  /// What a pipe delivered, once it was read.
  func spool(ofSource index: Int) -> SpoolFile? { spools.withLock { $0[index] } }

  private func read(_ stream: StreamSource, into buffer: ChunkBuffer) throws(CorpusError) -> Bool {
    var isFinished = true
    defer { schedule.withLock { $0.release(stream, isFinished: isFinished) } }
    if finished.containsAll(ofSource: stream.index) { return false }
    let hasChunk = try stream.read(into: buffer)
    if let spool = stream.spool { spools.withLock { $0[stream.index] = spool } }
    isFinished = !hasChunk || buffer.isLast
    guard hasChunk, finished.contains(source: stream.index, number: buffer.index) else {
      return hasChunk
    }
    guard buffer.isLast else { return false }
    // What this chunk held is known, but a source that ends here for a failure may have had more.
    let failure =
      buffer.problems.last { $0.endsSource }?.error
      ?? .changed(stream.source.path, "its data ends early")
    return report(failure, ofSource: stream.index, after: buffer.index, into: buffer)
  }

  /// Makes a chunk of nothing but a failure, in the place of the first that is missing after a number;
  /// false if none is.
  private func report(
    _ failure: CorpusError, ofSource index: Int, after number: Int, into buffer: ChunkBuffer
  ) -> Bool {
    guard let missing = finished.firstMissing(ofSource: index, after: number) else { return false }
    buffer.begin(
      sources: index..<index + 1, index: missing, isLast: true,
      keeping: 4 * options.chunkByteCount)
    // Only a source of which nothing is known is a document that could not be read.
    let isKnown = finished.containsAny(ofSource: index)
    buffer.beginPart(
      source: index, offset: isKnown ? Int(sources[index].byteCount) : 0, endsSource: true)
    buffer.report(failure, endsSource: true)
    return true
  }
}
