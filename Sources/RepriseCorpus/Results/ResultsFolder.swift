import Glibc

/// A results folder that is being written; nothing stands in its place before ``commit(_:)``.
///
/// Files are written into a hidden folder beside the place, which is removed if there is no commit.
/// A results folder of an earlier run is replaced in one step, everything else is left alone.
public final class ResultsFolder: Sendable {
  /// The files of a results folder.
  public enum Name: String, CaseIterable, Sendable {
    /// What becomes of every document: ``ManifestEntry``.
    case manifest = "manifest.jsonl"
    /// Which documents belong together: ``ClusterEntry``.
    case clusters = "clusters.jsonl"
    /// Which pairs were verified: ``PairEntry``.
    case pairs = "pairs.jsonl"
    /// Which passages repeat: ``PassageEntry``.
    case passages = "passages.jsonl"
    /// What was skipped or repaired: ``Problem``.
    case problems = "problems.jsonl"
    /// The run as a whole: ``Summary``.
    case summary = "summary.json"

    var path: BytePath { BytePath(rawValue) }
  }

  private let staged: StagedFolder
  private let replaces: Bool
  private let finished = FinishedFiles()

  /// Prepares a folder for the results.
  ///
  /// - Parameter place: Where the folder will be: nothing, an empty folder, or the results of an
  ///   earlier run.
  /// - Throws: `invalidOutput` if something else is there, which stays untouched; `cannotOpen` or
  ///   `cannotWrite`.
  public init(creating place: BytePath) throws(CorpusError) {
    let place = try OutputPlace(place, "a results folder")
    replaces = try Self.holdsResults(place)
    staged = try StagedFolder(for: place, .results)
  }

  /// The place of the finished folder.
  public var place: BytePath { staged.place.path }

  /// The hidden folder that becomes the results, also for files without a name: it is on the same
  /// disk, and gone if the run fails.
  public var scratch: BytePath { staged.path }

  /// What killed runs left beside the place and could not be removed.
  public var leftovers: [CorpusError] { staged.leftovers }

  /// Removes the hidden folder, if the results were not put in their place: they will not be.
  public func discard() { staged.discard() }

  /// Starts a file of JSON Lines.
  ///
  /// - Throws: `cannotOpen`, also if the file was started before.
  public func file(_ name: Name) throws(CorpusError) -> ResultsFile {
    try ResultsFile(creating: name, in: staged.path, finished)
  }

  /// Writes the summary, with what the finished files hold, and puts the folder in its place.
  ///
  /// - Returns: what failed once the folder was in its place.
  /// - Throws: `cannotOpen` or `cannotWrite`; `stopped` after ``discard()``. The place is then as
  ///   it was.
  public func commit(_ summary: Summary) throws(CorpusError) -> [CorpusError] {
    let file = try OpenFile(
      staged.path.appending(Name.summary.path), flags: O_WRONLY | O_CREAT | O_EXCL)
    var buffer = ByteBuffer(capacity: 64 << 10)
    var summary = summary
    summary.files = finished.all
    summary.tree.appendPretty(to: &buffer)
    buffer.append("\n")
    try buffer.flush(to: file)
    guard fsync(file.descriptor) == 0 else { throw .cannotWrite(file.path, errno) }
    return replaces ? try staged.commitReplacing() : try staged.commit()
  }

  /// Whether the place holds the results of an earlier run and nothing else.
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
