/// Splits the bytes of a JSON array into its elements.
///
/// The bytes begin at the start of the file or after an element.
@safe
struct ArraySplitter {
  private let loaded: LoadedRange
  private let limit: Int
  // All places are in bounds: the scanner finds them in these bytes.
  private let bytes: UnsafeRawBufferPointer
  private var scanner: ArrayScanner
  private var place: Int
  private var lines = (count: 0, end: 0)

  /// Appends the elements to the buffer's current slice, and reports what makes the array invalid.
  static func split(_ loaded: LoadedRange, limit: Int) {
    var splitter = ArraySplitter(loaded, limit: limit)
    splitter.run()
    loaded.buffer.closeSlice(lineFeedCount: splitter.lineCount())
  }

  /// The number of bytes before the first element of bytes that begin as those of a splitter.
  static func separatorByteCount(_ bytes: UnsafeRawBufferPointer, isFirst: Bool) -> Int {
    var scanner = ArrayScanner(isOpened: !isFirst)
    var place = unsafe start(of: bytes, isFirst: isFirst)
    while true {
      switch unsafe scanner.token(in: bytes, from: place) {
      case .comma(let comma): place = comma + 1
      case .element(let start), .end(let start): return start
      case nil: return bytes.count
      }
    }
  }

  private static func start(of bytes: UnsafeRawBufferPointer, isFirst: Bool) -> Int {
    unsafe isFirst && ByteOrderMark.isPresent(bytes) ? ByteOrderMark.byteCount : 0
  }

  private init(_ loaded: LoadedRange, limit: Int) {
    self.loaded = loaded
    self.limit = limit
    unsafe bytes = loaded.bytes(loaded.owned)
    let isFirst = loaded.owned.lowerBound == 0
    scanner = ArrayScanner(isOpened: !isFirst)
    place = unsafe Self.start(of: bytes, isFirst: isFirst)
  }

  private mutating func run() {
    // After the start of the file no comma comes before the first element.
    var needsComma = loaded.owned.lowerBound > 0
    var commaCount = 0
    if !needsComma { checkOpening() }
    while let token = unsafe scanner.token(in: bytes, from: place) {
      switch token {
      case .comma(let comma):
        commaCount += 1
        place = comma + 1
      case .element(let start):
        if commaCount != (needsComma ? 1 : 0) {
          report("there must be one comma between two elements", at: start)
        }
        let end = unsafe scanner.elementEnd(in: bytes, from: start) ?? bytes.count
        add(start..<end)
        (place, needsComma, commaCount) = (end, true, 0)
      case .end(let end):
        if commaCount > 0 { report("a comma is not followed by an element", at: end) }
        place = end + 1
        return finish()
      }
    }
    let slice = loaded.buffer.slices[loaded.buffer.slices.count - 1]
    if slice.endsInput { unsafe report("the array is not closed", at: bytes.count) }
  }

  /// Looks for the bracket that opens the array.
  private mutating func checkOpening() {
    let start = unsafe bytes[place...].firstIndex { !JSONShape.isSpace($0) }
    guard let start, unsafe bytes[start] != UInt8(ascii: "[") else { return }
    report("it does not begin with a bracket", at: start)
  }

  /// Looks at what follows the array.
  private mutating func finish() {
    guard unsafe scanner.token(in: bytes, from: place) != nil else { return }
    report("the array is followed by more", at: place)
  }

  private mutating func add(_ range: Range<Int>) {
    let line = line(at: range.lowerBound)
    let offset = loaded.owned.lowerBound + range.lowerBound
    if range.count > limit {
      return loaded.buffer.report(
        .recordTooLong(limit: limit, path: loaded.path, offset: offset), line: line,
        endsInput: false, lostRecord: .bytes(range.count))
    }
    loaded.buffer.records.append(
      Record(
        position: loaded.position(offset), byteCount: range.count, offset: offset, line: line,
        slice: loaded.buffer.slices.count - 1, terminatorByteCount: 0,
        startsWithByteOrderMark: false))
  }

  private mutating func report(_ what: String, at place: Int) {
    loaded.buffer.report(
      CorpusError(
        .malformedRecord, "this is not a valid JSON array: \(what)", path: loaded.path,
        byte: UInt64(loaded.owned.lowerBound + place)),
      line: line(at: place), endsInput: false)
  }

  /// The number of all line feeds.
  private mutating func lineCount() -> Int { unsafe line(at: bytes.count) }

  /// The number of line feeds before a place, which must not come before that of the last call.
  private mutating func line(at place: Int) -> Int {
    let passed = unsafe UnsafeRawBufferPointer(rebasing: bytes[lines.end..<max(lines.end, place)])
    lines.count += unsafe BoundaryFinder.lineFeedCount(passed)
    lines.end = max(lines.end, place)
    return lines.count
  }
}
