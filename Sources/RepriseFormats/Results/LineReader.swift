import RepriseSystem

/// Reads the lines of a file in which every line ends with LF.
///
/// Not thread-safe.
///
/// All ranges are in bounds: `available` always lies within `storage`.
@safe package final class LineReader {
  private let file: OpenFile
  private var storage: UnsafeMutableRawBufferPointer
  private var available = 0..<0
  private var isAtEnd = false
  private let lineLimit: Int
  private var hasher: ChecksumHasher
  /// The number of lines returned so far.
  package private(set) var lineCount = 0

  package var path: BytePath { file.path }

  /// The size and hash of the bytes read so far; after the last line, those of the file.
  var checksum: FileChecksum { hasher.checksum() }

  /// Returns the size of the file.
  ///
  /// - Throws: `cannotRead`.
  func fileByteCount() throws(CorpusError) -> UInt64 { try file.status().byteCount }

  /// Opens a file whose lines have at most `lineLimit` bytes.
  package init(_ path: BytePath, lineLimit: Int = OpenFile.contentLimit) throws(CorpusError) {
    self.lineLimit = lineLimit
    file = try OpenFile.file(reading: path)
    hasher = try ChecksumHasher(path: path)
    unsafe storage = .allocate(byteCount: 1 << 20, alignment: 16)
  }

  deinit { unsafe storage.deallocate() }

  /// Returns the next line without its LF, or `nil` at the end.
  ///
  /// Valid until the next call.
  ///
  /// - Throws: `cannotRead`; `truncated` if the last line has no LF; `invalidResults` if a line
  ///   exceeds the limit.
  package func next() throws(CorpusError) -> UnsafeRawBufferPointer? {
    var searched = 0
    while true {
      let start = available.lowerBound + searched
      guard let base = unsafe storage.baseAddress else { return nil }
      let found = unsafe memchr(base + start, 0x0A, available.upperBound - start)
      if let found = unsafe found {
        let end = unsafe base.distance(to: found)
        guard end - available.lowerBound <= lineLimit else { throw tooLong() }
        let line = unsafe UnsafeRawBufferPointer(rebasing: storage[available.lowerBound..<end])
        available = end + 1..<available.upperBound
        lineCount += 1
        return unsafe line
      }
      searched = available.count
      if isAtEnd {
        if available.isEmpty { return nil }
        throw CorpusError(
          .truncated, "the last line is incomplete", path: path, line: UInt64(lineCount) + 1)
      }
      try fill()
    }
  }

  private func tooLong() -> CorpusError {
    .invalidResults(
      path, "the line has more than \(lineLimit) bytes, which is too many",
      line: UInt64(lineCount) + 1)
  }

  private func fill() throws(CorpusError) {
    guard available.count <= lineLimit else { throw tooLong() }
    let rest = unsafe UnsafeRawBufferPointer(rebasing: storage[available])
    if unsafe available.count > storage.count / 2 {
      let larger = unsafe UnsafeMutableRawBufferPointer.allocate(
        byteCount: storage.count * 2, alignment: 16)
      unsafe larger.copyMemory(from: rest)
      unsafe storage.deallocate()
      unsafe storage = larger
    } else {
      unsafe storage.copyMemory(from: rest)
    }
    available = 0..<available.count
    let room = unsafe UnsafeMutableRawBufferPointer(rebasing: storage[available.upperBound...])
    let count = unsafe try file.read(into: room)
    isAtEnd = count == 0
    unsafe hasher.update(UnsafeRawBufferPointer(rebasing: room[..<count]))
    available = 0..<available.upperBound + count
  }
}
