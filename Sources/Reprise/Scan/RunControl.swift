internal import RepriseCorpus
internal import Synchronization

/// What a run has begun to write, for those who stop it.
///
/// Whatever would have to be removed again, and what puts the results in their place, is done under
/// one lock and only while nobody has stopped the run. So once ``abandon()`` has returned, a run that
/// goes on can neither put results in their place nor leave anything new behind.
final class RunControl: Sendable {
  private struct State {
    var results: ResultsFolder?
    var scratch: ClaimedScratch?
    var isResumable = false
    /// What is left, once the run has ended by itself or was stopped.
    var end: StoppedRun?
    var isAbandoned = false
  }

  private let state = Mutex(State())

  /// Makes the hidden folder that results are written into.
  ///
  /// - Throws: what `body` throws, or `stopped`.
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

  /// Takes a scratch folder.
  ///
  /// - Parameters:
  ///   - isResumable: whether another run can go on from it.
  ///   - body: takes it.
  /// - Returns: what `body` returns.
  /// - Throws: what `body` throws, or `stopped`.
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

  /// Makes a file in the scratch folder.
  ///
  /// - Throws: what `body` throws, or `stopped`.
  func write(_ body: () throws(CorpusError) -> SketchLog) throws(CorpusError) -> SketchLog {
    try whileWanted { _ throws(CorpusError) in try body() }
  }

  /// No other run can go on from the scratch folder any more.
  func giveUpResuming() { state.withLock { $0.isResumable = false } }

  /// Calls `body`, which puts the output in its place, and removes the scratch folder.
  ///
  /// - Returns: what failed once the output was in its place.
  /// - Throws: what `body` throws, or `stopped`.
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

  /// The run failed: what no other can go on from is removed, and the rest is given free.
  func fail() { state.withLock { state in _ = Self.end(&state) } }

  /// Removes what is of no use once the process has ended; a run that has come to its end stays as
  /// it is.
  ///
  /// - Returns: what is left.
  func abandon() -> StoppedRun {
    state.withLock { state in
      state.isAbandoned = true
      return Self.end(&state)
    }
  }

  private static func end(_ state: inout State) -> StoppedRun {
    if let end = state.end { return end }
    state.results?.discard()
    var end = StoppedRun.notBegun
    if let scratch = state.scratch {
      end = state.isResumable ? .resumable : .lost
      // The run has failed already, and the next one tries again.
      if !state.isResumable { try? scratch.remove() }
    }
    (state.results, state.scratch, state.end) = (nil, nil, end)
    return end
  }
}

/// What is left of a run that was stopped.
public enum StoppedRun: Sendable {
  /// Nothing had been read.
  case notBegun
  /// Another run can go on from it.
  case resumable
  /// What had been done is lost.
  case lost
  /// All was done: the output is in its place.
  case done
}
