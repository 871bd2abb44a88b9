/// Cuts a range of a file into records at line feeds.
struct LineSplitter {
  private var window: Window
  private let limit: Int
  private var lineFeedCount = 0
  private var records: [Record] = []

  /// Adds the records that start in a window's range to the buffer's current part.
  ///
  /// - Throws: A failure to read on; the records before it are kept.
  static func split(_ window: Window, limit: Int) throws(CorpusError) {
    var splitter = LineSplitter(window, limit: limit)
    let buffer = window.buffer
    // Taken out of the buffer: appending to a property of a class costs many times as much.
    swap(&splitter.records, &buffer.records)
    defer {
      swap(&splitter.records, &buffer.records)
      buffer.closePart(lineFeedCount: splitter.lineFeedCount)
    }
    try splitter.run()
  }

  private init(_ window: Window, limit: Int) {
    self.window = window
    self.limit = limit
  }

  private mutating func run() throws(CorpusError) {
    let end = window.owned.upperBound
    var start = firstStart()
    while start < end {
      switch try window.lineEnd(from: start) {
      case .lineFeed(let place):
        add(start..<place, terminatorByteCount: 1)
        if place < end { lineFeedCount += 1 }
        start = place + 1
      case .file:
        add(start..<window.end, terminatorByteCount: 0)
        return
      case .tooLong:
        reportLength(start..<(try window.distantLineEnd()))
        return
      }
    }
  }

  /// Where the first line begins that begins in the range.
  private mutating func firstStart() -> Int {
    let owned = window.owned
    if window.startsAtRecord { return owned.lowerBound }
    guard let place = window.lineFeed(in: owned.lowerBound - 1..<owned.upperBound) else {
      return owned.upperBound
    }
    if place >= owned.lowerBound { lineFeedCount = 1 }
    return place + 1
  }

  private mutating func add(_ range: Range<Int>, terminatorByteCount: UInt8) {
    if range.count > limit { return reportLength(range) }
    records.append(
      Record(
        position: window.position(range.lowerBound), byteCount: range.count,
        offset: range.lowerBound, line: lineFeedCount, part: window.buffer.parts.count - 1,
        terminatorByteCount: terminatorByteCount,
        startsWithByteOrderMark: window.startsWithByteOrderMark(range)))
  }

  private func reportLength(_ range: Range<Int>) {
    window.buffer.report(
      .recordTooLong(limit: limit, path: window.path, offset: range.lowerBound),
      line: lineFeedCount, endsSource: false, lostRecord: .bytes(range.count))
  }
}

extension Window {
  /// Whether a loaded range begins with the byte order mark of its file.
  func startsWithByteOrderMark(_ range: Range<Int>) -> Bool {
    guard range.lowerBound == 0 else { return false }
    return unsafe ByteOrderMark.isPresent(bytes(range))
  }
}

extension ChunkBuffer {
  /// Gives the current part the records added since it began.
  func closePart(lineFeedCount: Int) {
    let part = parts.count - 1
    parts[part].records = parts[part].records.lowerBound..<records.count
    parts[part].lineFeedCount += lineFeedCount
  }
}

extension CorpusError {
  static func recordTooLong(limit: Int, path: FilePath, offset: Int) -> CorpusError {
    CorpusError(
      .recordTooLong, "this document is larger than the limit of \(limit) bytes and was skipped",
      path: path,
      byte: UInt64(offset))
  }
}
