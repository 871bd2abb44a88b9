import RepriseSystem

/// The kind of a folder entry, without following links.
enum EntryKind: Hashable, Sendable {
  case file
  case folder
  case link
  case other

  /// Creates a kind from the result of a `stat` call; `nil` if the path does not exist.
  ///
  /// - Throws: `cannotRead` for every other failure, because the entry may exist.
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
