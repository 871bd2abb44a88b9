/// Decides what a thread reads next: the first input in corpus order that can be read without
/// waiting.
struct ReadingSchedule {
  /// A unit of work for one thread.
  enum Work {
    /// Whole files: small ones, or one that is a single record.
    case files(Range<Int>)
    /// One range of a large plain file.
    case range(PlainSource, chunk: Int)
    /// One range of the rows of a Parquet file.
    case rows(ParquetSource, chunk: Int)
    /// The next records of a stream.
    case stream(StreamSource)
    /// An input that could not be opened, so that it is unknown how to read it.
    case lost(Int, CorpusError)
  }

  private let inputs: [InputFile]
  private let options: ReadingOptions
  private let decoded: DecodedCache
  private var nextInput = 0
  private var plain: (input: PlainSource, nextChunk: Int)?
  private var parquet: (input: ParquetSource, nextChunk: Int)?
  private var streams: [(stream: StreamSource, threadCount: Int)] = []

  init(inputs: [InputFile], options: ReadingOptions, decoded: DecodedCache) {
    self.decoded = decoded
    self.inputs = inputs
    self.options = options
  }

  mutating func next() -> Work? {
    let idle = streams.firstIndex { $0.threadCount == 0 }
    let current = plain?.input.index ?? parquet?.input.index
    if let idle, current.map({ streams[idle].stream.index < $0 }) ?? true {
      return take(idle)
    }
    if let work = nextRange() ?? nextRows() { return work }
    if let work = nextFile() { return work }
    // Everything left is being decoded, so the thread waits where the fewest threads wait.
    let least = streams.indices.min { streams[$0].threadCount < streams[$1].threadCount }
    return least.map { take($0) }
  }

  /// Records that a thread has left a stream.
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
    guard let (input, chunk) = plain else { return nil }
    let isLast = chunk + 1 == input.chunkCount(options.chunkByteCount)
    plain = isLast ? nil : (input, chunk + 1)
    return .range(input, chunk: chunk)
  }

  private mutating func nextRows() -> Work? {
    guard let (input, chunk) = parquet else { return nil }
    parquet = chunk + 1 == input.chunkCount ? nil : (input, chunk + 1)
    return .rows(input, chunk: chunk)
  }

  private mutating func nextFile() -> Work? {
    guard nextInput < inputs.count else { return nil }
    if isReadWhole(inputs[nextInput]) { return .files(nextFiles()) }
    let input = inputs[nextInput]
    nextInput += 1
    if input.isPipe || input.compression != .none { return begin(input) }
    do throws(CorpusError) {
      return try beginLarge(input)
    } catch {
      return .lost(nextInput - 1, error)
    }
  }

  /// Begins to read a file that is larger than a chunk as its content demands.
  private mutating func beginLarge(_ input: InputFile) throws(CorpusError) -> Work? {
    let file = try SharedFile(input)
    let head = try InputHead(file, of: input, options)
    let format: RecordFormat
    do throws(CorpusError) {
      format = try head.format()
    } catch {
      // It is read once more for its checksum.
      guard error.reason == .otherFormat else { throw error }
      return .files(nextInput - 1..<nextInput)
    }
    let layout: RecordLayout
    switch format {
    case .parquet:
      let source = ParquetSource(
        index: nextInput - 1, input: input, file: file, options: options)
      parquet = (source, 0)
      return nextRows()
    case .jsonArray, .csv, .tsv:
      // An array and a table are read in order, as a converted file is.
      return begin(input, isInPlace: !head.isConverted)
    case .text:
      guard options.articleRule != nil else { return .files(nextInput - 1..<nextInput) }
      layout = .text
    case .jsonLines: layout = .jsonLines
    }
    if head.isConverted { return begin(input) }
    plain = (PlainSource(index: nextInput - 1, input: input, layout: layout, file: file), 0)
    return nextRange()
  }

  private mutating func begin(_ input: InputFile, isInPlace: Bool = false) -> Work {
    let stream = StreamSource(
      index: nextInput - 1, input: input, isInPlace: isInPlace, options: options,
      decoded: decoded)
    streams.append((stream, 1))
    return .stream(stream)
  }

  /// Returns as many files as fit in one chunk.
  private mutating func nextFiles() -> Range<Int> {
    let start = nextInput
    var byteCount = 0
    repeat {
      byteCount += Int(inputs[nextInput].byteCount)
      nextInput += 1
    } while nextInput < inputs.count && nextInput - start < SmallFiles.countLimit
      && isReadWhole(inputs[nextInput])
      && byteCount + Int(inputs[nextInput].byteCount) <= options.chunkByteCount
    return start..<nextInput
  }

  private func isReadWhole(_ input: InputFile) -> Bool {
    if input.isPipe || input.compression != .none || input.format == .parquet { return false }
    return input.byteCount <= UInt64(options.chunkByteCount)
  }
}
