/// Splits a range of a file into records at line feeds.
struct LineSplitter {
  private var loaded: LoadedRange
  private let limit: Int
  private var lineFeedCount = 0
  private var records: [Record] = []

  /// Appends the records that start in a loaded range to the buffer's current slice.
  ///
  /// - Throws: an error of reading more of the file; the records before it are kept.
  static func split(_ loaded: LoadedRange, limit: Int) throws(CorpusError) {
    var splitter = LineSplitter(loaded, limit: limit)
    let buffer = loaded.buffer
    // The array is moved out of the buffer, because appending to a property of a class costs many
    // times as much.
    swap(&splitter.records, &buffer.records)
    defer {
      swap(&splitter.records, &buffer.records)
      buffer.closeSlice(lineFeedCount: splitter.lineFeedCount)
    }
    try splitter.run()
  }

  private init(_ loaded: LoadedRange, limit: Int) {
    self.loaded = loaded
    self.limit = limit
  }

  private mutating func run() throws(CorpusError) {
    let end = loaded.owned.upperBound
    var start = firstStart()
    while start < end {
      switch try loaded.lineEnd(from: start) {
      case .lineFeed(let place):
        add(start..<place, terminatorByteCount: 1)
        if place < end { lineFeedCount += 1 }
        start = place + 1
      case .file:
        add(start..<loaded.end, terminatorByteCount: 0)
        return
      case .tooLong:
        reportLength(start..<(try loaded.distantLineEnd()))
        return
      }
    }
  }

  /// Returns the start of the first line that begins in the range.
  private mutating func firstStart() -> Int {
    let owned = loaded.owned
    if loaded.startsAtRecord { return owned.lowerBound }
    guard let place = loaded.lineFeed(in: owned.lowerBound - 1..<owned.upperBound) else {
      return owned.upperBound
    }
    if place >= owned.lowerBound { lineFeedCount = 1 }
    return place + 1
  }

  private mutating func add(_ range: Range<Int>, terminatorByteCount: UInt8) {
    if range.count > limit { return reportLength(range) }
    records.append(
      Record(
        position: loaded.position(range.lowerBound), byteCount: range.count,
        offset: range.lowerBound, line: lineFeedCount, slice: loaded.buffer.slices.count - 1,
        terminatorByteCount: terminatorByteCount,
        startsWithByteOrderMark: loaded.startsWithByteOrderMark(range)))
  }

  private func reportLength(_ range: Range<Int>) {
    loaded.buffer.report(
      .recordTooLong(limit: limit, path: loaded.path, offset: range.lowerBound),
      line: lineFeedCount, endsInput: false, lostRecord: .bytes(range.count))
  }
}

extension LoadedRange {
  /// Returns whether a loaded range begins with the byte order mark of its file.
  func startsWithByteOrderMark(_ range: Range<Int>) -> Bool {
    guard range.lowerBound == 0 else { return false }
    return unsafe ByteOrderMark.isPresent(bytes(range))
  }
}

extension ChunkBuffer {
  /// Assigns the records added since the current slice began to it.
  func closeSlice(lineFeedCount: Int) {
    let slice = slices.count - 1
    slices[slice].records = slices[slice].records.lowerBound..<records.count
    slices[slice].lineFeedCount += lineFeedCount
  }
}

extension CorpusError {
  static func recordTooLong(limit: Int, path: BytePath, offset: Int) -> CorpusError {
    CorpusError(
      .recordTooLong, "this document is larger than the limit of \(limit) bytes and was skipped",
      path: path,
      byte: UInt64(offset))
  }
}
