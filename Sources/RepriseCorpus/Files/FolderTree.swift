import Glibc

/// Folders as a whole: made with their parents, listed, removed with what is in them.
enum FolderTree {
  /// The names in a folder, in the order of their bytes, without `.` and `..`.
  ///
  /// - Throws: `cannotOpen` or `cannotRead`.
  static func names(in folder: FilePath) throws(CorpusError) -> [FilePath] {
    guard let stream = unsafe folder.withCString({ unsafe opendir($0) }) else {
      throw .cannotOpen(folder, errno)
    }
    defer { unsafe _ = closedir(stream) }
    var names: [FilePath] = []
    while true {
      errno = 0
      guard let entry = unsafe readdir(stream) else { break }
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        unsafe FilePath(Array(bytes.prefix { $0 != 0 }))
      }
      if name != "." && name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw .cannotRead(folder, errno) }
    return names.sorted()
  }

  /// Makes a folder and those above it, where they are missing.
  ///
  /// - Throws: `cannotWrite`.
  static func create(_ folder: FilePath) throws(CorpusError) {
    if folder.bytes.isEmpty || isFolder(folder) { return }
    if let parent = folder.parent { try create(parent) }
    let result = unsafe folder.withCString { unsafe mkdir($0, 0o777) }
    if result != 0 && !(errno == EEXIST && isFolder(folder)) { throw .cannotWrite(folder, errno) }
  }

  /// Whether the path is a folder or a link to one.
  static func isFolder(_ path: FilePath) -> Bool {
    (try? FileStatus(of: path))?.kind == .folder
  }

  /// The path, or of those above it the first that is a folder.
  static func nearest(_ path: FilePath) -> FilePath {
    if isFolder(path) { return path }
    return path.parent.map { nearest($0) } ?? (path.isAbsolute ? "/" : ".")
  }

  /// Whether anything has this path, a broken link as well.
  static func exists(_ path: FilePath) -> Bool {
    var status = stat()
    return unsafe path.withCString { unsafe lstat($0, &status) } == 0
  }

  /// Removes a file, a link, or a folder with everything in it; links are not followed.
  ///
  /// - Throws: `cannotWrite` for the first that stays.
  static func remove(_ path: FilePath) throws(CorpusError) {
    var status = stat()
    guard unsafe path.withCString({ unsafe lstat($0, &status) }) == 0 else { return }
    let isFolder = status.st_mode & S_IFMT == S_IFDIR
    if isFolder {
      for name in try names(in: path) { try remove(path.appending(name)) }
    }
    let result = unsafe path.withCString { unsafe isFolder ? rmdir($0) : unlink($0) }
    guard result == 0 else { throw .cannotWrite(path, errno) }
  }

  /// Waits until the disk has the entries of a folder.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite`.
  static func synchronize(_ folder: FilePath) throws(CorpusError) {
    let file = try OpenFile(folder.bytes.isEmpty ? "." : folder, flags: O_RDONLY | O_DIRECTORY)
    // Some file systems cannot do it for folders, and say so by EINVAL.
    guard fsync(file.descriptor) == 0 || errno == EINVAL else { throw .cannotWrite(folder, errno) }
  }
}

extension FilePath {
  /// The path without its last component; `nil` if there is nothing above that it names.
  var parent: FilePath? {
    let name = lastComponent
    guard !name.bytes.isEmpty, let last = bytes.lastIndex(where: { $0 != Self.separator }) else {
      return nil
    }
    var end = last + 1 - name.bytes.count
    while end > 1, bytes[end - 1] == Self.separator { end -= 1 }
    return end == 0 ? nil : FilePath(Array(bytes[..<end]))
  }

  /// The bytes as text, with U+FFFD for what is not UTF-8: the name that results files use.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
