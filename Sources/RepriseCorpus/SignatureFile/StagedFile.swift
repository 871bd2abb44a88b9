/// Where a signature file will be once it is complete.
public struct StagedFile: Sendable {
  private let place: OutputPlace

  /// The place.
  public var path: BytePath { place.path }

  /// Looks at a place before a file is written for it.
  ///
  /// - Throws: `invalidOutput` if something else than a signature file is there, or the path has no
  ///   name of its own; `cannotOpen`, `cannotRead`, or `cannotWrite` if the folder cannot be made.
  public init(_ path: BytePath) throws(CorpusError) {
    place = try OutputPlace(path, "a signature file")
    try FolderTree.create(place.parent)
    guard place.kind != nil else { return }
    guard try SignatureFile.isSignatures(place.name, in: OpenFolder(place.parent)) else {
      throw .noSignatures(place.path)
    }
  }

  /// Fails if the file that is there is one of those that are read.
  ///
  /// - Throws: `invalidOutput`, or `cannotOpen` if the file cannot be looked at.
  public func check(_ inputs: [InputFile]) throws(CorpusError) {
    guard place.kind != nil else { return }
    let status = try FileStatus(of: place.path)
    for source in inputs
    where source.status.inode == status.inode && source.status.device == status.device {
      throw CorpusError(
        .invalidOutput, "the output is one of the inputs, \"\(source.path)\"", path: place.path)
    }
  }

  /// Puts a finished file in its place.
  ///
  /// - Returns: what failed once the file was in its place.
  /// - Throws: `cannotOpen`, `cannotWrite`, or `invalidOutput` if something else got the place.
  public func commit(_ scratch: ClaimedScratch) throws(CorpusError) -> [CorpusError] {
    let parent = try OpenFolder(place.parent)
    try scratch.moveSignatures(to: place.name, in: parent)
    do throws(CorpusError) { try parent.synchronize() } catch { return [error] }
    return []
  }
}
