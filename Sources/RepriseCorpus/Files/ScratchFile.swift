import Glibc
import Synchronization

/// A file without a name, for what does not have to stay in memory: it is gone when the process is.
public final class ScratchFile: Sendable {
  private let descriptor: Int32
  private let path: FilePath
  private let end = Mutex<UInt64>(0)

  /// Creates the file in a folder that exists.
  /// - Throws: `cannotWrite` if the folder takes no file.
  public init(folder: FilePath) throws(CorpusError) {
    path = folder.appending(".reprise-scratch-XXXXXX")
    var name = path.bytes.map { CChar(bitPattern: $0) } + [0]
    descriptor = unsafe mkstemp(&name)
    guard descriptor >= 0 else {
      throw .cannotWrite(path, errno)
    }
    unsafe unlink(name)
  }

  deinit { close(descriptor) }

  /// Appends bytes, from any thread, and returns where they are.
  /// - Throws: `cannotWrite`, for instance on a full disk.
  public func append(_ bytes: [UInt8]) throws(CorpusError) -> Range<UInt64> {
    let start = end.withLock { end in
      defer { end += UInt64(bytes.count) }
      return end
    }
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { bytes in
        unsafe pwrite(
          descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done,
          off_t(start) + off_t(done))
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .cannotWrite(path, errno) }
      done += count
    }
    return start..<start + UInt64(bytes.count)
  }

  /// Reads what was appended.
  /// - Throws: `cannotRead`.
  public func read(_ range: Range<UInt64>) throws(CorpusError) -> [UInt8] {
    var failure: Int32?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: range.count) { bytes, count in
      while count < range.count {
        let read = unsafe pread(
          descriptor, bytes.baseAddress?.advanced(by: count), range.count - count,
          off_t(range.lowerBound) + off_t(count))
        if read < 0 && errno == EINTR { continue }
        guard read > 0 else {
          failure = read < 0 ? errno : EIO
          return
        }
        count += read
      }
    }
    if let failure { throw .cannotRead(path, failure) }
    return bytes
  }
}
