import Synchronization

/// Lets another thread stop a cleaning run.
public final class CleaningControl: Sendable {
  private struct State {
    var staged: StagedFolder?
    var isAbandoned = false
  }

  private let state = Mutex(State())

  /// Creates the control of one cleaning run.
  public init() {}

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
  /// - Returns: false if the output was already published.
  public func abandon() -> Bool {
    state.withLock { state in
      state.isAbandoned = true
      return state.staged?.discard() ?? true
    }
  }
}
