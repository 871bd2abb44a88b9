import Glibc

/// Where a signature file will be once it is complete, and where it is until then.
public struct SignaturePlace: Sendable {
  /// The place.
  public let path: FilePath
  /// The hidden file beside it that is written to.
  public let hidden: FilePath

  /// The folder of both.
  public let folder: FilePath

  /// Prepares to write a file.
  ///
  /// - Throws: `invalidOutput` if something else than a signature file is there, or the path has no
  ///   name of its own; `cannotWrite` if the folder cannot be made.
  public init(_ path: FilePath) throws(CorpusError) {
    let name = path.lastComponent
    guard !name.bytes.isEmpty, name != ".", name != ".." else {
      throw CorpusError(.invalidOutput, "the path does not name a file", path: path)
    }
    if FolderTree.exists(path), !Self.holdsSignatures(path) {
      throw CorpusError(
        .invalidOutput, "already exists and is not a signature file, so it was not replaced",
        path: path)
    }
    self.path = path
    folder = path.parent ?? "."
    try FolderTree.create(folder)
    hidden = folder.appending(
      FilePath(Array(".".utf8) + name.bytes + Array(".partial".utf8)))
  }

  private static func holdsSignatures(_ path: FilePath) -> Bool {
    guard !FolderTree.isFolder(path), let file = try? OpenFile.file(reading: path) else {
      return false
    }
    return unsafe withUnsafeTemporaryAllocation(byteCount: 8, alignment: 8) { room in
      let count = unsafe (try? file.read(into: room, at: 0)) ?? 0
      return unsafe count == 8 && room.elementsEqual(SignatureBlock.magic)
    }
  }

  /// Puts the hidden file in its place.
  ///
  /// - Throws: `cannotWrite`.
  public func commit() throws(CorpusError) {
    let result = unsafe hidden.withCString { from in
      unsafe path.withCString { to in unsafe rename(from, to) }
    }
    guard result == 0 else { throw .cannotWrite(path, errno) }
    try FolderTree.synchronize(path.parent ?? "")
  }
}
