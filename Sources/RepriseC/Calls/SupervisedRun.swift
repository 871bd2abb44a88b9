internal import CReprise
internal import Reprise
internal import RepriseSystem
internal import Synchronization

/// Runs work on a thread of its own, and meanwhile calls a progress function on the calling thread.
///
/// A host that runs code of its own in the progress function, such as Python, is so called on a
/// thread that it knows, at a rate that does not slow the work, and can stop the run at any time.
final class SupervisedRun<Value: Sendable>: Sendable {
  typealias Report = @Sendable (RunProgress) -> Void
  typealias Body = @Sendable (Cancellation, @escaping Report) throws(CallError) -> Value

  private let body: Body
  private let cancellation = Cancellation()
  private let state = Mutex<(progress: RunProgress?, result: Result<Value, CallError>?)>((nil, nil))
  nonisolated(unsafe) private let end = UnsafeMutablePointer<sem_t>.allocate(capacity: 1)

  /// The time between two calls of the progress function in nanoseconds.
  private let interval = 20_000_000

  private init(_ body: @escaping Body) {
    self.body = body
    sem_init(end, 0, 0)
  }

  deinit {
    sem_destroy(end)
    end.deallocate()
  }

  /// Runs work.
  ///
  /// - Parameters:
  ///   - progress: called on this thread; nil to run the work on this thread.
  ///   - context: the first argument of `progress`.
  ///   - body: the work; takes a cancellation, and a function for its progress.
  /// - Returns: the result of `body`.
  /// - Throws: what `body` throws; `stopped` if `progress` stopped the run.
  static func run(
    _ progress: reprise_progress?, _ context: UnsafeMutableRawPointer?, _ body: @escaping Body
  ) throws(CallError) -> Value {
    let run = SupervisedRun(body)
    guard let progress, let thread = run.start() else {
      return try body(run.cancellation) { _ in }
    }
    // The thread holds the work's memory until it has ended, and the caller may release that next.
    defer { pthread_join(thread, nil) }
    return try run.supervise(progress, context)
  }

  /// Starts the thread; returns nil if the system refuses.
  private func start() -> pthread_t? {
    var thread = pthread_t()
    let start = ThreadStart { self.work() }
    let retained = Unmanaged.passRetained(start)
    let code = pthread_create(
      &thread, nil,
      { argument in
        guard let argument else { return nil }
        Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, retained.toOpaque())
    guard code == 0 else {
      retained.release()
      return nil
    }
    return thread
  }

  private func work() {
    let result: Result<Value, CallError>
    do throws(CallError) {
      result = .success(
        try body(cancellation) { now in self.state.withLock { $0.progress = now } })
    } catch {
      result = .failure(error)
    }
    state.withLock { $0.result = result }
    sem_post(end)
  }

  private func supervise(
    _ progress: reprise_progress, _ context: UnsafeMutableRawPointer?
  ) throws(CallError) -> Value {
    while true {
      waitOnce()
      let (now, result) = state.withLock { ($0.progress, $0.result) }
      if let result { return try result.get() }
      guard !cancellation.isCancelled else { continue }
      let phase = now?.phase.rawValue ?? RunProgress.Phase.reading.rawValue
      let code = phase.withCString {
        progress(context, $0, Int64(now?.completed ?? 0), Int64(now?.total ?? -1))
      }
      if code != 0 { cancellation.cancel() }
    }
  }

  /// Waits until the work has ended, but not longer than the interval.
  private func waitOnce() {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    let nanoseconds = time.tv_nsec + interval
    time.tv_sec += nanoseconds / 1_000_000_000
    time.tv_nsec = nanoseconds % 1_000_000_000
    while sem_timedwait(end, &time) != 0 && errno == EINTR {}
  }
}

/// The closure that a new thread calls.
private final class ThreadStart: Sendable {
  let body: @Sendable () -> Void
  init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}
