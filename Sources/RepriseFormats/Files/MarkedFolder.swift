import RepriseSystem

/// A folder that Reprise created for its own files.
///
/// A marker file in the folder identifies it, and a lock on the marker shows that a run uses it. A
/// folder without the marker belongs to someone else, even if its name matches. It is neither used
/// nor removed.
final class MarkedFolder: Sendable {
  /// The purpose of a marked folder.
  enum Purpose: String, Sendable {
    case scratch
    case results
    case corpus
  }

  /// The name of the marker file.
  static let marker: BytePath = "made-by-reprise"

  let purpose: Purpose
  let folder: OpenFolder
  /// A text in the marker that a later run can read.
  let note: String
  private let parent: OpenFolder
  private let name: BytePath
  /// Holds the lock as long as the file is open.
  private let lock: OpenFile

  var path: BytePath { folder.path }

  private init(
    _ purpose: Purpose, _ folder: consuming OpenFolder, _ name: BytePath,
    in parent: consuming OpenFolder, lock: consuming OpenFile, note: String
  ) {
    self.purpose = purpose
    self.folder = folder
    self.name = name
    self.parent = parent
    self.lock = lock
    self.note = note
  }

  /// Creates a folder with its marker.
  ///
  /// - Returns: `nil` if the path already exists.
  /// - Throws: `cannotOpen` or `cannotWrite`.
  static func make(
    _ purpose: Purpose, at path: BytePath, note: String = ""
  ) throws(CorpusError) -> MarkedFolder? {
    let parent = try OpenFolder(path.parent ?? "")
    let name = path.lastComponent
    // Only the owner can read the folder, because it may contain part of a private corpus.
    guard try parent.makeFolder(name, mode: 0o700) else { return nil }
    let folder: OpenFolder
    do throws(CorpusError) {
      folder = try OpenFolder(name, in: parent)
    } catch {
      try? parent.remove(name, isFolder: true)
      throw error
    }
    return try mark(purpose, folder, name, in: parent, note)
  }

  /// Opens and locks a folder that an earlier run created.
  ///
  /// - Parameters:
  ///   - purposes: the accepted purposes; an empty folder gets the first.
  ///   - path: the folder.
  ///   - note: the note for the marker of an empty folder.
  /// - Returns: `nil` if the path does not exist, or was removed just now.
  /// - Throws: `invalidOutput` if the entry was not created by Reprise; `inUse` if another run has
  ///   locked it; `cannotOpen`, `cannotRead` or `cannotWrite`.
  static func find(
    _ purposes: Purpose..., at path: BytePath, note: String = ""
  ) throws(CorpusError) -> MarkedFolder? {
    let parent = try OpenFolder(path.parent ?? "")
    let name = path.lastComponent
    guard let kind = try parent.kind(of: name) else { return nil }
    guard kind == .folder else { throw .notOwn(path) }
    let folder = try OpenFolder(name, in: parent)
    guard try isTrusted(folder, in: parent) else { throw .notOwn(path) }
    switch try folder.kind(of: marker) {
    case .file: break
    case nil where try folder.names().isEmpty:
      // A run was killed before it wrote the marker.
      return try mark(purposes[0], folder, name, in: parent, note)
    default: throw .notOwn(path)
    }
    let lock = try OpenFile(marker, in: folder, flags: O_RDWR)
    var text = try content(of: lock)
    let purpose = purposes.first { text.hasPrefix(header($0)) }
    guard purpose != nil || text.isEmpty else { throw .notOwn(path) }
    guard try take(lock) else { return nil }
    if text.isEmpty {
      guard try folder.names() == [marker] else { throw .notOwn(path) }
      text = try write(purposes[0], note, to: lock)
    }
    let lines = text.split(separator: "\n")
    return MarkedFolder(
      purpose ?? purposes[0], folder, name, in: parent, lock: lock,
      note: lines.count > 2 ? String(lines[2]) : "")
  }

  /// Whether a folder has the marker of any purpose.
  ///
  /// - Throws: `cannotOpen` or `cannotRead` if the system cannot tell.
  static func isMarked(_ path: BytePath) throws(CorpusError) -> Bool {
    let folder = try OpenFolder(path)
    guard try folder.kind(of: marker) == .file else { return false }
    let file = try OpenFile(marker, in: folder, flags: O_RDONLY | O_NONBLOCK)
    return try content(of: file).hasPrefix(format)
  }

  /// Removes the marker and the folder, unless the folder has other entries; then both are left.
  ///
  /// - Throws: `cannotOpen`, `cannotRead` or `cannotWrite`.
  func remove() throws(CorpusError) {
    guard try folder.names().count(where: { $0 != Self.marker }) == 0 else { return }
    try folder.remove(Self.marker, isFolder: false)
    try parent.remove(name, isFolder: true)
  }

  private static let format = "reprise-folder 1 "

  private static func header(_ purpose: Purpose) -> String { "\(format)\(purpose.rawValue)\n" }

  private static func mark(
    _ purpose: Purpose, _ folder: consuming OpenFolder, _ name: BytePath,
    in parent: consuming OpenFolder, _ note: String
  ) throws(CorpusError) -> MarkedFolder? {
    let lock: OpenFile
    do throws(CorpusError) {
      guard let made = try makeMarker(purpose, note, in: folder) else {
        // A folder that another run holds has a marker, so it is not empty and stays.
        try? parent.remove(name, isFolder: true)
        return nil
      }
      lock = made
    } catch {
      // The run cannot use the folder, and no other has begun to, unless something is in it.
      try? parent.remove(name, isFolder: true)
      throw error
    }
    return MarkedFolder(purpose, folder, name, in: parent, lock: lock, note: note)
  }

  /// Writes a marker and locks it.
  ///
  /// - Returns: `nil` if another run takes the same folder, or took an empty one for a leftover.
  /// - Throws: `cannotOpen`, `cannotRead` or `cannotWrite`; the marker is then gone again.
  private static func makeMarker(
    _ purpose: Purpose, _ note: String, in folder: borrowing OpenFolder
  ) throws(CorpusError) -> OpenFile? {
    let lock: OpenFile
    do throws(CorpusError) {
      lock = try OpenFile(marker, in: folder, flags: O_RDWR | O_CREAT | O_EXCL)
    } catch {
      guard error.errorNumber == EEXIST || error.errorNumber == ENOENT else { throw error }
      return nil
    }
    do throws(CorpusError) {
      guard try take(lock, isNew: true) else { return nil }
      _ = try write(purpose, note, to: lock)
    } catch {
      try? folder.remove(marker, isFolder: false)
      throw error
    }
    return lock
  }

  private static func write(
    _ purpose: Purpose, _ note: String, to file: borrowing OpenFile
  ) throws(CorpusError) -> String {
    let text = header(purpose) + "Reprise made this folder for a run and removes it.\n\(note)\n"
    unsafe try Array(text.utf8).withUnsafeBufferPointer { bytes throws(CorpusError) in
      unsafe try file.write(UnsafeRawBufferPointer(bytes), at: 0)
    }
    return text
  }

  private static func content(of file: borrowing OpenFile) throws(CorpusError) -> String {
    guard try file.status().kind == .file else { return "?" }
    var bytes = [UInt8](repeating: 0, count: 256)
    let count = unsafe try bytes.withUnsafeMutableBufferPointer { buffer throws(CorpusError) in
      unsafe try file.read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
    }
    return String(decoding: bytes[..<count], as: UTF8.self)
  }

  /// Locks a marker.
  ///
  /// - Parameters:
  ///   - file: the marker.
  ///   - isNew: true if this run has just created it. On a file system without locks, a run uses a
  ///     folder that it created, but not an older one, which another run may be using.
  /// - Returns: false if the marker was removed before the lock was acquired.
  /// - Throws: `inUse`, or `cannotOpen` if the file system has no locks.
  private static func take(
    _ file: borrowing OpenFile, isNew: Bool = false
  ) throws(CorpusError) -> Bool {
    if flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 {
      let error = errno
      if error == EWOULDBLOCK {
        // Another run is checking whether the new folder is a leftover, and will find that it is
        // empty.
        if isNew { return false }
        throw CorpusError(.inUse, "another run writes to it", path: file.path.parent)
      }
      guard isNew else { throw .cannotOpen(file.path, error) }
    }
    var status = stat()
    guard unsafe fstat(file.descriptor, &status) == 0 else { throw .cannotRead(file.path, errno) }
    return status.st_nlink > 0
  }

  /// Returns whether the folder's owner can be trusted: this user, or the owner of the parent
  /// folder.
  ///
  /// On some network disks, all files have one owner.
  private static func isTrusted(
    _ folder: borrowing OpenFolder, in parent: borrowing OpenFolder
  ) throws(CorpusError) -> Bool {
    let owner = try folder.status().st_uid
    if owner == geteuid() { return true }
    return try parent.status().st_uid == owner
  }
}

extension CorpusError {
  fileprivate static func notOwn(_ path: BytePath) -> Self {
    Self(
      .invalidOutput,
      "this name is needed for a folder of Reprise, and Reprise did not make what is there",
      path: path)
  }
}
