import Glibc

/// Where a run keeps what it may go on from, and its temporary files.
///
/// All of it is in a folder that Reprise makes for itself: in a folder that the user named nothing
/// else is touched.
public struct ScratchFolder: Sendable {
  /// The folder that Reprise makes.
  public let path: BytePath
  /// The folder that the user named; `nil` if none was.
  public let named: BytePath?

  /// A place in a folder that the user named.
  public init(in folder: BytePath) {
    named = folder
    // Users who share a fast disk do not get into each other's way.
    path = folder.appending(BytePath("reprise-scratch-\(geteuid())"))
  }

  /// The hidden folder beside an output.
  public init(beside place: BytePath) {
    named = nil
    let name = BytePath(Array(".".utf8) + place.lastComponent.bytes + Array(".scratch".utf8))
    path = (place.parent ?? (place.isAbsolute ? "/" : "")).appending(name)
  }

  /// The name of the signature file.
  static let signatures: BytePath = "signatures"

  /// The signature file in it.
  var signatures: BytePath { path.appending(Self.signatures) }

  /// Looks at what the user named before anything is done.
  ///
  /// - Throws: `invalidOutput` if it is a symbolic link or no folder; `cannotRead` if the system
  ///   cannot tell.
  public func check() throws(CorpusError) {
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

  /// Makes the folder, or takes the one that a stopped run left, and holds it for this run alone.
  ///
  /// - Throws: `invalidOutput` if something has its path that Reprise did not make; `inUse` if
  ///   another run holds it; `cannotOpen`, `cannotRead` or `cannotWrite`.
  public func claim() throws(CorpusError) -> ClaimedScratch {
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

  /// The bytes of the signature file that a stopped run left.
  public var signatureByteCount: Int {
    (try? FileStatus(of: signatures)).map { Int(clamping: $0.byteCount) } ?? 0
  }

  /// The bytes that the disk of the folder has free for this user.
  public var freeByteCount: Int { Self.freeByteCount(at: path) }

  /// The bytes that the disk has free on which a path is or will be; very many if it cannot say.
  public static func freeByteCount(at path: BytePath) -> Int {
    var status = statvfs()
    let folder = FolderTree.nearest(path)
    let result = unsafe folder.withCString { unsafe statvfs($0, &status) }
    guard result == 0 else { return Int.max / 2 }
    let (count, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(
      by: UInt64(status.f_frsize))
    return overflow ? Int.max / 2 : min(Int(clamping: count), Int.max / 2)
  }

  /// Whether the folder is on the disk on which a path is or will be.
  public func isOnDisk(of other: BytePath) -> Bool {
    let devices = [path, other].map { try? FileStatus(of: FolderTree.nearest($0)).device }
    return devices[0] == devices[1]
  }
}
