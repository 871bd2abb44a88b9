import Glibc

/// What an entry of a folder is, links not followed.
enum EntryKind: Hashable, Sendable {
  case file
  case folder
  case link
  case other

  /// Takes what a call of the `stat` family says; `nil` if nothing has the path.
  ///
  /// - Throws: `cannotRead` for every other failure: what cannot be looked at may be there.
  init?(
    _ path: BytePath, _ call: (inout stat) -> Int32
  ) throws(CorpusError) {
    var status = stat()
    guard call(&status) == 0 else {
      guard errno == ENOENT || errno == ENOTDIR else { throw .cannotRead(path, errno) }
      return nil
    }
    switch status.st_mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFLNK: self = .link
    default: self = .other
    }
  }
}
