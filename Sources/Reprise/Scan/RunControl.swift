internal import RepriseCorpus
internal import Synchronization

/// What a run has begun to write, for those who stop it.
final class RunControl: Sendable {
  private struct State {
    var results: FilePath?
    var scratch: ScratchFolder?
    var isResumable = false
  }

  private let state = Mutex(State())

  /// Results are being written into a hidden folder.
  func begin(results: FilePath) { state.withLock { $0.results = results } }

  /// A scratch folder is in use; whether another run can go on from it.
  func begin(scratch: ScratchFolder, isResumable: Bool) {
    state.withLock { state in
      state.scratch = scratch
      state.isResumable = isResumable
    }
  }

  /// The same of a folder in which `body` begins to write; who stops the run waits for that, and knows
  /// of the folder then.
  func begin(
    scratch: ScratchFolder, isResumable: Bool, _ body: () throws(CorpusError) -> SketchLog
  ) throws(CorpusError) -> SketchLog {
    try state.withLock { state throws(CorpusError) in
      let log = try body()
      state.scratch = scratch
      state.isResumable = isResumable
      return log
    }
  }

  /// Calls `body`, which puts the results in their place; nobody stops the run meanwhile.
  func commit(_ body: () throws(CorpusError) -> Void) throws(CorpusError) {
    try state.withLock { state throws(CorpusError) in
      try body()
      state.results = nil
      state.scratch?.remove()
      state.scratch = nil
    }
  }

  /// The run failed: what no other can go on from is removed.
  func fail() {
    state.withLock { state in
      if !state.isResumable { state.scratch?.remove() }
    }
  }

  /// Removes what is of no use once the process has ended.
  ///
  /// The lock stays taken: the run writes no more.
  func abandon() -> StoppedRun {
    state.withLock { state in
      if let results = state.results { ResultsFolder.discard(results) }
      guard let scratch = state.scratch else { return .notBegun }
      guard state.isResumable else {
        scratch.remove()
        return .lost
      }
      return .resumable
    }
  }
}

/// What is left of a run that was stopped.
public enum StoppedRun: Sendable {
  /// Nothing had been read, or all was done.
  case notBegun
  /// Another run can go on from it.
  case resumable
  /// What had been done is lost.
  case lost
}
