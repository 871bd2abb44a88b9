import RepriseSystem

/// A results folder while it is written.
///
/// Its final path does not change before ``commit(_:)``.
///
/// Files are written into a hidden folder next to the final path, which is removed if there is no
/// commit. The results of an earlier run are replaced in one step, and nothing else is changed.
package final class ResultsFolder: Sendable {
  /// The files of a results folder.
  package enum Name: String, CaseIterable, Sendable {
    /// The decision on every document: ``ManifestEntry``.
    case manifest = "manifest.jsonl"
    /// The clusters of similar documents: ``ClusterEntry``.
    case clusters = "clusters.jsonl"
    /// The verified pairs: ``PairEntry``.
    case pairs = "pairs.jsonl"
    /// The repeated passages: ``PassageEntry``.
    case passages = "passages.jsonl"
    /// Everything that was skipped or replaced: ``Problem``.
    case problems = "problems.jsonl"
    /// The manifest, pairs and passages as tables, and the members of clusters: ``ResultTable``.
    case manifestTable = "manifest.parquet"
    case clustersTable = "clusters.parquet"
    case pairsTable = "pairs.parquet"
    case passagesTable = "passages.parquet"
    /// The run as a whole: ``Summary``.
    case summary = "summary.json"

    package var path: BytePath { BytePath(rawValue) }
  }

  private let staged: StagedFolder
  private let replaces: Bool
  let finished = FinishedFiles()

  /// Creates the hidden folder for the results.
  ///
  /// - Parameter place: the final path, where only an empty folder or the results of an earlier run
  ///   may exist.
  /// - Throws: `invalidOutput` if the path is something else, which is not changed; `cannotOpen` or
  ///   `cannotWrite`.
  package init(creating place: BytePath) throws(CorpusError) {
    let place = try OutputPlace(place, "a results folder")
    replaces = try Self.holdsResults(place)
    staged = try StagedFolder(for: place, .results)
  }

  /// The final path of the folder.
  package var place: BytePath { staged.place.path }

  /// The hidden folder that becomes the results.
  ///
  /// It can also be used for unnamed files, because it is on the same disk.
  package var scratch: BytePath { staged.path }

  /// Leftovers of killed runs next to the final path that could not be removed.
  package var leftovers: [CorpusError] { staged.leftovers }

  /// The complete files.
  package var files: [ResultsFileRecord] { finished.all }

  /// Removes the hidden folder, unless the results were published.
  ///
  /// They will not be.
  package func discard() { staged.discard() }

  /// Creates a file of JSON Lines.
  ///
  /// - Throws: `cannotOpen`, also if the file was created before.
  package func file(_ name: Name) throws(CorpusError) -> ResultsFile {
    try ResultsFile(creating: name, in: staged.path, finished)
  }

  /// Writes the summary, with the checksums of the complete files, and publishes the folder.
  ///
  /// - Returns: failures after the folder was published.
  /// - Throws: `cannotOpen` or `cannotWrite`; `stopped` after ``discard()``. The path is then
  ///   unchanged.
  package func commit(_ summary: Summary) throws(CorpusError) -> [CorpusError] {
    let file = try OpenFile(
      staged.path.appending(Name.summary.path), flags: O_WRONLY | O_CREAT | O_EXCL)
    var buffer = ByteBuffer(capacity: 64 << 10)
    var summary = summary
    summary.files = files
    summary.tree.appendPretty(to: &buffer)
    buffer.append("\n")
    try buffer.flush(to: file)
    guard fsync(file.descriptor) == 0 else { throw .cannotWrite(file.path, errno) }
    return replaces ? try staged.commitReplacing() : try staged.commit()
  }

  /// Returns whether the path contains the results of an earlier run and nothing else.
  private static func holdsResults(_ output: OutputPlace) throws(CorpusError) -> Bool {
    guard let kind = output.kind else { return false }
    let place = output.path
    guard kind == .folder else {
      throw CorpusError(
        .invalidOutput, "not a folder", path: place)
    }
    let folder = try OpenFolder(place)
    let names = try folder.names()
    if names.isEmpty { return false }
    let known = Set(Name.allCases.map(\.path))
    for name in names {
      let isFile = try folder.kind(of: name) == .file
      if isFile && known.contains(name) { continue }
      throw CorpusError(
        .invalidOutput,
        "the folder contains \"\(name)\", which is not a results file, so it was not replaced",
        path: place)
    }
    guard (try? Summary(readingFrom: place)) != nil else {
      throw CorpusError(
        .invalidOutput,
        "the folder is not empty and is not a results folder, so it was not replaced",
        path: place)
    }
    return true
  }
}
