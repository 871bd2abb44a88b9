import Synchronization

/// What stops a cleaning from another thread.
public final class CleaningControl: Sendable {
  private struct State {
    var staged: StagedFolder?
    var isAbandoned = false
  }

  private let state = Mutex(State())

  /// Creates the control of one cleaning.
  public init() {}

  /// Makes the folder that is written into, unless the cleaning was stopped.
  ///
  /// - Throws: `stopped`, and what `body` throws.
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

  /// Removes what the cleaning has written so far; the cleaning fails, and its output is not put in
  /// its place.
  ///
  /// - Returns: false if the output was in its place already.
  public func abandon() -> Bool {
    state.withLock { state in
      state.isAbandoned = true
      return state.staged?.discard() ?? true
    }
  }
}
