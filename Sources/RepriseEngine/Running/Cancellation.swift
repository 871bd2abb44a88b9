internal import Synchronization

/// Stops a run from another thread.
///
/// Give one to a run, and call ``cancel()`` from any thread. The run then throws an error within
/// about 200 ms, and publishes nothing. A run that waits for a pipe throws when the pipe gives
/// bytes or ends, but what it has written is removed at once. Each cancellation belongs to one run.
public final class Cancellation: Sendable {
  /// The state in which a run was stopped.
  public enum Outcome: Sendable {
    /// The run had not read anything.
    case notBegun
    /// Another run can continue from here.
    case resumable
    /// The completed work is lost.
    case lost
    /// The run was complete and its output was published.
    case done
  }

  private let flag = Atomic(false)
  private let stop = Mutex<(@Sendable () -> Outcome)?>(nil)

  /// Creates the cancellation of one run.
  public init() {}

  /// True after ``cancel()`` was called.
  public var isCancelled: Bool { flag.load(ordering: .relaxed) }

  /// Stops the run, and removes what it has written unless another run can continue from it.
  ///
  /// A run that has ended is not changed. Safe to call more than once.
  ///
  /// - Returns: the state in which the run was stopped, after everything useless was removed. The
  ///   process can then exit, even if the run has not thrown yet.
  @discardableResult
  public func cancel() -> Outcome {
    let stop = stop.withLock { stop in
      flag.store(true, ordering: .relaxed)
      return stop
    }
    return stop?() ?? .notBegun
  }

  /// Sets what ``cancel()`` calls to clean up; calls it now if the run was cancelled before.
  package func onCancel(_ body: @escaping @Sendable () -> Outcome) {
    let isCancelled = stop.withLock { stop in
      stop = body
      return flag.load(ordering: .relaxed)
    }
    if isCancelled { _ = body() }
  }

  /// Ends a run of the engine that was cancelled.
  ///
  /// - Throws: `stopped`.
  func checkRun() throws(EngineError) {
    if isCancelled { throw .stopped }
  }
}
