import CKernels
import Glibc
import Synchronization

/// A folder that is written under a hidden name beside its place and put there as a whole.
///
/// Until ``commit()`` there is only `.NAME.partial-PID`, with a marker and the folder in it. A
/// staged folder that goes away without a commit removes it. A process that is killed leaves it
/// behind, and the next that writes to the same place removes it.
final class StagedFolder: Sendable {
  /// The place that the folder gets in the end.
  let place: OutputPlace
  /// The folder to write into.
  let path: BytePath
  /// What killed runs left here and could not be removed.
  let leftovers: [CorpusError]

  private let own: MarkedFolder
  private let parent: OpenFolder
  private let state = Mutex(State.open)

  private enum State { case open, committed, discarded }

  /// Makes the hidden folder, and the folders above it where they are missing.
  ///
  /// - Parameters:
  ///   - place: where the folder will be.
  ///   - purpose: what is written into it.
  /// - Throws: `cannotOpen`, `cannotRead` or `cannotWrite`.
  init(for place: OutputPlace, _ purpose: MarkedFolder.Purpose) throws(CorpusError) {
    try FolderTree.create(place.parent)
    self.place = place
    parent = try OpenFolder(place.parent)
    leftovers = StagedLeftovers.remove(beside: place)
    own = try Self.makeHidden(beside: place, purpose)
    path = own.path.appending(StagedContent.staged)
    guard try own.folder.makeFolder(StagedContent.staged, mode: 0o777) else {
      throw .cannotWrite(path, EEXIST)
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

  /// Removes what was written, unless it was put in its place.
  ///
  /// Nothing can be added meanwhile: the folder to write into is gone from its path first.
  ///
  /// - Returns: false if it was put in its place before.
  @discardableResult
  func discard() -> Bool {
    state.withLock { state in
      guard state == .open else { return state == .discarded }
      state = .discarded
      try? own.folder.rename(StagedContent.staged, to: StagedContent.discarded, in: own.folder)
      try? StagedContent.remove(from: own)
      return true
    }
  }

  /// Waits until the disk has every file in the folder, whatever their number.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite`.
  func synchronizeFiles() throws(CorpusError) {
    let folder = try OpenFolder(StagedContent.staged, in: own.folder)
    let result = reprise_synchronize_file_system(folder.descriptor)
    guard result == 0 else { throw .cannotWrite(path, result) }
  }

  /// Puts the folder in its place, where nothing or an empty folder may be.
  ///
  /// - Returns: what failed once the folder was in its place.
  /// - Throws: `cannotWrite` if something else is there, or the disk fails; `stopped` after
  ///   ``discard()``. The place is then as it was.
  func commit() throws(CorpusError) -> [CorpusError] {
    try finish { () throws(CorpusError) in
      try own.folder.rename(StagedContent.staged, to: place.name, in: parent)
      return nil
    }
  }

  /// Puts the folder in the place of an older one.
  ///
  /// The two trade places in one step where the system can do that; elsewhere the older one is set
  /// aside for a moment. Files of results in the older one are removed, all else that somebody put
  /// there is put back.
  ///
  /// - Returns: what failed once the folder was in its place.
  /// - Throws: `cannotWrite`; `invalidOutput` if something that is no folder got the place
  ///   meanwhile; `stopped` after ``discard()``. The place is then as it was.
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
      try OpenFolder(StagedContent.staged, in: own.folder).synchronize()
      var failures: [CorpusError] = []
      if let failure = try put() { failures.append(failure) }
      state = .committed
      // The folder is in its place: what fails now changes nothing of that.
      do throws(CorpusError) { try parent.synchronize() } catch { failures.append(error) }
      do throws(CorpusError) { try own.remove() } catch { failures.append(error) }
      return failures
    }
  }
}
