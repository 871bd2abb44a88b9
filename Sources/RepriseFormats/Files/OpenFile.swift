import RepriseSystem

/// An open file descriptor, closed when this value is destroyed.
///
/// `read` and `write` pass the system a buffer with its own count, so it stays in bounds.
struct OpenFile: ~Copyable, Sendable {
  let descriptor: Int32
  let path: BytePath
  private let isOwned: Bool

  /// Uses a descriptor without closing it.
  init(borrowing descriptor: Int32, path: BytePath) {
    self.descriptor = descriptor
    self.path = path
    self.isOwned = false
  }

  /// Takes ownership of a descriptor.
  init(owning descriptor: Int32, path: BytePath) {
    self.descriptor = descriptor
    self.path = path
    self.isOwned = true
  }

  /// Opens a file with the flags of `open(2)`.
  ///
  /// Adds close-on-exec, and prevents a terminal from becoming the controlling terminal of the
  /// process.
  init(_ path: BytePath, flags: Int32, mode: mode_t = 0o666) throws(CorpusError) {
    let opened = Self.retrying {
      unsafe path.withCString { unsafe open($0, flags | O_CLOEXEC | O_NOCTTY, mode) }
    }
    guard opened >= 0 else { throw .cannotOpen(path, errno) }
    self.descriptor = opened
    self.path = path
    self.isOwned = true
  }

  /// Opens an entry of an open folder; a symbolic link with that name is an error.
  init(
    _ name: BytePath, in folder: borrowing OpenFolder, flags: Int32, mode: mode_t = 0o666
  ) throws(CorpusError) {
    let directory = folder.descriptor
    let opened = Self.retrying {
      unsafe name.withCString {
        unsafe openat(directory, $0, flags | O_NOFOLLOW | O_CLOEXEC, mode)
      }
    }
    guard opened >= 0 else { throw .cannotOpen(folder.path.appending(name), errno) }
    self.descriptor = opened
    self.path = folder.path.appending(name)
    self.isOwned = true
  }

  /// Opens a file for reading.
  init(reading path: BytePath) throws(CorpusError) { try self.init(path, flags: O_RDONLY) }

  /// Opens a regular file for reading.
  ///
  /// Any other kind of entry is an error, reported without waiting for it.
  static func file(reading path: BytePath) throws(CorpusError) -> OpenFile {
    let file: OpenFile
    do throws(CorpusError) {
      file = try OpenFile(path, flags: O_RDONLY | O_NONBLOCK)
    } catch {
      // Sockets and some devices cannot be opened at all.
      guard let kind = (try? FileStatus(of: path))?.kind, kind != .file else { throw error }
      throw .notAFile(path, kind)
    }
    let kind = try file.status().kind
    guard kind == .file else { throw .notAFile(path, kind) }
    return file
  }

  /// Uses standard input.
  ///
  /// If it was closed, a different file may have its descriptor.
  ///
  /// - Throws: `cannotOpen` if it cannot be read.
  static func standardInput() throws(CorpusError) -> OpenFile {
    let path = InputFile.standardInputPath
    let flags = fcntl(STDIN_FILENO, F_GETFL)
    guard flags >= 0, flags & O_ACCMODE != O_WRONLY else {
      throw CorpusError(.cannotOpen, "standard input is closed", path: path)
    }
    return OpenFile(borrowing: STDIN_FILENO, path: path)
  }

  deinit { if isOwned { close(descriptor) } }

  /// Reads at the descriptor's current offset and returns the number of bytes; 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(CorpusError) -> Int {
    let count = Self.retrying { unsafe SystemCalls.readBytes(from: descriptor, into: buffer) }
    guard count >= 0 else { throw .cannotRead(path, errno) }
    return count
  }

  /// Fills a buffer from an offset and returns the number of bytes.
  ///
  /// It is below the buffer's size only at the end of the file.
  func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64
  ) throws(CorpusError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
      let position = off_t(offset) + off_t(filled)
      let count = Self.retrying { unsafe pread(descriptor, rest.baseAddress, rest.count, position) }
      guard count >= 0 else { throw .cannotRead(path, errno, byte: offset + UInt64(filled)) }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  /// Writes all bytes at the descriptor's current offset.
  func write(_ bytes: UnsafeRawBufferPointer) throws(CorpusError) {
    var rest = unsafe bytes
    while rest.count > 0 {
      let count = Self.retrying { unsafe SystemCalls.writeBytes(rest, to: descriptor) }
      guard count >= 0 else { throw .cannotWrite(path, errno) }
      unsafe rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }

  /// Writes all bytes at an offset.
  func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(CorpusError) {
    var written = 0
    while written < bytes.count {
      let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
      let position = off_t(offset) + off_t(written)
      let count = Self.retrying {
        unsafe pwrite(descriptor, rest.baseAddress, rest.count, position)
      }
      guard count >= 0 else { throw .cannotWrite(path, errno) }
      written += count
    }
  }

  func status() throws(CorpusError) -> FileStatus {
    var raw = stat()
    guard unsafe fstat(descriptor, &raw) == 0 else { throw .cannotRead(path, errno) }
    return FileStatus(raw)
  }

  /// Repeats a system call that a signal interrupted.
  private static func retrying<Result: SignedInteger>(_ call: () -> Result) -> Result {
    while true {
      let result = call()
      if result >= 0 || errno != EINTR { return result }
    }
  }
}
