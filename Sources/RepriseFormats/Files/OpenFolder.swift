import CKernels
import RepriseSystem

/// An open folder through which its entries are accessed.
///
/// Symbolic links among the entries are never followed. The folder stays the same even if its path
/// is given to something else in the meantime.
struct OpenFolder: ~Copyable, Sendable {
  /// The path of the folder in messages; empty for the working folder.
  let path: BytePath
  private let file: OpenFile

  var descriptor: Int32 { file.descriptor }

  /// Opens a folder by its path, following links.
  ///
  /// - Throws: `cannotOpen`.
  init(_ path: BytePath) throws(CorpusError) {
    self.path = path
    file = try OpenFile(path.bytes.isEmpty ? "." : path, flags: O_RDONLY | O_DIRECTORY)
  }

  /// Opens a folder inside an open folder.
  ///
  /// - Throws: `cannotOpen`, also for a link.
  init(_ name: BytePath, in parent: borrowing OpenFolder) throws(CorpusError) {
    path = parent.path.appending(name)
    file = try OpenFile(name, in: parent, flags: O_RDONLY | O_DIRECTORY)
  }

  /// Returns the kind of an entry; `nil` if there is none with this name.
  ///
  /// - Throws: `cannotRead` if the system cannot tell, which does not mean that there is none.
  func kind(of name: BytePath) throws(CorpusError) -> EntryKind? {
    try EntryKind(path.appending(name)) { status in
      unsafe name.withCString {
        unsafe fstatat(descriptor, $0, &status, AT_SYMLINK_NOFOLLOW)
      }
    }
  }

  /// Returns the names in the folder, sorted by their bytes, without `.` and `..`.
  ///
  /// Lists an open folder without opening it again, so that a folder can be emptied where nothing
  /// can be opened any more. Only one thread may list the same open folder at a time.
  ///
  /// - Throws: `cannotOpen` or `cannotRead`.
  func names() throws(CorpusError) -> [BytePath] {
    // The stream closes its descriptor. The copy shares the position, which begins at the start.
    let listed = fcntl(descriptor, F_DUPFD_CLOEXEC, 0)
    guard listed >= 0 else { throw .cannotOpen(file.path, errno) }
    lseek(listed, 0, SEEK_SET)
    guard let stream = unsafe fdopendir(listed) else {
      let error = errno
      close(listed)
      throw .cannotOpen(file.path, error)
    }
    defer { unsafe _ = closedir(stream) }
    var names: [BytePath] = []
    while true {
      // `readdir` returns nil both at the end and on failure; only `errno` distinguishes them.
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

  /// Creates a folder.
  ///
  /// - Returns: false if the name already exists.
  /// - Throws: `cannotWrite`.
  func makeFolder(_ name: BytePath, mode: mode_t) throws(CorpusError) -> Bool {
    if unsafe name.withCString({ unsafe mkdirat(descriptor, $0, mode) }) == 0 { return true }
    guard errno == EEXIST else { throw .cannotWrite(path.appending(name), errno) }
    return false
  }

  /// Removes a file, a link or an empty folder; does nothing if it does not exist.
  ///
  /// - Throws: `cannotWrite`.
  func remove(_ name: BytePath, isFolder: Bool) throws(CorpusError) {
    let result = unsafe name.withCString {
      unsafe unlinkat(descriptor, $0, isFolder ? AT_REMOVEDIR : 0)
    }
    guard result == 0 || errno == ENOENT else { throw .cannotWrite(path.appending(name), errno) }
  }

  /// Removes a file, a link, or a folder with its content.
  ///
  /// - Throws: `cannotRead`, `cannotOpen` or `cannotWrite` for the first entry that could not be
  ///   removed.
  func removeTree(_ name: BytePath) throws(CorpusError) {
    guard let kind = try kind(of: name) else { return }
    if kind == .folder { try OpenFolder(name, in: self).removeContent() }
    try remove(name, isFolder: kind == .folder)
  }

  /// Removes everything in the folder.
  ///
  /// - Throws: `cannotRead`, `cannotOpen` or `cannotWrite` for the first entry that could not be
  ///   removed.
  func removeContent() throws(CorpusError) {
    for entry in try names() { try removeTree(entry) }
  }

  /// Renames an entry into a folder of the same file system.
  ///
  /// Replaces a file or an empty folder with the new name.
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

  /// Renames an entry without replacing anything.
  ///
  /// - Throws: `cannotWrite` with EEXIST if the new name already exists.
  func renameNew(
    _ name: BytePath, to newName: BytePath, in other: borrowing OpenFolder
  ) throws(CorpusError) {
    switch system(name, newName, other, REPRISE_RENAME_NEW) {
    case 0: return
    case EINVAL, ENOSYS:
      // Without support by the system, the check and the rename are two steps.
      guard try other.kind(of: newName) == nil else {
        throw .cannotWrite(other.path.appending(newName), EEXIST)
      }
      try rename(name, to: newName, in: other)
    case let error: throw .cannotWrite(other.path.appending(newName), error)
    }
  }

  /// Exchanges two entries in one step.
  ///
  /// - Returns: false if the system does not support this; then nothing has changed.
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

  /// Waits until the folder's entries are on the disk.
  ///
  /// - Throws: `cannotWrite`.
  func synchronize() throws(CorpusError) {
    // Some file systems cannot do this for folders, and return EINVAL.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .cannotWrite(file.path, errno) }
  }

  /// Returns the status of the folder itself.
  ///
  /// - Throws: `cannotRead`.
  func status() throws(CorpusError) -> stat {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else { throw .cannotRead(file.path, errno) }
    return status
  }
}
