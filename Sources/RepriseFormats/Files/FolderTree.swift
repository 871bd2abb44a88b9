import RepriseSystem

/// Operations on whole folders: creates them with their parents, lists them, and removes them with
/// their content.
enum FolderTree {
  /// Returns the names in a folder, sorted by their bytes, without `.` and `..`.
  ///
  /// - Throws: `cannotOpen` or `cannotRead`.
  static func names(in folder: BytePath) throws(CorpusError) -> [BytePath] {
    try OpenFolder(folder).names()
  }

  /// Creates a folder and its missing parents.
  ///
  /// - Parameters:
  ///   - folder: the folder.
  ///   - root: a folder above it that must exist. It is not created again if it was removed.
  /// - Throws: `cannotRead` or `cannotWrite`.
  static func create(_ folder: BytePath, below root: BytePath? = nil) throws(CorpusError) {
    if folder.bytes.isEmpty || folder == root { return }
    if try isFolder(folder) { return }
    if let parent = folder.parent { try create(parent, below: root) }
    let result = unsafe folder.withCString { unsafe mkdir($0, 0o777) }
    guard result != 0 else { return }
    let error = errno
    // Another process may have created it just now.
    let isThere = try isFolder(folder)
    guard error == EEXIST, isThere else { throw .cannotWrite(folder, error) }
  }

  /// Returns whether the path is a folder or a link to one.
  ///
  /// - Throws: `cannotRead` if the system cannot tell.
  static func isFolder(_ path: BytePath) throws(CorpusError) -> Bool {
    let kind = try EntryKind(path) { status in
      unsafe path.withCString { unsafe stat($0, &status) }
    }
    return kind == .folder
  }

  /// Returns the path, or its nearest parent that is known to be a folder.
  static func nearest(_ path: BytePath) -> BytePath {
    if (try? isFolder(path)) == true { return path }
    return path.parent.map { nearest($0) } ?? (path.isAbsolute ? "/" : ".")
  }

  /// Returns the kind of the entry at a path, without following links; `nil` if there is none.
  ///
  /// - Throws: `cannotRead` if the system cannot tell.
  static func kind(of path: BytePath) throws(CorpusError) -> EntryKind? {
    try EntryKind(path) { status in unsafe path.withCString { unsafe lstat($0, &status) } }
  }

  /// Removes a file, a link, or a folder with its content.
  ///
  /// Links are not followed.
  ///
  /// - Throws: `cannotRead`, `cannotOpen` or `cannotWrite` for the first entry that could not be
  ///   removed.
  static func remove(_ path: BytePath) throws(CorpusError) {
    guard try kind(of: path) != nil else { return }
    try OpenFolder(path.parent ?? (path.isAbsolute ? "/" : "")).removeTree(path.lastComponent)
  }

  /// Removes a file that must exist; of a link, the link itself.
  ///
  /// - Throws: `cannotWrite`, also if there is nothing.
  static func removeFile(_ path: BytePath) throws(CorpusError) {
    let result = unsafe path.withCString { unsafe unlink($0) }
    guard result == 0 else { throw .cannotWrite(path, errno) }
  }
}

extension BytePath {
  /// The path without its last component; `nil` if no parent remains.
  package var parent: BytePath? {
    let name = lastComponent
    guard !name.bytes.isEmpty, let last = bytes.lastIndex(where: { $0 != Self.separator }) else {
      return nil
    }
    var end = last + 1 - name.bytes.count
    while end > 1, bytes[end - 1] == Self.separator { end -= 1 }
    return end == 0 ? nil : BytePath(Array(bytes[..<end]))
  }

  /// The path as text, with U+FFFD for invalid UTF-8, as written to results files.
  package var text: String { String(decoding: bytes, as: UTF8.self) }
}
