internal import CKernels
internal import RepriseSystem
internal import Synchronization

/// Runs work on threads that end with it, so that a host program may fork before and after.
///
/// The system can refuse to create some or all of the threads. The calling thread and the created
/// ones then do all of the work, so no work may be assigned to a particular worker.
package enum Workers {
  /// The number of cores available to this process.
  package static var availableCores: Int { Int(reprise_available_cores()) }

  /// The maximum number of threads that one call creates in addition to the calling thread.
  ///
  /// Tests lower it to simulate a system that refuses to create threads.
  @TaskLocal static var creationLimit = Int.max

  /// Runs `body` on at most `count` threads, including the calling one, and waits for all of them.
  /// - Parameters:
  ///   - count: the desired number of threads; there may be fewer.
  ///   - body: called once on each thread with the number of the worker, which is below `count`.
  package static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    var threads: [pthread_t] = []
    for worker in 1..<max(1, count) where threads.count < creationLimit {
      // Released by `threadMain`, or below if no thread was created.
      let start = unsafe Unmanaged.passRetained(Start(worker: worker, body: body)).toOpaque()
      var thread = pthread_t()
      if unsafe pthread_create(&thread, nil, threadMain, start) == 0 {
        threads.append(thread)
      } else {
        unsafe Unmanaged<Start>.fromOpaque(start).release()
      }
    }
    body(0)
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Calls `body` once for each index below `count`, on at most `threads` threads.
  ///
  /// A cancelled run begins no further index; its caller must check that.
  package static func forEach(
    _ count: Int, threads: Int, _ cancellation: Cancellation?,
    _ body: @escaping @Sendable (Int) -> Void
  ) {
    forEach(count, threads: threads, cancellation) { _ in
      ()
    } body: { index, _ in
      body(index)
    }
  }

  /// Calls `body` once for each index below `count`, on at most `threads` threads that each have a
  /// state of their own.
  ///
  /// A cancelled run begins no further index; its caller must check that.
  /// - Parameters:
  ///   - count: the number of indices. They are claimed in ascending order.
  ///   - threads: the desired number of threads; there may be fewer.
  ///   - cancellation: the run's; nil if the work is short.
  ///   - state: creates the state of a thread; called once per thread with the number of the
  ///     worker, which is below `threads`.
  ///   - body: called with an index and the thread's state.
  ///   - end: called once per thread with its state, after its last index.
  package static func forEach<State: ~Copyable>(
    _ count: Int, threads: Int, _ cancellation: Cancellation?,
    state: @escaping @Sendable (_ worker: Int) -> State,
    body: @escaping @Sendable (_ index: Int, _ state: inout State) -> Void,
    end: @escaping @Sendable (borrowing State) -> Void = { _ in }
  ) {
    let next = Atomic(0)
    run(min(threads, count)) { worker in
      var own = state(worker)
      while !(cancellation?.isCancelled ?? false) {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { break }
        body(index, &own)
      }
      end(own)
    }
  }

  fileprivate final class Start: Sendable {
    let worker: Int
    let body: @Sendable (Int) -> Void
    init(worker: Int, body: @escaping @Sendable (Int) -> Void) {
      self.worker = worker
      self.body = body
    }
  }
}

private func threadMain(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument = unsafe argument else { return nil }
  let start = unsafe Unmanaged<Workers.Start>.fromOpaque(argument).takeRetainedValue()
  start.body(start.worker)
  return nil
}
