import Glibc

/// The loaded stretch of a file around the range whose records are wanted; it grows at its end.
///
/// All places are offsets in the decoded file. The stretch is the last thing in the buffer.
struct LoadedRange {
  let buffer: ChunkBuffer
  /// Where more can be read from; what is loaded is all there is without it.
  let file: SharedFile?
  /// What messages call the file.
  let path: BytePath
  /// Records that start in this range are wanted.
  let owned: Range<Int>
  /// Whether a record starts at the start of the range, so that nothing before matters.
  let startsAtRecord: Bool
  /// Where the file ends.
  let end: Int
  private(set) var loaded: Range<Int>
  private var origin: Int
  private let recordLimit: Int

  /// Bytes behind the range that are read at first when its last record goes on.
  private static let firstStep = 16 << 10

  /// A loaded range over bytes that are all in the buffer, from a position on.
  init(
    loadedIn buffer: ChunkBuffer, at position: Int, offset: Int, path: BytePath,
    options: ReadingOptions
  ) {
    self.buffer = buffer
    self.path = path
    file = nil
    owned = offset..<offset + buffer.storage.count - position
    loaded = owned
    end = owned.upperBound
    startsAtRecord = true
    origin = position
    recordLimit = options.maximumRecordByteCount
  }

  /// A loaded range over a range of a file, read into an empty buffer with some bytes before it.
  init(
    _ owned: Range<Int>, of file: SharedFile, end: Int, lookback: Int, into buffer: ChunkBuffer,
    options: ReadingOptions
  ) throws(CorpusError) {
    self.buffer = buffer
    self.file = file
    path = file.path
    self.owned = owned
    self.end = end
    startsAtRecord = owned.lowerBound == 0
    recordLimit = options.maximumRecordByteCount
    let start = max(0, owned.lowerBound - lookback)
    loaded = start..<start
    origin = 0
    try load(owned.upperBound - start)
  }

  /// The bytes of a range that is loaded.
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    let start = range.lowerBound - loaded.lowerBound + origin
    return unsafe UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(buffer.storage.bytes)[start..<start + range.count])
  }

  /// Whether nothing of the file follows what is loaded.
  var isLoadedToEnd: Bool { loaded.upperBound == end }

  /// The place in the buffer of an offset.
  func position(_ offset: Int) -> Int { offset - loaded.lowerBound + origin }

  /// The first line feed in a range that is loaded.
  func lineFeed(in range: Range<Int>) -> Int? {
    let bytes = unsafe bytes(range)
    guard let start = bytes.baseAddress else { return nil }
    guard let found = unsafe memchr(start, 0x0A, bytes.count) else { return nil }
    return unsafe range.lowerBound + (UnsafeRawPointer(found) - start)
  }

  /// Where the line that starts at an offset ends.
  enum LineEnd {
    case lineFeed(Int)
    case file
    /// The line has more bytes than a record may, and no line feed is loaded.
    case tooLong
  }

  /// Finds the end of a line, reading on as far as a record may be long.
  mutating func lineEnd(from start: Int) throws(CorpusError) -> LineEnd {
    var searched = start
    var step = Self.firstStep
    while true {
      if let found = lineFeed(in: searched..<loaded.upperBound) { return .lineFeed(found) }
      if loaded.upperBound == end { return end - start > recordLimit ? .tooLong : .file }
      if loaded.upperBound - start > recordLimit { return .tooLong }
      searched = loaded.upperBound
      try load(min(step, end - searched))
      step *= 2
    }
  }

  /// Where the first line feed stands behind what is loaded, or the file ends; nothing is kept of
  /// what is read for it.
  func distantLineEnd() throws(CorpusError) -> Int {
    guard let file else { return end }
    var bytes = PaddedBytes()
    var place = loaded.upperBound
    while place < end {
      let count = min(FileChecksum.blockByteCount, end - place)
      bytes.truncate(to: 0)
      let free = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes.reserve(count)[..<count])
      unsafe try file.fill(free, at: place)
      if let found = unsafe free.firstIndex(of: 0x0A) { return place + found }
      place += count
    }
    return end
  }

  /// Reads on at the end of what is loaded.
  private mutating func load(_ count: Int) throws(CorpusError) {
    guard let file, count > 0 else { return }
    let free = unsafe buffer.storage.reserve(count)
    let target = unsafe UnsafeMutableRawBufferPointer(rebasing: free[..<count])
    unsafe try file.fill(target, at: loaded.upperBound)
    buffer.storage.commit(count)
    loaded = loaded.lowerBound..<loaded.upperBound + count
  }

  /// Reads on before the start of what is loaded; everything in the buffer moves.
  mutating func loadBack(_ count: Int) throws(CorpusError) {
    let count = min(count, loaded.lowerBound)
    guard let file, count > 0 else { return }
    let target = unsafe buffer.storage.insertFirst(count)
    unsafe try file.fill(target, at: loaded.lowerBound - count)
    loaded = loaded.lowerBound - count..<loaded.upperBound
  }
}
