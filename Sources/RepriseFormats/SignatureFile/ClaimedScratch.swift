import RepriseSystem

/// A scratch folder that this run has locked.
package final class ClaimedScratch: Sendable {
  private let own: MarkedFolder

  /// The note in the marker of a folder whose parent was created for it and is removed with it.
  static let madeNamed = "made-with-folder"

  init(_ own: MarkedFolder) { self.own = own }

  /// The folder for temporary files.
  package var path: BytePath { own.path }

  /// The path of the signature file.
  package var signatures: BytePath { own.path.appending(ScratchFolder.signatures) }

  /// Creates an empty signature file, replacing an existing one.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite`.
  package func createSignatures() throws(CorpusError) -> SignatureFile {
    try SignatureFile.create(ScratchFolder.signatures, in: own.folder)
  }

  /// Opens the signature file of a stopped run, to append to it.
  ///
  /// - Returns: `nil` if there is none.
  /// - Throws: `cannotOpen` or `cannotRead`.
  package func openSignatures() throws(CorpusError) -> SignatureFile? {
    guard try own.folder.kind(of: ScratchFolder.signatures) != nil else { return nil }
    return try SignatureFile.open(appendingTo: ScratchFolder.signatures, in: own.folder)
  }

  /// Moves the complete signature file to its final path, replacing an existing signature file.
  ///
  /// - Throws: `cannotWrite`, or `invalidOutput` if the path was taken meanwhile by something else.
  ///   The path is then unchanged.
  func moveSignatures(to place: BytePath, in parent: borrowing OpenFolder) throws(CorpusError) {
    let name = ScratchFolder.signatures
    do throws(CorpusError) {
      return try own.folder.renameNew(name, to: place, in: parent)
    } catch {
      guard error.errorNumber == EEXIST else { throw error }
    }
    guard try SignatureFile.isSignatures(place, in: parent) else {
      throw .noSignatures(parent.path.appending(place))
    }
    guard try own.folder.exchange(name, with: place, in: parent) else {
      return try own.folder.rename(name, to: place, in: parent)
    }
    // The replaced file is checked again, now that no one else can exchange it.
    guard try SignatureFile.isSignatures(name, in: own.folder) else {
      _ = try own.folder.exchange(name, with: place, in: parent)
      throw .noSignatures(parent.path.appending(place))
    }
  }

  /// Removes the signature file and the folder, and the folder above if it was made for this one
  /// and nothing else is in it.
  ///
  /// - Throws: `cannotOpen`, `cannotRead` or `cannotWrite` for the first that stays.
  package func remove() throws(CorpusError) {
    try own.folder.remove(ScratchFolder.signatures, isFolder: false)
    for name in try own.folder.names()
    where name.bytes.starts(with: TemporaryFile.namePrefix.utf8) {
      try own.folder.remove(name, isFolder: false)
    }
    try own.remove()
    guard own.note == Self.madeNamed, let above = own.path.parent else { return }
    try Self.removeIfEmpty(above)
  }

  /// Removes a folder in which nothing is.
  ///
  /// - Throws: `cannotWrite`.
  static func removeIfEmpty(_ folder: BytePath) throws(CorpusError) {
    guard unsafe folder.withCString({ unsafe rmdir($0) }) != 0 else { return }
    let error = errno
    // Something else is in it, or it is gone.
    if [ENOTEMPTY, EEXIST, ENOENT, ENOTDIR].contains(error) { return }
    throw .cannotWrite(folder, error)
  }
}

extension CorpusError {
  static func noSignatures(_ path: BytePath) -> Self {
    Self(
      .invalidOutput, "already exists and is not a signature file, so it was not replaced",
      path: path)
  }
}
