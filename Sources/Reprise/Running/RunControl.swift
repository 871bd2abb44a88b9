internal import RepriseEngine
internal import RepriseFormats
internal import Synchronization

/// Records what a run has begun to write, so that another thread can stop the run.
///
/// Everything that would need cleaning up, and the final commit, happens under one lock and only
/// while the run has not been stopped. After ``abandon()`` has returned, a run that continues can
/// neither publish results nor leave new files: its next step throws `stopped`.
final class RunControl: Sendable {
  private struct State {
    var results: ResultsFolder?
    var scratch: ClaimedScratch?
    var isResumable = false
    /// The final state of the run, after it ended or was stopped.
    var end: Cancellation.Outcome?
    var isAbandoned = false
  }

  private let state = Mutex(State())

  /// Creates the control of a run, which ends when `cancellation` is cancelled.
  init(_ cancellation: Cancellation) { cancellation.onCancel { self.abandon() } }

  /// Creates the hidden folder into which results are written.
  ///
  /// - Throws: errors of `body`, or `stopped`.
  func begin(
    results body: () throws(CorpusError) -> ResultsFolder
  ) throws(CorpusError) -> ResultsFolder {
    try whileWanted { state throws(CorpusError) in
      let results = try body()
      state.results = results
      state.end = nil
      return results
    }
  }

  /// Claims a scratch folder, and records it.
  ///
  /// - Parameters:
  ///   - isResumable: whether another run can continue from the folder.
  ///   - body: claims the folder.
  /// - Returns: the result of `body`.
  /// - Throws: errors of `body`, or `stopped`.
  func begin(
    isResumable: Bool, scratch body: () throws(CorpusError) -> ClaimedScratch
  ) throws(CorpusError) -> ClaimedScratch {
    try whileWanted { state throws(CorpusError) in
      let scratch = try body()
      state.scratch = scratch
      state.isResumable = isResumable
      state.end = nil
      return scratch
    }
  }

  /// Creates a file in the scratch folder.
  ///
  /// - Throws: errors of `body`, or `stopped`.
  func write(_ body: () throws(CorpusError) -> SketchLog) throws(CorpusError) -> SketchLog {
    try whileWanted { _ throws(CorpusError) in try body() }
  }

  /// Marks the run as one that cannot be resumed.
  func giveUpResuming() { state.withLock { $0.isResumable = false } }

  /// Calls `body`, which publishes the output, and then removes the scratch folder.
  ///
  /// - Returns: failures after the output was published.
  /// - Throws: errors of `body`, or `stopped`.
  func commit(
    _ body: () throws(CorpusError) -> [CorpusError]
  ) throws(CorpusError) -> [CorpusError] {
    try whileWanted { state throws(CorpusError) in
      var failures = try body()
      state.results = nil
      do throws(CorpusError) { try state.scratch?.remove() } catch { failures.append(error) }
      state.scratch = nil
      state.end = .done
      return failures
    }
  }

  private func whileWanted<Value>(
    _ body: (inout State) throws(CorpusError) -> Value
  ) throws(CorpusError) -> Value {
    try state.withLock { state throws(CorpusError) in
      if state.isAbandoned { throw CorpusError.stopped() }
      return try body(&state)
    }
  }

  /// Cleans up after an error.
  ///
  /// Files that a resumed run needs are kept, and the lock on their folder is released.
  func fail() { state.withLock { state in _ = Self.end(&state) } }

  /// Stops the run, and deletes everything that is useless after the process has ended.
  ///
  /// A run that has already ended is not changed.
  ///
  /// - Returns: the state in which the run was stopped.
  func abandon() -> Cancellation.Outcome {
    state.withLock { state in
      state.isAbandoned = true
      return Self.end(&state)
    }
  }

  private static func end(_ state: inout State) -> Cancellation.Outcome {
    if let end = state.end { return end }
    state.results?.discard()
    var end = Cancellation.Outcome.notBegun
    if let scratch = state.scratch {
      end = state.isResumable ? .resumable : .lost
      // The run has failed already, and the next one tries again.
      if !state.isResumable { try? scratch.remove() }
    }
    (state.results, state.scratch, state.end) = (nil, nil, end)
    return end
  }
}
