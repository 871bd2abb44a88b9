/// Bytes of a decoded file that are left out.
struct CutRange: Equatable, Sendable {
  /// The first byte to leave out.
  var start: Int
  /// The byte after the last to leave out.
  var end: Int
  /// Whether the bytes after the range up to and including the next LF go with it.
  var takesLineEnd: Bool
}

/// Gives the ranges of one file in the order of their bytes.
protocol CutRangeSource {
  /// The next range, or `nil` after the last.
  mutating func next() throws(CorpusError) -> CutRange?
}

/// Takes what bytes are kept.
protocol ByteSink {
  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(CorpusError)
}

extension EncodedStream: ByteSink {}

/// Copies a stream of bytes without the ranges of a source, in pieces of any size.
struct RangeCutter<Source: CutRangeSource> {
  private var source: Source
  private var range: CutRange?
  private var isInLineEnd = false
  private var hasStarted = false
  /// The number of bytes seen so far.
  private(set) var position = 0
  /// The number of bytes left out so far.
  private(set) var cutByteCount = 0

  private let path: BytePath

  /// Takes the ranges to leave out, in order; messages call the stream `path`.
  init(_ source: Source, path: BytePath) {
    self.source = source
    self.path = path
  }

  /// Copies the next piece of the stream.
  ///
  /// - Throws: What the source and the sink throw; `invalidResults` if a range overlaps the one
  ///   before it.
  mutating func feed(
    _ bytes: UnsafeRawBufferPointer, to sink: some ByteSink
  ) throws(CorpusError) {
    if !hasStarted { try advance() }
    var rest = unsafe bytes
    while rest.count > 0 {
      let (count, isKept) = try unsafe step(rest)
      if isKept { try unsafe sink.write(UnsafeRawBufferPointer(rebasing: rest[..<count])) }
      if !isKept { cutByteCount += count }
      position += count
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// How many of the next bytes share one fate, however long the stream goes on; nil while the end
  /// of a line is looked for.
  ///
  /// - Throws: What the source throws.
  mutating func byteCountOfOneFate() throws(CorpusError) -> Int? {
    if !hasStarted { try advance() }
    while !isInLineEnd, let range, position >= range.end {
      isInLineEnd = range.takesLineEnd
      try advance()
    }
    if isInLineEnd { return nil }
    guard let range else { return .max }
    return (position < range.start ? range.start : range.end) - position
  }

  /// Whether every range lay within the stream, once all of it was fed.
  ///
  /// - Throws: What the source throws.
  mutating func finish() throws(CorpusError) -> Bool {
    if !hasStarted { try advance() }
    while let range {
      if range.end > position { return false }
      try advance()
    }
    return true
  }

  /// How many of the next bytes share one fate, and which.
  private mutating func step(
    _ bytes: UnsafeRawBufferPointer
  ) throws(CorpusError) -> (count: Int, isKept: Bool) {
    if isInLineEnd {
      guard let end = unsafe bytes.firstIndex(of: 0x0A) else { return (bytes.count, false) }
      isInLineEnd = false
      return (end + 1, false)
    }
    guard let range else { return (bytes.count, true) }
    if position < range.start { return (min(bytes.count, range.start - position), true) }
    if position < range.end { return (min(bytes.count, range.end - position), false) }
    isInLineEnd = range.takesLineEnd
    try advance()
    return (0, false)
  }

  private mutating func advance() throws(CorpusError) {
    hasStarted = true
    let end = range?.end ?? 0
    range = try source.next()
    if let range, range.start < end || range.end < range.start {
      throw CorpusError(
        .invalidResults, "the manifest removes overlapping ranges of the file", path: path,
        byte: UInt64(range.start))
    }
  }
}
