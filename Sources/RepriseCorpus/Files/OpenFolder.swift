import CKernels
import Glibc

/// An open folder, whose entries are reached through it.
///
/// A symbolic link among the entries is never followed, and it does not matter what takes the
/// folder's path meanwhile.
struct OpenFolder: ~Copyable, Sendable {
  /// The path by which messages name the folder; empty for the working folder.
  let path: BytePath
  private let file: OpenFile

  var descriptor: Int32 { file.descriptor }

  /// Opens a folder by its path, in which links are followed.
  ///
  /// - Throws: `cannotOpen`.
  init(_ path: BytePath) throws(CorpusError) {
    self.path = path
    file = try OpenFile(path.bytes.isEmpty ? "." : path, flags: O_RDONLY | O_DIRECTORY)
  }

  /// Opens a folder in another one.
  ///
  /// - Throws: `cannotOpen`, also for a link.
  init(_ name: BytePath, in parent: borrowing OpenFolder) throws(CorpusError) {
    path = parent.path.appending(name)
    file = try OpenFile(name, in: parent, flags: O_RDONLY | O_DIRECTORY)
  }

  /// What has a name in the folder; `nil` if nothing has.
  ///
  /// - Throws: `cannotRead` if the system cannot tell, which is not the same as nothing.
  func kind(of name: BytePath) throws(CorpusError) -> EntryKind? {
    try EntryKind(path.appending(name)) { status in
      unsafe name.withCString {
        unsafe fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW)
      }
    }
  }

  /// The names in the folder, in the order of their bytes, without `.` and `..`.
  ///
  /// - Throws: `cannotOpen` or `cannotRead`.
  func names() throws(CorpusError) -> [BytePath] {
    // A descriptor of its own: the stream closes it, and moves its position.
    let listed = unsafe openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard listed >= 0 else { throw .cannotOpen(file.path, errno) }
    guard let stream = unsafe fdopendir(listed) else {
      let error = errno
      close(listed)
      throw .cannotOpen(file.path, error)
    }
    defer { unsafe _ = closedir(stream) }
    var names: [BytePath] = []
    while true {
      // Tells the end from a failure.
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe BytePath(Array(bytes.prefix { $0 != 0 }))
      }
      if name != "." && name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .cannotRead(file.path, errno) }
    return names.sorted()
  }

  /// Makes a folder.
  ///
  /// - Returns: false if something has the name already.
  /// - Throws: `cannotWrite`.
  func makeFolder(_ name: BytePath, mode: mode_t) throws(CorpusError) -> Bool {
    if unsafe name.withCString({ unsafe mkdirat(descriptor, $0, mode) }) == 0 { return true }
    guard errno == EEXIST else { throw .cannotWrite(path.appending(name), errno) }
    return false
  }

  /// Removes a file, a link or an empty folder; nothing if it is gone already.
  ///
  /// - Throws: `cannotWrite`.
  func remove(_ name: BytePath, isFolder: Bool) throws(CorpusError) {
    let result = unsafe name.withCString {
      unsafe unlinkat(descriptor, $0, isFolder ? AT_REMOVEDIR : 0)
    }
    guard result == 0 || errno == ENOENT else { throw .cannotWrite(path.appending(name), errno) }
  }

  /// Removes a file, a link, or a folder with everything in it.
  ///
  /// - Throws: `cannotRead`, `cannotOpen` or `cannotWrite` for the first that stays.
  func removeTree(_ name: BytePath) throws(CorpusError) {
    guard let kind = try kind(of: name) else { return }
    if kind == .folder {
      let folder = try OpenFolder(name, in: self)
      for entry in try folder.names() { try folder.removeTree(entry) }
    }
    try remove(name, isFolder: kind == .folder)
  }

  /// Renames an entry into a folder of the same file system; a file or an empty folder of the new
  /// name is replaced.
  ///
  /// - Throws: `cannotWrite`.
  func rename(
    _ name: BytePath, to newName: BytePath, in other: borrowing OpenFolder
  ) throws(CorpusError) {
    let target = other.descriptor
    let result = unsafe name.withCString { from in
      unsafe newName.withCString { to in unsafe renameat(descriptor, from, target, to) }
    }
    guard result == 0 else { throw .cannotWrite(other.path.appending(newName), errno) }
  }

  /// Renames an entry where nothing may have the new name.
  ///
  /// - Throws: `cannotWrite` with EEXIST if something has it.
  func renameNew(
    _ name: BytePath, to newName: BytePath, in other: borrowing OpenFolder
  ) throws(CorpusError) {
    switch system(name, newName, other, REPRISE_RENAME_NEW) {
    case 0: return
    case EINVAL, ENOSYS:
      // Without help of the system the look comes a moment before the step.
      guard try other.kind(of: newName) == nil else {
        throw .cannotWrite(other.path.appending(newName), EEXIST)
      }
      try rename(name, to: newName, in: other)
    case let error: throw .cannotWrite(other.path.appending(newName), error)
    }
  }

  /// Has two entries trade places in one step.
  ///
  /// - Returns: false if the system cannot do that, and nothing happened.
  /// - Throws: `cannotWrite`.
  func exchange(
    _ name: BytePath, with otherName: BytePath, in other: borrowing OpenFolder
  ) throws(CorpusError) -> Bool {
    switch system(name, otherName, other, REPRISE_RENAME_EXCHANGE) {
    case 0: return true
    case EINVAL, ENOSYS: return false
    case let error: throw .cannotWrite(other.path.appending(otherName), error)
    }
  }

  private func system(
    _ name: BytePath, _ newName: BytePath, _ other: borrowing OpenFolder,
    _ rule: reprise_rename_rule
  ) -> Int32 {
    let target = other.descriptor
    return unsafe name.withCString { from in
      unsafe newName.withCString { to in
        unsafe reprise_rename(descriptor, from, target, to, rule)
      }
    }
  }

  /// Waits until the disk has the entries of the folder.
  ///
  /// - Throws: `cannotWrite`.
  func synchronize() throws(CorpusError) {
    // Some file systems cannot do it for folders, and say so by EINVAL.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .cannotWrite(file.path, errno) }
  }

  /// What the system says about the folder itself.
  ///
  /// - Throws: `cannotRead`.
  func status() throws(CorpusError) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .cannotRead(file.path, errno) }
    return status
  }
}
