import RepriseSystem

/// The location of a run's temporary files, and of everything that a resumed run needs.
///
/// All of it is in a folder that Reprise creates for itself. In a folder named by the user, nothing
/// else is changed.
package struct ScratchFolder: Sendable {
  /// The folder that Reprise creates.
  package let path: BytePath
  /// The folder named by the user; `nil` if none was.
  package let named: BytePath?

  /// Creates a location inside a folder named by the user.
  package init(in folder: BytePath) {
    named = folder
    // The user id in the name keeps users who share a fast disk apart.
    path = folder.appending(BytePath("reprise-scratch-\(geteuid())"))
  }

  /// Creates the location of the hidden folder next to an output.
  package init(beside place: BytePath) {
    named = nil
    let name = BytePath(Array(".".utf8) + place.lastComponent.bytes + Array(".scratch".utf8))
    path = (place.parent ?? (place.isAbsolute ? "/" : "")).appending(name)
  }

  /// The name of the signature file.
  static let signatures: BytePath = "signatures"

  /// The path of the signature file.
  var signatures: BytePath { path.appending(Self.signatures) }

  /// Checks the folder named by the user, before anything is created.
  ///
  /// - Throws: `invalidOutput` if it is a symbolic link or not a folder; `cannotRead` if the system
  ///   cannot tell.
  package func check() throws(CorpusError) {
    guard let named else { return }
    switch try FolderTree.kind(of: named.withoutLastSeparators) {
    case nil, .folder: return
    case .link:
      throw CorpusError(
        .invalidOutput,
        "the scratch folder must not be a symbolic link: give the path that it leads to",
        path: named)
    default:
      throw CorpusError(
        .invalidOutput, "the scratch files need a folder, and this is something else", path: named)
    }
  }

  /// Whether there is something in its place, which may be of a stopped run.
  ///
  /// - Throws: `cannotRead` if the system cannot tell.
  package var exists: Bool {
    get throws(CorpusError) { try FolderTree.kind(of: path) != nil }
  }

  /// Creates the folder, or uses the one that a stopped run left, and locks it for this run.
  ///
  /// - Throws: `invalidOutput` if its path exists and was not created by Reprise; `inUse` if
  ///   another run has locked it; `cannotOpen`, `cannotRead` or `cannotWrite`.
  package func claim() throws(CorpusError) -> ClaimedScratch {
    let above = named ?? path.parent ?? ""
    let note = try FolderTree.kind(of: path.parent ?? ".") == nil ? ClaimedScratch.madeNamed : ""
    try FolderTree.create(above)
    do throws(CorpusError) {
      return try claim(note)
    } catch {
      if note == ClaimedScratch.madeNamed { try? ClaimedScratch.removeIfEmpty(above) }
      throw error
    }
  }

  private func claim(_ note: String) throws(CorpusError) -> ClaimedScratch {
    // The other run that takes or removes it at this moment is done soon.
    for _ in 0..<100 {
      if let found = try MarkedFolder.find(.scratch, at: path, note: note) {
        return ClaimedScratch(found)
      }
      if let made = try MarkedFolder.make(.scratch, at: path, note: note) {
        return ClaimedScratch(made)
      }
      usleep(1000)
    }
    throw CorpusError(.inUse, "another run writes to it", path: path)
  }

  /// The size in bytes of the signature file that a stopped run left; 0 if there is none.
  package var signatureByteCount: Int {
    (try? FileStatus(of: signatures)).map { Int(clamping: $0.byteCount) } ?? 0
  }

  /// The number of bytes free for this user on the folder's disk.
  package var freeByteCount: Int { Self.freeByteCount(at: path) }

  /// Returns the number of free bytes on the disk of a path, which need not exist; a very large
  /// number if it is unknown.
  package static func freeByteCount(at path: BytePath) -> Int {
    var status = statvfs()
    let folder = FolderTree.nearest(path)
    let result = unsafe folder.withCString { unsafe statvfs($0, &status) }
    guard result == 0 else { return Int.max / 2 }
    let (count, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(
      by: UInt64(status.f_frsize))
    return overflow ? Int.max / 2 : min(Int(clamping: count), Int.max / 2)
  }

  /// Returns whether the folder is on the same disk as a path, which need not exist.
  package func isOnDisk(of other: BytePath) -> Bool {
    let devices = [path, other].map { try? FileStatus(of: FolderTree.nearest($0)).device }
    return devices[0] == devices[1]
  }
}
