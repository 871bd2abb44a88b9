internal import RepriseEngine
import Synchronization

/// Records what a cleaning run has begun to write, so that another thread can stop the run.
final class CleaningControl: Sendable {
  private struct State {
    var staged: StagedFolder?
    var isAbandoned = false
  }

  private let state = Mutex(State())

  /// Creates the control of a run, which ends when `cancellation` is cancelled.
  init(_ cancellation: Cancellation) { cancellation.onCancel { self.abandon() } }

  /// Creates the folder to write into, unless the run was stopped.
  ///
  /// - Throws: `stopped`, and errors of `body`.
  func begin(
    _ body: () throws(CorpusError) -> StagedFolder
  ) throws(CorpusError) -> StagedFolder {
    try state.withLock { state throws(CorpusError) in
      if state.isAbandoned { throw CorpusError.stopped() }
      let staged = try body()
      state.staged = staged
      return staged
    }
  }

  /// Removes everything that the run has written so far.
  ///
  /// The run then fails, and its output is not published.
  ///
  /// - Returns: `done` if the output was already published.
  private func abandon() -> Cancellation.Outcome {
    state.withLock { state in
      state.isAbandoned = true
      guard let staged = state.staged else { return .notBegun }
      return staged.discard() ? .lost : .done
    }
  }
}
