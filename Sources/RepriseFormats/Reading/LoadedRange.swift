import RepriseSystem

/// The loaded range of a file around the range whose records are wanted.
///
/// More can be loaded at both ends.
///
/// All offsets are in the decoded file. The loaded bytes are the last ones in the buffer. Not
/// thread-safe.
struct LoadedRange {
  let buffer: ChunkBuffer
  /// The file from which more can be read; nil if everything is loaded.
  let file: SharedFile?
  /// The path of the file in messages.
  let path: BytePath
  /// The range in which the wanted records start.
  let owned: Range<Int>
  /// True if a record starts at the start of the range, so that earlier bytes are not needed.
  let startsAtRecord: Bool
  /// The end of the file.
  let end: Int
  private(set) var loaded: Range<Int>
  private var origin: Int
  private let recordLimit: Int

  /// The number of bytes after the range that are read first when its last record is incomplete.
  private static let firstStep = 16 << 10

  /// Creates a range of bytes that are all in the buffer, beginning at a position.
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

  /// Creates a range of a file, and reads it into an empty buffer with some bytes before it.
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

  /// Returns the bytes of a range, which must be loaded.
  func bytes(_ range: Range<Int>) -> UnsafeRawBufferPointer {
    // In bounds: the bytes of `loaded` are in the buffer from `origin` on, and the caller stays
    // within `loaded`.
    let start = range.lowerBound - loaded.lowerBound + origin
    return unsafe UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(buffer.storage.bytes)[start..<start + range.count])
  }

  /// True if everything up to the end of the file is loaded.
  var isLoadedToEnd: Bool { loaded.upperBound == end }

  /// Returns the position in the buffer of an offset.
  func position(_ offset: Int) -> Int { offset - loaded.lowerBound + origin }

  /// Returns the offset of the first line feed in a range, which must be loaded.
  func lineFeed(in range: Range<Int>) -> Int? {
    let bytes = unsafe bytes(range)
    guard let start = bytes.baseAddress else { return nil }
    guard let found = unsafe memchr(start, 0x0A, bytes.count) else { return nil }
    return unsafe range.lowerBound + (UnsafeRawPointer(found) - start)
  }

  /// The end of a line.
  enum LineEnd {
    case lineFeed(Int)
    case file
    /// The line is longer than a record may be, and no line feed is loaded.
    case tooLong
  }

  /// Finds the end of a line.
  ///
  /// Loads more bytes, up to the size limit of a record.
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

  /// Returns the offset of the first line feed after the loaded bytes, or the end of the file.
  ///
  /// Does not keep the bytes that it reads.
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

  /// Loads bytes after the loaded range.
  private mutating func load(_ count: Int) throws(CorpusError) {
    guard let file, count > 0 else { return }
    let free = unsafe buffer.storage.reserve(count)
    let target = unsafe UnsafeMutableRawBufferPointer(rebasing: free[..<count])
    unsafe try file.fill(target, at: loaded.upperBound)
    buffer.storage.commit(count)
    loaded = loaded.lowerBound..<loaded.upperBound + count
  }

  /// Loads bytes before the loaded range; all bytes in the buffer move.
  mutating func loadBack(_ count: Int) throws(CorpusError) {
    let count = min(count, loaded.lowerBound)
    guard let file, count > 0 else { return }
    let target = unsafe buffer.storage.insertFirst(count)
    unsafe try file.fill(target, at: loaded.lowerBound - count)
    loaded = loaded.lowerBound - count..<loaded.upperBound
  }
}
