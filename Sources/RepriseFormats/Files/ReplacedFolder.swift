import RepriseSystem

/// The folder of earlier results after new ones have replaced it.
///
/// Files can no longer be added to it under its old path, so only now is it examined. Files
/// that belong to results are removed, and all others are moved to the new folder.
struct ReplacedFolder: ~Copyable {
  private let folder: OpenFolder
  /// Its current name in the hidden folder.
  private let name: BytePath

  /// The number of attempts, because a process that has the old folder open can still add files.
  private static let rounds = 8

  /// Replaces an older folder with a new one.
  ///
  /// - Parameters:
  ///   - new: the name of the new folder.
  ///   - own: the hidden folder that contains the new folder, and afterwards the older one.
  ///   - place: the name of the older folder.
  ///   - parent: the folder that contains the older folder.
  /// - Throws: `cannotWrite`, `cannotRead`, or `invalidOutput` if the replaced entry was not a
  ///   folder. Everything is then as it was.
  init(
    exchanging new: BytePath, in own: borrowing OpenFolder, with place: BytePath,
    in parent: borrowing OpenFolder
  ) throws(CorpusError) {
    let name = try Self.exchange(new, own, place, parent)
    do throws(CorpusError) {
      folder = try Self.folder(name, in: own, for: parent.path.appending(place))
    } catch {
      try Self.exchangeBack(name, new, own, place, parent)
      throw error
    }
    self.name = name
  }

  /// Exchanges the folders, and returns the name of the older one in the hidden folder.
  private static func exchange(
    _ new: BytePath, _ own: borrowing OpenFolder, _ place: BytePath,
    _ parent: borrowing OpenFolder
  ) throws(CorpusError) -> BytePath {
    if try own.exchange(new, with: place, in: parent) { return new }
    let name = StagedContent.replaced
    try parent.rename(place, to: name, in: own)
    do throws(CorpusError) {
      try own.rename(new, to: place, in: parent)
    } catch {
      try own.rename(name, to: place, in: parent)
      throw error
    }
    return name
  }

  private static func exchangeBack(
    _ name: BytePath, _ new: BytePath, _ own: borrowing OpenFolder, _ place: BytePath,
    _ parent: borrowing OpenFolder
  ) throws(CorpusError) {
    if name == new {
      _ = try own.exchange(new, with: place, in: parent)
    } else {
      try parent.rename(place, to: new, in: own)
      try own.rename(name, to: place, in: parent)
    }
  }

  private static func folder(
    _ name: BytePath, in own: borrowing OpenFolder, for place: BytePath
  ) throws(CorpusError) -> OpenFolder {
    guard try own.kind(of: name) == .folder else {
      throw CorpusError(
        .invalidOutput, "something that is not a folder has replaced the earlier results",
        path: place)
    }
    return try OpenFolder(name, in: own)
  }

  /// Removes the files that belong to results, and moves the others to the new folder.
  ///
  /// - Returns: an error if entries remain in the hidden folder.
  consuming func settle(
    in own: borrowing OpenFolder, beside place: BytePath, in parent: borrowing OpenFolder
  ) -> CorpusError? {
    var last: Int32?
    for _ in 0..<Self.rounds {
      do throws(CorpusError) {
        try Self.removeResults(in: folder)
        let new = try OpenFolder(place, in: parent)
        for stranger in try folder.names() {
          try folder.renameNew(stranger, to: stranger, in: new)
        }
        try own.remove(name, isFolder: true)
        return nil
      } catch {
        last = error.errorNumber
      }
    }
    return CorpusError(
      .cannotWrite,
      "the earlier results are here with what was added to them, and could not be cleared away",
      path: folder.path, errorNumber: last)
  }

  /// Removes the files that belong to results from a folder, and nothing else.
  ///
  /// - Throws: `cannotRead` or `cannotWrite`.
  static func removeResults(in folder: borrowing OpenFolder) throws(CorpusError) {
    for name in ResultsFolder.Name.allCases where try folder.kind(of: name.path) == .file {
      try folder.remove(name.path, isFolder: false)
    }
  }
}
