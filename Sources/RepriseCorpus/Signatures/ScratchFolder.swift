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

  /// The bytes that the disk of the folder has free for this user.
  public var freeByteCount: Int { Self.freeByteCount(at: path) }

  /// The bytes that the disk has free on which a path is or will be; very many if it cannot say.
  public static func freeByteCount(at path: FilePath) -> Int {
    var status = statvfs()
    let folder = FolderTree.nearest(path)
    let result = unsafe folder.withCString { unsafe statvfs($0, &status) }
    guard result == 0 else { return Int.max / 2 }
    let (count, overflow) = UInt64(status.f_bavail).multipliedReportingOverflow(
      by: UInt64(status.f_frsize))
    return overflow ? Int.max / 2 : min(Int(clamping: count), Int.max / 2)
  }

  /// Whether the folder is on the disk on which a path is or will be.
  public func isOnDisk(of other: FilePath) -> Bool {
    let devices = [path, other].map { try? FileStatus(of: FolderTree.nearest($0)).device }
    return devices[0] == devices[1]
  }
}
