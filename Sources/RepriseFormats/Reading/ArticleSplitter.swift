/// Splits a range of a text file into articles at the lines that match a rule.
///
/// A cut belongs to the range that contains its offset, even if the line is in another range. Every
/// range of a file can therefore be split without knowing the others.
struct ArticleSplitter {
  private var loaded: LoadedRange
  private let rule: ArticleRule
  private let matcher: LineMatcher
  private let limit: Int
  private var lineFeedCount = 0
  /// The start and line of the article that began in the range and has not ended.
  private var open: (start: Int, line: Int)?
  /// True if that article is too long to be a record.
  private var isLost = false

  /// The number of bytes before a range that are read with it, enough for most lines.
  static let lookback = 4 << 10

  /// Appends the articles that start in a loaded range to the buffer's current slice.
  ///
  /// - Throws: an error of reading more of the file; the articles before it are kept.
  static func split(_ loaded: LoadedRange, rule: ArticleRule, limit: Int) throws(CorpusError) {
    var splitter = ArticleSplitter(loaded, rule: rule, limit: limit)
    defer { loaded.buffer.closeSlice(lineFeedCount: splitter.lineFeedCount) }
    try splitter.run()
  }

  private init(_ loaded: LoadedRange, rule: ArticleRule, limit: Int) {
    self.loaded = loaded
    self.rule = rule
    self.limit = limit
    matcher = loaded.buffer.lineMatcher(rule.pattern)
  }

  private mutating func run() throws(CorpusError) {
    let owned = loaded.owned
    // An empty file is one empty document, but an empty remainder of a file is not a document.
    if loaded.startsAtRecord, !owned.isEmpty || owned.lowerBound == 0 {
      open = (owned.lowerBound, 0)
    }
    guard var lineStart = try firstLine() else { return }
    while lineStart < loaded.end, needsMore || lineStart < owned.upperBound {
      guard let next = try takeLine(at: lineStart) else { break }
      lineStart = next
    }
    if lineStart >= loaded.end {
      close(at: loaded.end)
    } else {
      reportLength(.upToNext)
    }
  }

  /// True if lines after the range are needed for the end of an article.
  ///
  /// For an article that is too long, they are only searched if they are already loaded.
  private var needsMore: Bool { open != nil && (!isLost || loaded.file == nil) }

  /// Processes one line and returns the start of the next one; nil if no more lines are needed.
  private mutating func takeLine(at start: Int) throws(CorpusError) -> Int? {
    let owned = loaded.owned
    if open == nil, rule.cut == .after,
      loaded.lineFeed(in: start..<owned.upperBound) == nil
    {
      return nil
    }
    let before = lineFeedCount
    var line = start..<loaded.end
    var next = loaded.end
    var isTooLong = false
    switch try loaded.lineEnd(from: start) {
    case .lineFeed(let place):
      line = start..<place
      next = place + 1
      if owned.contains(place) { lineFeedCount += 1 }
    case .file: break
    case .tooLong: isTooLong = true
    }
    isTooLong = isTooLong || line.count > limit
    let cut = rule.cut == .before ? start : next
    if isWanted(cut), matches(line, cut: cut, isTooLong: isTooLong) {
      if open != nil { close(at: cut) }
      if cut < owned.upperBound {
        open = (cut, rule.cut == .before ? before : lineFeedCount)
      }
    } else if let article = open, next - article.start > limit {
      isLost = true
    }
    if isTooLong, !loaded.isLoadedToEnd {
      isLost = true
      return nil
    }
    return next
  }

  /// Returns whether a cut at this offset would begin an article of this range or end its last one.
  private func isWanted(_ cut: Int) -> Bool {
    let owned = loaded.owned
    if cut < owned.lowerBound || cut >= loaded.end { return false }
    if loaded.startsAtRecord, cut == owned.lowerBound { return false }
    return open != nil || cut < owned.upperBound
  }

  private func matches(_ line: Range<Int>, cut: Int, isTooLong: Bool) -> Bool {
    let skipped = loaded.startsWithByteOrderMark(line) ? ByteOrderMark.byteCount : 0
    let searched = line.lowerBound + skipped..<line.upperBound
    switch unsafe isTooLong ? .gaveUp : matcher.search(loaded.bytes(searched)) {
    case .found: return true
    case .notFound: return false
    case .gaveUp:
      // The range that contains the cut reports it, so it is reported once.
      if loaded.owned.contains(cut) {
        loaded.buffer.report(
          .patternLimit(path: loaded.path, offset: line.lowerBound), endsInput: false)
      }
      return false
    }
  }

  private mutating func close(at end: Int) {
    guard let article = open else { return }
    if end - article.start > limit { return reportLength(.bytes(end - article.start)) }
    loaded.buffer.records.append(
      Record(
        position: loaded.position(article.start), byteCount: end - article.start,
        offset: article.start, line: article.line, slice: loaded.buffer.slices.count - 1,
        terminatorByteCount: 0,
        startsWithByteOrderMark: loaded.startsWithByteOrderMark(article.start..<end)))
    open = nil
  }

  private mutating func reportLength(_ length: LostRecord) {
    guard let article = open else { return }
    loaded.buffer.report(
      .recordTooLong(limit: limit, path: loaded.path, offset: article.start), line: article.line,
      endsInput: false, lostRecord: length)
    open = nil
    isLost = false
  }
}

extension ArticleSplitter {
  /// Returns the start of the first line whose cut may be in the range; nil if there is none.
  private mutating func firstLine() throws(CorpusError) -> Int? {
    let owned = loaded.owned
    if loaded.startsAtRecord { return owned.lowerBound }
    let last = owned.lowerBound - 1
    guard let place = loaded.lineFeed(in: last..<owned.upperBound) else { return nil }
    switch rule.cut {
    case .before:
      if place > last { lineFeedCount = 1 }
      return place + 1
    case .after:
      return try startOfLine(endingAt: place, before: last)
    }
  }

  /// Returns the start of the line that contains the last byte before the range.
  private mutating func startOfLine(endingAt end: Int, before last: Int) throws(CorpusError) -> Int
  {
    var searched = last
    var step = Self.lookback
    while true {
      var place = searched
      while place > loaded.loaded.lowerBound {
        if unsafe loaded.bytes(place - 1..<place)[0] == 0x0A { return place }
        place -= 1
      }
      if place == 0 || end - place > limit { return place }
      searched = place
      step *= 2
      try loaded.loadBack(step)
    }
  }
}

extension CorpusError {
  static func patternLimit(path: BytePath, offset: Int) -> CorpusError {
    CorpusError(
      .patternLimit,
      "matching the regular expression on this line took too many steps, so the text was not split here",
      path: path,
      byte: UInt64(offset))
  }
}
