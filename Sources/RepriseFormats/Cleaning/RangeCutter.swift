/// A range of a decoded file to remove.
struct CutRange: Equatable, Sendable {
  /// The offset of the first byte to remove.
  var start: Int
  /// The end of the range (exclusive).
  var end: Int
  /// True to also remove the bytes after the range, up to and including the next LF.
  var takesLineEnd: Bool
}

/// Provides the ranges of one file in ascending order.
protocol CutRangeSource {
  /// Returns the next range, or `nil` after the last one.
  mutating func next() throws(CorpusError) -> CutRange?
}

/// Receives the bytes that are kept.
protocol ByteSink {
  /// Appends bytes.
  func write(_ bytes: UnsafeRawBufferPointer) throws(CorpusError)
}

extension EncodedStream: ByteSink {}

/// Copies a stream of bytes without the ranges of a source, in pieces of any size.
///
/// The ranges must not overlap.
struct RangeCutter<Source: CutRangeSource> {
  private var source: Source
  private var range: CutRange?
  private var isInLineEnd = false
  private var hasStarted = false
  /// The number of bytes seen so far.
  private(set) var position = 0
  /// The number of bytes removed so far.
  private(set) var cutByteCount = 0

  private let path: BytePath

  /// Creates a cutter for a stream, which messages call `path`.
  init(_ source: Source, path: BytePath) {
    self.source = source
    self.path = path
  }

  /// Copies the next piece of the stream.
  ///
  /// - Throws: errors of the source and the sink; `invalidResults` if a range overlaps the previous
  ///   one.
  mutating func feed(
    _ bytes: UnsafeRawBufferPointer, to sink: some ByteSink
  ) throws(CorpusError) {
    if !hasStarted { try advance() }
    var rest = unsafe bytes
    while rest.count > 0 {
      // In bounds: a step is never longer than the bytes that it gets.
      let (count, isKept) = try unsafe step(rest)
      if isKept { try unsafe sink.write(UnsafeRawBufferPointer(rebasing: rest[..<count])) }
      if !isKept { cutByteCount += count }
      position += count
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Returns the number of upcoming bytes that are either all copied or all removed, even if the
  /// stream ends sooner: `.max` after the last range.
  ///
  /// Nil while the rest of a line is being removed.
  ///
  /// - Throws: errors of the source.
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

  /// Returns whether the next byte is removed.
  ///
  /// - Throws: errors of the source.
  mutating func isRemoving() throws(CorpusError) -> Bool {
    guard try byteCountOfOneFate() != nil else { return true }
    return range.map { position >= $0.start } ?? false
  }

  /// Returns whether every range was inside the stream, after all of it was fed.
  ///
  /// - Throws: errors of the source.
  mutating func finish() throws(CorpusError) -> Bool {
    if !hasStarted { try advance() }
    while let range {
      if range.end > position { return false }
      try advance()
    }
    return true
  }

  /// Returns the number of the next bytes that are either all copied or all removed, and which.
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
