/// The final path of a signature file that is not complete yet.
package struct StagedFile: Sendable {
  private let place: OutputPlace

  /// The final path.
  package var path: BytePath { place.path }

  /// Whether a signature file is there already.
  package var exists: Bool { place.kind != nil }

  /// Checks a path before a file is written for it.
  ///
  /// - Throws: `invalidOutput` if the path exists and is not a signature file, or has no name of
  ///   its own; `cannotOpen`, `cannotRead`, or `cannotWrite` if the parent folder cannot be
  ///   created.
  package init(_ path: BytePath) throws(CorpusError) {
    place = try OutputPlace(path, "a signature file")
    try FolderTree.create(place.parent)
    guard place.kind != nil else { return }
    guard try SignatureFile.isSignatures(place.name, in: OpenFolder(place.parent)) else {
      throw .noSignatures(place.path)
    }
  }

  /// Checks that the existing file, if any, is not one of the inputs.
  ///
  /// - Throws: `invalidOutput`, or `cannotOpen` if the file cannot be examined.
  package func check(_ inputs: [InputFile]) throws(CorpusError) {
    guard place.kind != nil else { return }
    let status = try FileStatus(of: place.path)
    for source in inputs
    where source.status.inode == status.inode && source.status.device == status.device {
      throw CorpusError(
        .invalidOutput, "the output is one of the inputs, \"\(source.path)\"", path: place.path)
    }
  }

  /// Moves a complete file to its final path.
  ///
  /// - Returns: failures after the file was moved.
  /// - Throws: `cannotOpen`, `cannotWrite`, or `invalidOutput` if the path was taken meanwhile by
  ///   something else.
  package func commit(_ scratch: ClaimedScratch) throws(CorpusError) -> [CorpusError] {
    let parent = try OpenFolder(place.parent)
    try scratch.moveSignatures(to: place.name, in: parent)
    do throws(CorpusError) { try parent.synchronize() } catch { return [error] }
    return []
  }
}
