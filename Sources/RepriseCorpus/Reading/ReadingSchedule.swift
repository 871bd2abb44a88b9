/// Decides what a thread reads next: what stands first in corpus order and can go on without
/// waiting.
struct ReadingSchedule {
  /// A piece of work for one thread.
  enum Work {
    /// Small files, or one that is a single record, whole.
    case files(Range<Int>)
    /// One range of a large plain file.
    case range(PlainSource, chunk: Int)
    /// The next records of a stream.
    case stream(StreamSource)
    /// A source that could not be looked at, so that its kind is not known.
    case lost(Int, CorpusError)
  }

  private let sources: [SourceFile]
  private let options: ReadingOptions
  private let decoded: DecodedSpool
  private var nextSource = 0
  private var plain: (source: PlainSource, nextChunk: Int)?
  private var streams: [(stream: StreamSource, threadCount: Int)] = []

  init(sources: [SourceFile], options: ReadingOptions, decoded: DecodedSpool) {
    self.decoded = decoded
    self.sources = sources
    self.options = options
  }

  mutating func next() -> Work? {
    let idle = streams.firstIndex { $0.threadCount == 0 }
    if let idle, plain.map({ streams[idle].stream.index < $0.source.index }) ?? true {
      return take(idle)
    }
    if let work = nextRange() { return work }
    if let work = nextFile() { return work }
    // All that is left is being decoded: wait where the fewest wait.
    let least = streams.indices.min { streams[$0].threadCount < streams[$1].threadCount }
    return least.map { take($0) }
  }

  /// Takes note that a thread has left a stream.
  mutating func release(_ stream: StreamSource, isFinished: Bool) {
    guard let place = streams.firstIndex(where: { $0.stream === stream }) else { return }
    streams[place].threadCount -= 1
    if isFinished { streams.remove(at: place) }
  }

  private mutating func take(_ place: Int) -> Work {
    streams[place].threadCount += 1
    return .stream(streams[place].stream)
  }

  private mutating func nextRange() -> Work? {
    guard let (source, chunk) = plain else { return nil }
    let isLast = chunk + 1 == source.chunkCount(options.chunkByteCount)
    plain = isLast ? nil : (source, chunk + 1)
    return .range(source, chunk: chunk)
  }

  private mutating func nextFile() -> Work? {
    guard nextSource < sources.count else { return nil }
    if isReadWhole(sources[nextSource]) { return .files(nextFiles()) }
    let source = sources[nextSource]
    nextSource += 1
    if source.isPipe || source.compression != .none { return begin(source) }
    do throws(CorpusError) {
      let file = try SharedFile(source)
      // A converted file is read in order.
      if try isConverted(source, file) { return begin(source) }
      plain = (PlainSource(index: nextSource - 1, source: source, file: file), 0)
    } catch {
      return .lost(nextSource - 1, error)
    }
    return nextRange()
  }

  private mutating func begin(_ source: SourceFile) -> Work {
    let stream = StreamSource(
      index: nextSource - 1, source: source, options: options, decoded: decoded)
    streams.append((stream, 1))
    return .stream(stream)
  }

  /// Whether a large plain file must be converted.
  private func isConverted(
    _ source: SourceFile, _ file: SharedFile
  ) throws(CorpusError) -> Bool {
    var bytes = PaddedBytes()
    let free = unsafe bytes.reserve(ByteOrderMark.searchedByteCount)
    let start = unsafe UnsafeMutableRawBufferPointer(
      rebasing: free[..<min(ByteOrderMark.searchedByteCount, Int(source.byteCount))])
    unsafe try file.fill(start, at: 0)
    return unsafe TextEncoding.other(of: UnsafeRawBufferPointer(start), options) != nil
  }

  /// As many files as make one chunk.
  private mutating func nextFiles() -> Range<Int> {
    let start = nextSource
    var byteCount = 0
    repeat {
      byteCount += Int(sources[nextSource].byteCount)
      nextSource += 1
    } while nextSource < sources.count && nextSource - start < SmallFiles.countLimit
      && isReadWhole(sources[nextSource])
      && byteCount + Int(sources[nextSource].byteCount) <= options.chunkByteCount
    return start..<nextSource
  }

  private func isReadWhole(_ source: SourceFile) -> Bool {
    if source.isPipe || source.compression != .none { return false }
    if source.format == .text, options.articleRule == nil { return true }
    return source.byteCount <= UInt64(options.chunkByteCount)
  }
}
