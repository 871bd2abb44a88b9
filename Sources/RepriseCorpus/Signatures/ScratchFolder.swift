import Glibc

/// The folder in which a run keeps what it may go on from, and its temporary files.
public struct ScratchFolder: Sendable {
  /// Where it is.
  public let path: FilePath

  /// The folder of a path that the user named.
  public init(_ path: FilePath) { self.path = path }

  /// The hidden folder beside a place for results.
  public init(beside place: FilePath) {
    let name = FilePath(Array(".".utf8) + place.lastComponent.bytes + Array(".scratch".utf8))
    path = (place.parent ?? "").appending(name)
  }

  /// The signature file in it.
  public var signatures: FilePath { path.appending("signatures") }

  /// Makes the folder where it is missing.
  ///
  /// - Throws: `cannotWrite`.
  public func create() throws(CorpusError) { try FolderTree.create(path) }

  /// The bytes of the signature file in it.
  public var signatureByteCount: Int {
    (try? FileStatus(of: signatures)).map { Int(clamping: $0.byteCount) } ?? 0
  }

  /// Removes the signature file, and the folder if nothing else is in it.
  public func remove() {
    try? FolderTree.remove(signatures)
    unsafe path.withCString { unsafe _ = rmdir($0) }
  }

  /// The bytes that the disk of the folder has free for this user; nil if it cannot say.
  public var freeByteCount: Int? {
    var status = statvfs()
    guard unsafe path.withCString({ unsafe statvfs($0, &status) }) == 0 else { return nil }
    let (count, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(
      by: UInt64(status.f_frsize))
    return overflow ? nil : Int(clamping: count)
  }
}
