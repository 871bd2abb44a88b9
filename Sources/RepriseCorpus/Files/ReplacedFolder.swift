import Glibc

/// The folder of earlier results whose place new ones took.
///
/// Only now can nobody add to it under the name that people know, so only now is it looked at.
/// Files that results have are removed; whatever else is in it goes back to where it was put.
struct ReplacedFolder: ~Copyable {
  private let folder: OpenFolder
  /// The name that it has now, in the hidden folder.
  private let name: BytePath

  /// How often is looked again for what is added by those who have the old folder open.
  private static let rounds = 8

  /// Puts a new folder in the place of an older one.
  ///
  /// - Parameters:
  ///   - new: the name of the new folder.
  ///   - own: the hidden folder that it is in, and that the older one is in then.
  ///   - place: the name of the place.
  ///   - parent: the folder of the place.
  /// - Throws: `cannotWrite`, `cannotRead`, or `invalidOutput` if what was in the place is no
  ///   folder; everything is where it was then.
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

  /// The name under which the older folder is in the hidden one then.
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

  /// Removes what belongs to results and puts back what does not.
  ///
  /// - Returns: what stays in the hidden folder, if something does.
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

  /// Removes the files that results have from a folder, and nothing else.
  ///
  /// - Throws: `cannotRead` or `cannotWrite`.
  static func removeResults(in folder: borrowing OpenFolder) throws(CorpusError) {
    for name in ResultsFolder.Name.allCases where try folder.kind(of: name.path) == .file {
      try folder.remove(name.path, isFolder: false)
    }
  }
}
