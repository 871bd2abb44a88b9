import CKernels
import RepriseSystem
import Synchronization

/// A folder that is written under a hidden name next to its final path, and published as a whole.
///
/// Until ``commit()`` there is only `.NAME.partial-PID`, which contains a marker and the folder. A
/// staged folder that is destroyed without a commit removes it. If a process is killed, it leaves
/// the hidden folder, and the next run with the same output removes it.
final class StagedFolder: Sendable {
  /// The final path of the folder.
  let place: OutputPlace
  /// The folder to write into.
  let path: BytePath
  /// Leftovers of killed runs that could not be removed.
  let leftovers: [CorpusError]

  private let own: MarkedFolder
  private let parent: OpenFolder
  /// The folder to write into, kept open so that it can be emptied where nothing can be opened.
  private let content: OpenFolder
  private let state = Mutex(State.open)

  private enum State { case open, committed, discarded }

  /// Creates the hidden folder, and missing parent folders.
  ///
  /// - Parameters:
  ///   - place: the final path.
  ///   - purpose: the kind of content.
  /// - Throws: `cannotOpen`, `cannotRead` or `cannotWrite`.
  init(for place: OutputPlace, _ purpose: MarkedFolder.Purpose) throws(CorpusError) {
    try FolderTree.create(place.parent)
    self.place = place
    parent = try OpenFolder(place.parent)
    leftovers = StagedLeftovers.remove(beside: place)
    own = try Self.makeHidden(beside: place, purpose)
    path = own.path.appending(StagedContent.staged)
    content = try Self.makeContent(in: own)
  }

  private static func makeContent(in own: MarkedFolder) throws(CorpusError) -> OpenFolder {
    let name = StagedContent.staged
    do throws(CorpusError) {
      guard try own.folder.makeFolder(name, mode: 0o777) else {
        throw .cannotWrite(own.path.appending(name), EEXIST)
      }
      return try OpenFolder(name, in: own.folder)
    } catch {
      try? own.folder.remove(name, isFolder: true)
      try? own.remove()
      throw error
    }
  }

  private static func makeHidden(
    beside place: OutputPlace, _ purpose: MarkedFolder.Purpose
  ) throws(CorpusError) -> MarkedFolder {
    for attempt in 1..<100 {
      let suffix = attempt == 1 ? "" : "-\(attempt)"
      let path = place.hidden("\(StagedLeftovers.suffix)\(getpid())\(suffix)")
      if let made = try MarkedFolder.make(purpose, at: path) { return made }
    }
    throw .cannotWrite(place.hidden(StagedLeftovers.suffix + "\(getpid())"), EEXIST)
  }

  deinit { discard() }

  /// Removes the written content, unless it was published.
  ///
  /// Nothing can be added meanwhile, because the folder to write into is renamed first.
  ///
  /// - Returns: false if the folder was already published.
  @discardableResult
  func discard() -> Bool {
    state.withLock { state in
      guard state == .open else { return state == .discarded }
      state = .discarded
      try? own.folder.rename(StagedContent.staged, to: StagedContent.discarded, in: own.folder)
      try? StagedContent.remove(StagedContent.discarded, opened: content, from: own)
      try? own.remove()
      return true
    }
  }

  /// Waits until all files in the folder are on the disk.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite`.
  func synchronizeFiles() throws(CorpusError) {
    let result = reprise_synchronize_file_system(content.descriptor)
    guard result == 0 else { throw .cannotWrite(path, result) }
  }

  /// Publishes the folder at its final path, where only an empty folder may exist.
  ///
  /// - Returns: failures after the folder was published.
  /// - Throws: `cannotWrite` if there is another entry, or the disk fails; `stopped` after
  ///   ``discard()``. The path is then unchanged.
  func commit() throws(CorpusError) -> [CorpusError] {
    try finish { () throws(CorpusError) in
      try own.folder.rename(StagedContent.staged, to: place.name, in: parent)
      return nil
    }
  }

  /// Publishes the folder at its final path, replacing an older folder.
  ///
  /// The two folders are exchanged in one step if the system supports that; otherwise the older one
  /// is moved aside for a moment. Files of results in the older folder are removed, and all others
  /// are moved to the new folder.
  ///
  /// - Returns: failures after the folder was published.
  /// - Throws: `cannotWrite`; `invalidOutput` if the path was taken meanwhile by an entry that is
  ///   not a folder; `stopped` after ``discard()``. The path is then unchanged.
  func commitReplacing() throws(CorpusError) -> [CorpusError] {
    try finish { () throws(CorpusError) in
      guard try parent.kind(of: place.name) != nil else {
        try own.folder.rename(StagedContent.staged, to: place.name, in: parent)
        return nil
      }
      let old = try ReplacedFolder(
        exchanging: StagedContent.staged, in: own.folder, with: place.name, in: parent)
      return old.settle(in: own.folder, beside: place.name, in: parent)
    }
  }

  private func finish(
    _ put: () throws(CorpusError) -> CorpusError?
  ) throws(CorpusError) -> [CorpusError] {
    try state.withLock { state throws(CorpusError) in
      guard state == .open else { throw CorpusError.stopped(place.path) }
      try content.synchronize()
      var failures: [CorpusError] = []
      if let failure = try put() { failures.append(failure) }
      state = .committed
      // The folder has been published, and later failures do not change that.
      do throws(CorpusError) { try parent.synchronize() } catch { failures.append(error) }
      do throws(CorpusError) { try own.remove() } catch { failures.append(error) }
      return failures
    }
  }
}
