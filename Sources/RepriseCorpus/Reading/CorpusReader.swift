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
  private let fingerprints: Mutex<SourceFingerprints>
  private let spools = Mutex<[Int: SpoolFile]>([:])
  private let encodings = Mutex<[Int: TextEncoding]>([:])
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
    fingerprints = Mutex(SourceFingerprints(count: sources.count))
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
      }
      record(buffer.parts)
      return true
    }
    return false
  }

  /// The fingerprint of a source, once all of its chunks were handed out; nil if it could not be
  /// read to its end, and of a pipe.
  public func fingerprint(ofSource index: Int) -> Fingerprint? {
    fingerprints.withLock { $0.finished[index] }
  }

  /// The encoding that a source is written in, once some of it was read.
  public func encoding(ofSource index: Int) -> TextEncoding {
    encodings.withLock { $0[index] } ?? .utf8
  }

  /// Whether a source is a file that does not hold the bytes that its records consist of.
  func isDecoded(source index: Int) -> Bool {
    !sources[index].isPipe
      && (sources[index].compression != .none || encoding(ofSource: index) != .utf8)
  }

  /// Whether records of a source can be read again only by decoding it from its start.
  public func isSequential(source index: Int) -> Bool {
    isDecoded(source: index) && !decoded.contains(source: index)
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
    return hasChunk && !finished.contains(source: stream.index, number: buffer.index)
  }

  /// Takes note of the fingerprints and encodings of parts, handed out now or finished before.
  public func record(_ parts: [ChunkPart]) {
    for part in parts {
      if let encoding = part.encoding { encodings.withLock { $0[part.source] = encoding } }
    }
    fingerprints.withLock { fingerprints in
      for part in parts {
        fingerprints.add(part, byteCount: sources[part.source].byteCount)
      }
    }
  }
}

/// The fingerprints of all sources, as their parts come in.
struct SourceFingerprints {
  private(set) var finished: [Fingerprint?]
  private var unfinished: [Int: BlockHashes] = [:]

  init(count: Int) { finished = Array(repeating: nil, count: count) }

  mutating func add(_ part: ChunkPart, byteCount: UInt64) {
    if let fingerprint = part.fingerprint {
      finished[part.source] = fingerprint
      return
    }
    if part.blockHashes.isEmpty { return }
    var blocks = unfinished[part.source] ?? BlockHashes(byteCount: byteCount)
    for (place, hash) in part.blockHashes.enumerated() {
      blocks.record(block: part.firstBlock + place, hash: hash)
    }
    finished[part.source] = blocks.fingerprint
    unfinished[part.source] = finished[part.source] == nil ? blocks : nil
  }
}
