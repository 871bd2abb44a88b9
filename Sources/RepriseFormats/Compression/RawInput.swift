import RepriseSystem

/// Reads the raw bytes of a file in order into a buffer, and hashes them.
///
/// All ranges are in bounds: `available` always lies within `storage`.
@safe final class RawInput {
  private let source: Source
  /// The number of bytes that a descriptor must give; nil if it is unknown.
  private let expectedByteCount: UInt64?
  private let storage: UnsafeMutableRawBufferPointer
  private var available = 0..<0
  private(set) var isAtEnd = false
  private var hasher: ChecksumHasher

  /// The source of the bytes.
  private enum Source: ~Copyable {
    /// A descriptor, from its current offset.
    case descriptor(OpenFile)
    /// A file that others also read, from its start and up to a given size.
    case shared(SharedFile, byteCount: UInt64)
  }

  var path: BytePath {
    switch source {
    case .descriptor(let file): file.path
    case .shared(let file, _): file.path
    }
  }

  /// The number of bytes per read: large enough to make a system call cheap, small enough for the
  /// cache.
  private static let bufferByteCount = 256 << 10

  /// Reads a file from its current offset.
  ///
  /// - Parameters:
  ///   - file: the file.
  ///   - byteCount: the number of bytes from there to its end; nil if it is unknown. If there are fewer,
  ///     the end is `changed`, and not the end of damaged data.
  /// - Throws: `outOfMemory`.
  init(_ file: consuming OpenFile, byteCount: UInt64? = nil) throws(CorpusError) {
    hasher = try ChecksumHasher(path: file.path)
    source = .descriptor(file)
    expectedByteCount = byteCount
    unsafe storage = .allocate(byteCount: Self.bufferByteCount, alignment: 64)
  }

  /// Reads the first `byteCount` bytes of a file, independently of others that read it.
  ///
  /// - Throws: `outOfMemory`.
  init(_ file: SharedFile, byteCount: UInt64) throws(CorpusError) {
    hasher = try ChecksumHasher(path: file.path)
    source = .shared(file, byteCount: byteCount)
    expectedByteCount = nil
    unsafe storage = .allocate(byteCount: Self.bufferByteCount, alignment: 64)
  }

  deinit { unsafe storage.deallocate() }

  /// The bytes that were read and not yet consumed.
  var bytes: UnsafeRawBufferPointer {
    unsafe UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(storage)[available])
  }

  func consume(_ count: Int) {
    precondition(count <= available.count)
    available = available.lowerBound + count..<available.upperBound
  }

  /// Reads until `count` bytes are available, at most a full buffer, or the file ends.
  func require(_ count: Int) throws(CorpusError) {
    guard available.count < count, !isAtEnd else { return }
    if available.lowerBound > 0 {
      // The regions may overlap, which `copyMemory` allows.
      unsafe storage.copyMemory(from: bytes)
      available = 0..<available.count
    }
    while available.count < count, !isAtEnd {
      let free = unsafe UnsafeMutableRawBufferPointer(rebasing: storage[available.upperBound...])
      let read = unsafe try readDirectly(into: free)
      available = 0..<available.upperBound + read
    }
  }

  /// Reads without the buffer, which must be empty; returns 0 at the end.
  func readDirectly(into target: UnsafeMutableRawBufferPointer) throws(CorpusError) -> Int {
    guard !isAtEnd, target.count > 0 else { return 0 }
    let count: Int
    switch source {
    case .descriptor(let file): count = unsafe try file.read(into: target)
    case .shared(let file, let byteCount):
      let place = hasher.byteCount
      let wanted = Int(min(UInt64(target.count), byteCount - place))
      let piece = unsafe UnsafeMutableRawBufferPointer(rebasing: target[..<wanted])
      count = unsafe try file.file.read(into: piece, at: place)
    }
    if count == 0 {
      isAtEnd = true
      if let expectedByteCount, hasher.byteCount < expectedByteCount {
        throw .changed(path, "its data ends at byte \(hasher.byteCount) of \(expectedByteCount)")
      }
    }
    unsafe hasher.update(UnsafeRawBufferPointer(rebasing: target[..<count]))
    return count
  }

  /// Reads the remaining bytes and returns the checksum of the whole file.
  func finishChecksum() throws(CorpusError) -> FileChecksum {
    while !isAtEnd {
      available = 0..<0
      try require(1)
    }
    return hasher.checksum()
  }
}
