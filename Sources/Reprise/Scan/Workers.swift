internal import CKernels
internal import Glibc
internal import Synchronization

/// Threads of a run.
///
/// They are made for one piece of work and end with it, so that a host program may fork before and
/// after. The system may refuse to make some of them, or all: the calling thread and those that were
/// made then do the whole work, so nothing may be left to one certain worker.
public enum Workers {
  /// The cores that this process may use.
  public static var availableCores: Int { Int(reprise_available_cores()) }

  /// The most threads that one call may make beside the calling one.
  ///
  /// Tests lower it, to run as on a system that refuses to make threads.
  @TaskLocal static var creationLimit = Int.max

  /// Runs `body` on at most `count` threads, the calling one among them, and returns when all have.
  /// - Parameters:
  ///   - count: the threads that are wanted; there may be fewer.
  ///   - body: called once on each thread with the worker's number, which is below `count`.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    var threads: [pthread_t] = []
    for worker in 1..<max(1, count) where threads.count < creationLimit {
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

  /// Runs `body` for every index below `count`, each once, on `threads` threads.
  static func forEach(_ count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Void) {
    forEach(count, threads: threads) { _ in
      ()
    } body: { index, _ in
      body(index)
    }
  }

  /// Runs `body` for every index below `count`, each once, on at most `threads` threads, with
  /// something that each thread has for itself.
  /// - Parameters:
  ///   - count: the indices; they are begun in ascending order.
  ///   - threads: the threads that are wanted; there may be fewer.
  ///   - state: makes what a thread has for itself; called once on each thread with the worker's
  ///     number, which is below `threads`.
  ///   - body: called with an index and what its thread has.
  ///   - end: called on each thread with what it has, after its last index.
  static func forEach<State: ~Copyable>(
    _ count: Int, threads: Int, state: @escaping @Sendable (_ worker: Int) -> State,
    body: @escaping @Sendable (_ index: Int, _ state: inout State) -> Void,
    end: @escaping @Sendable (borrowing State) -> Void = { _ in }
  ) {
    let next = Atomic(0)
    run(min(threads, count)) { worker in
      var own = state(worker)
      while true {
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
