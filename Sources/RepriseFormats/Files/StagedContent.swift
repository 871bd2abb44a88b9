/// The entries of an output's hidden folder, in addition to the marker.
enum StagedContent {
  /// The output while it is written.
  static let staged: BytePath = "content"
  /// An output that was discarded.
  static let discarded: BytePath = "discarded"
  /// The folder that the output replaced.
  static let replaced: BytePath = "replaced"

  /// Removes a hidden folder with the content that Reprise wrote into it.
  ///
  /// A corpus is removed with all of its folders. In a folder of results, only the files that
  /// belong to results are removed, because it may be a replaced folder with other people's files.
  /// Those remain, together with the hidden folder.
  ///
  /// - Throws: `cannotRead`, `cannotOpen` or `cannotWrite`.
  static func remove(from own: MarkedFolder) throws(CorpusError) {
    for name in [staged, discarded, replaced] where try own.folder.kind(of: name) == .folder {
      try remove(name, opened: OpenFolder(name, in: own.folder), from: own)
    }
    try own.remove()
  }

  /// Removes one of the folders in a hidden folder, in the same way.
  ///
  /// - Parameters:
  ///   - name: its name.
  ///   - folder: the same folder, open.
  ///   - own: the hidden folder.
  /// - Throws: `cannotRead`, `cannotOpen` or `cannotWrite`.
  static func remove(
    _ name: BytePath, opened folder: borrowing OpenFolder, from own: MarkedFolder
  ) throws(CorpusError) {
    guard own.purpose == .corpus else {
      try ReplacedFolder.removeResults(in: folder)
      try? own.folder.remove(name, isFolder: true)
      return
    }
    try folder.removeContent()
    try own.folder.remove(name, isFolder: true)
  }
}

/// The hidden folders that killed processes left next to an output.
enum StagedLeftovers {
  /// The characters between the output's name and the process id.
  static let suffix = ".partial-"

  /// Removes those whose process has ended.
  ///
  /// - Returns: errors for folders that could not be removed. Folders that Reprise did not create,
  ///   or that a running process has locked, are not included.
  static func remove(beside place: OutputPlace) -> [CorpusError] {
    let prefix = place.hidden(suffix).lastComponent.bytes
    guard let names = try? FolderTree.names(in: place.parent) else { return [] }
    var failures: [CorpusError] = []
    for name in names where name.bytes.starts(with: prefix) {
      let path = place.parent.appending(name)
      guard let own = try? MarkedFolder.find(.corpus, .results, at: path) else { continue }
      do throws(CorpusError) {
        try StagedContent.remove(from: own)
        if try FolderTree.kind(of: path) != nil {
          throw CorpusError(
            .invalidOutput, "a stopped run left files here that are not part of any results",
            path: path)
        }
      } catch {
        failures.append(error)
      }
    }
    return failures
  }
}
