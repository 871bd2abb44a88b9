import RepriseSystem

/// Finds the end of a record in the bytes of a stream decoded so far, examining each byte once.
///
/// Not thread-safe.
///
/// The bytes begin at the start of a record. The first `searched` of them are whole lines that are
/// known not to contain an end, so `0 <= searched <= bytes.count` and all ranges are in bounds.
struct BoundaryFinder {
  private let layout: RecordLayout
  private let cut: ArticleRule.Cut?
  private let matcher: LineMatcher?
  private let limit: Int
  private var searched = 0
  /// True if the bytes begin inside a line that is too long to be searched.
  private var isInsideLine = false
  /// The elements of a JSON array.
  private var array = ArrayScanner(isOpened: false)
  /// The rows of a table.
  private var rows: RowScanner?

  init(_ layout: RecordLayout, options: ReadingOptions) {
    self.layout = layout
    if case .table(let header) = layout { rows = RowScanner(delimiter: header.delimiter) }
    let rule = layout == .text ? options.articleRule : nil
    cut = rule?.cut
    matcher = rule.map { LineMatcher($0.pattern) }
    limit = options.maximumRecordByteCount
  }

  /// True if the last byte is in a quoted field of a table.
  var isQuoted: Bool { rows?.isQuoted ?? false }

  /// True if the whole file is one record.
  var isWhole: Bool { layout == .text && matcher == nil }

  /// Returns the end of the last record that ends in the bytes.
  ///
  /// The bytes after it are those of the next call.
  mutating func lastBoundary(in bytes: UnsafeMutableRawBufferPointer, offset: Int) -> Int? {
    let bytes = UnsafeRawBufferPointer(bytes)
    if isWhole { return nil }
    if layout == .jsonArray { return unsafe lastElementEnd(in: bytes, offset: offset) }
    if rows != nil { return unsafe lastRowEnd(in: bytes, offset: offset) }
    guard let last = unsafe Self.lastLineFeed(in: bytes, from: searched) else {
      if layout == .jsonLines { searched = bytes.count }
      return nil
    }
    if layout == .jsonLines {
      searched = bytes.count - (last + 1)
      return last + 1
    }
    var end = last
    while end >= searched {
      let previous = unsafe Self.lastLineFeed(
        in: UnsafeRawBufferPointer(rebasing: bytes[..<end]), from: searched)
      let start = previous.map { $0 + 1 } ?? searched
      let place = cut == .before ? start : end + 1
      if place > 0, unsafe matches(bytes, start..<end, offset: offset) {
        searched = last + 1 - place
        return place
      }
      end = start - 1
    }
    searched = last + 1
    return nil
  }

  private mutating func lastElementEnd(in bytes: UnsafeRawBufferPointer, offset: Int) -> Int? {
    var last: Int?
    unsafe skipMark(bytes, offset: offset)
    while let end = unsafe array.nextEnd(in: bytes, from: searched) {
      (last, searched) = (end, end)
    }
    searched = bytes.count - (last ?? 0)
    return last
  }

  private mutating func lastRowEnd(in bytes: UnsafeRawBufferPointer, offset: Int) -> Int? {
    unsafe skipMark(bytes, offset: offset)
    let last = unsafe rows?.lastRowEnd(in: bytes, from: searched)
    searched = bytes.count - (last ?? 0)
    return last
  }

  private mutating func skipMark(_ bytes: UnsafeRawBufferPointer, offset: Int) {
    if offset == 0, searched == 0, unsafe ByteOrderMark.isPresent(bytes) {
      searched = ByteOrderMark.byteCount
    }
  }

  /// Adapts to the removal of bytes from the start, which were searched.
  mutating func removeFirst(_ count: Int) { searched -= count }

  /// Returns whether the record at the start of the bytes is too long, given that its end was not
  /// found.
  func isOverlong(byteCount: Int) -> Bool {
    // The last line may begin a new article, as long as it can be searched.
    if cut == .before { return searched > limit || byteCount - searched > limit }
    return byteCount > limit
  }

  private func matches(_ bytes: UnsafeRawBufferPointer, _ line: Range<Int>, offset: Int) -> Bool {
    guard let matcher, line.count <= limit else { return false }
    var text = unsafe UnsafeRawBufferPointer(rebasing: bytes[line])
    if line.lowerBound + offset == 0, unsafe ByteOrderMark.isPresent(text) {
      unsafe text = UnsafeRawBufferPointer(rebasing: text[ByteOrderMark.byteCount...])
    }
    return unsafe matcher.search(text) == .found
  }

  private static func lastLineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    var index = bytes.count
    while index > start {
      index -= 1
      if unsafe bytes[index] == 0x0A { return index }
    }
    return nil
  }

  static func lineFeedCount(_ bytes: UnsafeRawBufferPointer) -> Int {
    guard var rest = bytes.baseAddress else { return 0 }
    let end = unsafe rest + bytes.count
    var count = 0
    // The search never goes beyond `end`, and each step leaves `rest` at most there.
    while let found = unsafe memchr(rest, 0x0A, end - rest) {
      count += 1
      unsafe rest = UnsafeRawPointer(found) + 1
    }
    return count
  }
}

/// The search for the end of a record that is skipped.
extension BoundaryFinder {
  /// Prepares to search the first line that may end the record.
  ///
  /// All bytes before it may be dropped.
  mutating func restart() { isInsideLine = false }

  /// Returns the first end of a record in the bytes.
  ///
  /// The bytes after it are those of the next call.
  mutating func firstBoundary(in bytes: UnsafeMutableRawBufferPointer, offset: Int) -> Int? {
    let bytes = UnsafeRawBufferPointer(bytes)
    if layout == .jsonArray || rows != nil {
      var quote = -1
      let end =
        unsafe rows == nil
        ? array.nextEnd(in: bytes, from: searched)
        : rows?.nextRowEnd(in: bytes, from: searched, quote: &quote)
      searched = end == nil ? bytes.count : 0
      return end
    }
    while let end = unsafe Self.firstLineFeed(in: bytes, from: searched) {
      let line = searched..<end
      let place = cut == .before ? line.lowerBound : end + 1
      searched = end + 1
      let isCut =
        layout == .jsonLines || (unsafe !isInsideLine && matches(bytes, line, offset: offset))
      isInsideLine = false
      if isCut {
        searched -= place
        return place
      }
    }
    return nil
  }

  /// Returns the number of bytes that are no longer needed, after no end was found in them.
  mutating func passableByteCount(of byteCount: Int) -> Int {
    let isLong = byteCount - searched > limit
    if layout == .jsonArray || rows != nil {
      searched = 0
      return byteCount
    }
    if isLong || isInsideLine || layout == .jsonLines {
      isInsideLine = true
      searched = 0
      return byteCount
    }
    defer { searched = 0 }
    return searched
  }

  private static func firstLineFeed(in bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[start...])
    guard let base = rest.baseAddress, rest.count > 0 else { return nil }
    guard let found = unsafe memchr(base, 0x0A, rest.count) else { return nil }
    return unsafe start + (UnsafeRawPointer(found) - base)
  }
}
