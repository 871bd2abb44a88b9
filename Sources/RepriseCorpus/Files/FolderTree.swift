import Glibc

/// Folders as a whole: made with their parents, listed, removed with what is in them.
enum FolderTree {
  /// The names in a folder, in the order of their bytes, without `.` and `..`.
  ///
  /// - Throws: `cannotOpen` or `cannotRead`.
  static func names(in folder: BytePath) throws(CorpusError) -> [BytePath] {
    try OpenFolder(folder).names()
  }

  /// Makes a folder and those above it, where they are missing.
  ///
  /// - Parameters:
  ///   - folder: the folder.
  ///   - root: one above it that must be there, and is not made again if it has gone.
  /// - Throws: `cannotRead` or `cannotWrite`.
  static func create(_ folder: BytePath, below root: BytePath? = nil) throws(CorpusError) {
    if folder.bytes.isEmpty || folder == root { return }
    if try isFolder(folder) { return }
    if let parent = folder.parent { try create(parent, below: root) }
    let result = unsafe folder.withCString { unsafe mkdir($0, 0o777) }
    guard result != 0 else { return }
    let error = errno
    // Another process may have made it just now.
    let isThere = try isFolder(folder)
    guard error == EEXIST, isThere else { throw .cannotWrite(folder, error) }
  }

  /// Whether the path is a folder or a link to one.
  ///
  /// - Throws: `cannotRead` if the system cannot tell.
  static func isFolder(_ path: BytePath) throws(CorpusError) -> Bool {
    let kind = try EntryKind(path) { status in
      unsafe path.withCString { unsafe stat($0, &status) }
    }
    return kind == .folder
  }

  /// The path, or of those above it the first that is a folder, as far as the system can tell.
  static func nearest(_ path: BytePath) -> BytePath {
    if (try? isFolder(path)) == true { return path }
    return path.parent.map { nearest($0) } ?? (path.isAbsolute ? "/" : ".")
  }

  /// What has this path, links not followed; `nil` if nothing has.
  ///
  /// - Throws: `cannotRead` if the system cannot tell.
  static func kind(of path: BytePath) throws(CorpusError) -> EntryKind? {
    try EntryKind(path) { status in unsafe path.withCString { unsafe lstat($0, &status) } }
  }

  /// Removes a file, a link, or a folder with everything in it; links are not followed.
  ///
  /// - Throws: `cannotRead`, `cannotOpen` or `cannotWrite` for the first that stays.
  static func remove(_ path: BytePath) throws(CorpusError) {
    guard try kind(of: path) != nil else { return }
    try OpenFolder(path.parent ?? (path.isAbsolute ? "/" : "")).removeTree(path.lastComponent)
  }
}

extension BytePath {
  /// The path without its last component; `nil` if there is nothing above that it names.
  var parent: BytePath? {
    let name = lastComponent
    guard !name.bytes.isEmpty, let last = bytes.lastIndex(where: { $0 != Self.separator }) else {
      return nil
    }
    var end = last + 1 - name.bytes.count
    while end > 1, bytes[end - 1] == Self.separator { end -= 1 }
    return end == 0 ? nil : BytePath(Array(bytes[..<end]))
  }

  /// The bytes as text, with U+FFFD for what is not UTF-8: the name that results files use.
  public var text: String { String(decoding: bytes, as: UTF8.self) }
}
