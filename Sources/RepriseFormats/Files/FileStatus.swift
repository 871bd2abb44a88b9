import RepriseSystem

/// The values of a file's status that show whether it has changed.
package struct FileStatus: Hashable, Sendable {
  /// The device that contains the file.
  package var device: UInt64
  /// The inode number of the file on its device.
  package var inode: UInt64
  /// The size in bytes.
  package var byteCount: UInt64
  /// The time of the last change of the content, in nanoseconds since 1970.
  package var modifiedNanoseconds: Int64
  var kind: Kind

  enum Kind: String, Hashable, Sendable {
    case file
    case folder
    case pipe
    case device
    case socket

    init(_ mode: mode_t) {
      self =
        switch mode & S_IFMT {
        case S_IFREG: .file
        case S_IFDIR: .folder
        case S_IFIFO: .pipe
        case S_IFSOCK: .socket
        default: .device
        }
    }
  }

  init(_ raw: stat) {
    device = UInt64(raw.st_dev)
    inode = UInt64(raw.st_ino)
    byteCount = UInt64(max(0, raw.st_size))
    let time = SystemCalls.modificationTime(of: raw)
    modifiedNanoseconds =
      Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000).partialValue
      &+ Int64(time.tv_nsec)
    kind = Kind(raw.st_mode)
  }

  /// Gets the status of a path, following symbolic links.
  init(of path: BytePath) throws(CorpusError) {
    var raw = stat()
    let result = unsafe path.withCString { unsafe stat($0, &raw) }
    guard result == 0 else { throw .cannotOpen(path, errno) }
    self.init(raw)
  }

  /// The status of what has a path, symbolic links followed; `nil` if nothing has.
  ///
  /// - Throws: `cannotOpen` if the system cannot tell, which is not the same as nothing.
  static func ofAny(at path: BytePath) throws(CorpusError) -> FileStatus? {
    do throws(CorpusError) {
      return try FileStatus(of: path)
    } catch {
      guard error.errorNumber == ENOENT || error.errorNumber == ENOTDIR else { throw error }
      return nil
    }
  }
}
