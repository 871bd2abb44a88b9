/// What stands in the hidden folder of an output, besides the marker.
enum StagedContent {
  /// What is written.
  static let staged: BytePath = "content"
  /// What was written and is not wanted any more.
  static let discarded: BytePath = "discarded"
  /// The folder whose place the output took.
  static let replaced: BytePath = "replaced"

  /// Removes a hidden folder with what Reprise wrote into it.
  ///
  /// A corpus is removed with all of its folders. Of results only the files that results have are
  /// removed: a folder of results may be one that stood in the place before, and somebody may have
  /// put files into it. Those stay, and the hidden folder with them.
  ///
  /// - Throws: `cannotRead`, `cannotOpen` or `cannotWrite`.
  static func remove(from own: MarkedFolder) throws(CorpusError) {
    for name in [staged, discarded, replaced] {
      if own.purpose == .corpus {
        try own.folder.removeTree(name)
      } else if try own.folder.kind(of: name) == .folder {
        try ReplacedFolder.removeResults(in: OpenFolder(name, in: own.folder))
        try? own.folder.remove(name, isFolder: true)
      }
    }
    try own.remove()
  }
}

/// The hidden folders that killed processes left beside a place.
enum StagedLeftovers {
  /// What stands between the name of the place and the number of the process.
  static let suffix = ".partial-"

  /// Removes those whose process is gone.
  ///
  /// - Returns: what could not be removed; folders that Reprise did not make, or that a running
  ///   process holds, are none of it.
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
