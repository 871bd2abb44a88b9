import Glibc

/// A folder that Reprise made for its own files.
///
/// A marker file in it says so, and a lock on the marker says that a run uses it. A folder without
/// the marker is somebody else's, whatever its name is: it is neither used nor removed.
final class MarkedFolder: Sendable {
  /// What such a folder is for.
  enum Purpose: String, Sendable {
    case scratch
    case results
    case corpus
  }

  /// The name of the marker file.
  static let marker: BytePath = "made-by-reprise"

  let purpose: Purpose
  let folder: OpenFolder
  /// A word in the marker that a later run reads again.
  let note: String
  private let parent: OpenFolder
  private let name: BytePath
  /// Holds the lock for as long as it is open.
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

  /// Makes a folder with its marker.
  ///
  /// - Returns: `nil` if something has the path already.
  /// - Throws: `cannotOpen` or `cannotWrite`.
  static func make(
    _ purpose: Purpose, at path: BytePath, note: String = ""
  ) throws(CorpusError) -> MarkedFolder? {
    let parent = try OpenFolder(path.parent ?? "")
    let name = path.lastComponent
    // Nobody else looks into it: what is in it may be half of a private corpus.
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

  /// Opens a folder that an earlier run made, and holds it.
  ///
  /// - Parameters:
  ///   - purposes: what it may be for; an empty folder gets the first.
  ///   - path: the folder.
  ///   - note: what the marker of an empty folder will say.
  /// - Returns: `nil` if nothing has the path, or it has just gone.
  /// - Throws: `invalidOutput` if something is there that Reprise did not make; `inUse` if another
  ///   run holds it; `cannotOpen`, `cannotRead` or `cannotWrite`.
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
      // A run was killed before it came to the marker.
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

  /// Removes the marker and the folder, unless something else is in it; then both stay.
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

  /// Takes the lock on a marker.
  ///
  /// - Parameters:
  ///   - file: the marker.
  ///   - isNew: whether this run has just made it. Where files cannot be locked, a run goes on with
  ///     a folder of its own, but takes no older one: another run may be at work in it.
  /// - Returns: false if the marker was removed before the lock was taken.
  /// - Throws: `inUse`, or `cannotOpen` where files cannot be locked.
  private static func take(
    _ file: borrowing OpenFile, isNew: Bool = false
  ) throws(CorpusError) -> Bool {
    if flock(file.descriptor, LOCK_EX | LOCK_NB) != 0 {
      let error = errno
      if error == EWOULDBLOCK {
        // Somebody looks whether the new folder was left behind, and will find that it is empty.
        if isNew { return false }
        throw CorpusError(.inUse, "another run writes to it", path: file.path.parent)
      }
      guard isNew else { throw .cannotOpen(file.path, error) }
    }
    var status = stat()
    guard unsafe fstat(file.descriptor, &status) == 0 else { throw .cannotRead(file.path, errno) }
    return status.st_nlink > 0
  }

  /// Whether nobody else could have made the folder: it belongs to this user, or to the owner of
  /// the folder that it is in, as every file does on some network disks.
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
