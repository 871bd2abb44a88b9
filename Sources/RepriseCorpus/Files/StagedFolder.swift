import CKernels
import Glibc
import Synchronization

/// A folder that is written under a hidden name beside its place and put there as a whole.
///
/// Until ``commit()`` there is only `.NAME.partial-PID`; a staged folder that goes away without a
/// commit removes it. A process that is killed leaves it behind, under a name that no reader takes
/// for a finished folder.
final class StagedFolder: Sendable {
  /// The place that the folder gets in the end.
  let place: FilePath
  /// The folder to write into.
  let path: FilePath
  private let isCommitted = Atomic(false)

  /// Makes the hidden folder, and the folders above it where they are missing.
  ///
  /// - Throws: `invalidOutput` for a path without a name of its own, or `cannotWrite`.
  init(for place: FilePath) throws(CorpusError) {
    let name = place.lastComponent
    guard !name.bytes.isEmpty, name != ".", name != ".." else {
      throw CorpusError(.invalidOutput, "the path does not name a folder", path: place)
    }
    let parent = place.parent
    if let parent { try FolderTree.create(parent) }
    let above = parent ?? ""
    self.place = above.appending(name)
    self.path = try Self.makeHidden(in: above, name: name)
  }

  private static func makeHidden(
    in parent: FilePath, name: FilePath
  ) throws(CorpusError) -> FilePath {
    var attempt = 1
    while true {
      let suffix = attempt == 1 ? "" : "-\(attempt)"
      let hidden = FilePath(
        Array(".".utf8) + name.bytes + Array(".partial-\(getpid())\(suffix)".utf8))
      let path = parent.appending(hidden)
      if unsafe path.withCString({ unsafe mkdir($0, 0o777) }) == 0 { return path }
      guard errno == EEXIST, attempt < 100 else { throw .cannotWrite(path, errno) }
      attempt += 1
    }
  }

  deinit { if !isCommitted.load(ordering: .relaxed) { try? FolderTree.remove(path) } }

  /// Waits until the disk has every file in the folder, whatever their number.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite`.
  func synchronizeFiles() throws(CorpusError) {
    let file = try OpenFile(path, flags: O_RDONLY | O_DIRECTORY)
    let result = reprise_synchronize_file_system(file.descriptor)
    guard result == 0 else { throw .cannotWrite(path, result) }
  }

  /// Puts the folder in its place, where nothing or an empty folder may be.
  ///
  /// - Throws: `cannotWrite` if something else is there, or the disk fails.
  func commit() throws(CorpusError) {
    try FolderTree.synchronize(path)
    try Self.rename(path, to: place)
    isCommitted.store(true, ordering: .relaxed)
    try FolderTree.synchronize(place.parent ?? "")
  }

  /// Puts the folder in the place of an older one, which is removed.
  ///
  /// The two trade places in one step where the system can do that; elsewhere the older one is set
  /// aside for a moment.
  ///
  /// - Throws: `cannotWrite`.
  func commitReplacing() throws(CorpusError) {
    try FolderTree.synchronize(path)
    let result = unsafe path.withCString { one in
      unsafe place.withCString { other in unsafe reprise_exchange_paths(one, other) }
    }
    var old = path
    if result == EINVAL || result == ENOSYS {
      old = FilePath(path.bytes + Array(".old".utf8))
      try Self.rename(place, to: old)
      try Self.rename(path, to: place)
    } else if result != 0 {
      throw .cannotWrite(place, result)
    }
    isCommitted.store(true, ordering: .relaxed)
    try FolderTree.synchronize(place.parent ?? "")
    try FolderTree.remove(old)
  }

  private static func rename(_ old: FilePath, to new: FilePath) throws(CorpusError) {
    let result = unsafe old.withCString { from in
      unsafe new.withCString { to in unsafe Glibc.rename(from, to) }
    }
    guard result == 0 else { throw .cannotWrite(new, errno) }
  }
}
