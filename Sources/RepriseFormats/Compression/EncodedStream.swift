import RepriseSystem

/// Writes a file's content in order, and compresses it.
///
/// Small writes are buffered, so one call per line is fast enough. Without `finish()` the file is
/// incomplete.
@safe package final class EncodedStream {
  private let file: OpenFile
  private let encoder: any StreamEncoder
  // All ranges are in bounds: `filled` never exceeds the size of `storage`.
  private let storage: UnsafeMutableRawBufferPointer
  private var filled = 0
  private var isFinished = false
  /// The number of bytes written so far, before compression.
  package private(set) var byteCount: UInt64 = 0

  private static let bufferByteCount = 256 << 10

  /// Creates a file, which must not exist yet.
  ///
  /// - Throws: `cannotOpen` or `outOfMemory`.
  package convenience init(creating path: BytePath, compression: Compression) throws(CorpusError) {
    let file = try OpenFile(path, flags: O_WRONLY | O_CREAT | O_EXCL)
    try self.init(file, compression: compression)
  }

  /// Writes to an open descriptor without closing it; messages call the output `path`.
  ///
  /// - Throws: `outOfMemory`.
  package convenience init(
    descriptor: Int32, path: BytePath, compression: Compression
  ) throws(CorpusError) {
    try self.init(OpenFile(borrowing: descriptor, path: path), compression: compression)
  }

  private init(_ file: consuming OpenFile, compression: Compression) throws(CorpusError) {
    let path = file.path
    switch compression {
    case .none: encoder = PlainEncoder()
    case .gzip: encoder = try GzipEncoder(path: path)
    case .zstd: encoder = try ZstdEncoder(path: path)
    }
    self.file = file
    unsafe storage = .allocate(byteCount: Self.bufferByteCount, alignment: 64)
  }

  deinit { unsafe storage.deallocate() }

  /// Appends bytes.
  ///
  /// - Throws: `cannotWrite`.
  package func write(_ bytes: UnsafeRawBufferPointer) throws(CorpusError) {
    precondition(!isFinished)
    var rest = unsafe bytes
    byteCount += UInt64(rest.count)
    while rest.count > 0 {
      if unsafe filled == storage.count { try flush(isLast: false) }
      let count = unsafe min(rest.count, storage.count - filled)
      let free = unsafe UnsafeMutableRawBufferPointer(rebasing: storage[filled...])
      unsafe free.copyMemory(from: UnsafeRawBufferPointer(rebasing: rest[..<count]))
      filled += count
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Ends the compressed data and writes everything that is buffered.
  ///
  /// - Parameter synchronizing: true to wait until it is on the disk.
  /// - Throws: `cannotWrite`.
  package func finish(synchronizing: Bool = false) throws(CorpusError) {
    guard !isFinished else { return }
    try flush(isLast: true)
    isFinished = true
    if synchronizing, fsync(file.descriptor) != 0 { throw .cannotWrite(file.path, errno) }
  }

  private func flush(isLast: Bool) throws(CorpusError) {
    let bytes = unsafe UnsafeRawBufferPointer(rebasing: storage[..<filled])
    unsafe try encoder.encode(bytes, isLast: isLast) { packed throws(CorpusError) in
      unsafe try file.write(packed)
    }
    filled = 0
  }
}
