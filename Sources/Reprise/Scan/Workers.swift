internal import CKernels
internal import Glibc
internal import Synchronization

/// Threads of a run.
///
/// They are made for one piece of work and end with it, so that a host program may fork before and
/// after.
public enum Workers {
  /// The cores that this process may use.
  public static var availableCores: Int { Int(reprise_available_cores()) }

  /// Runs `body` on `count` threads, the calling one among them, and returns when all have.
  /// - Parameters:
  ///   - count: the threads.
  ///   - body: called with the worker's number, once a worker.
  static func run(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
    var threads: [pthread_t] = []
    for worker in 1..<max(1, count) {
      let start = unsafe Unmanaged.passRetained(Start(worker: worker, body: body)).toOpaque()
      var thread = pthread_t()
      if unsafe pthread_create(&thread, nil, threadMain, start) == 0 {
        threads.append(thread)
      } else {
        // Fewer threads than asked for: the ones that are there do the work.
        unsafe Unmanaged<Start>.fromOpaque(start).release()
      }
    }
    body(0)
    for thread in threads { pthread_join(thread, nil) }
  }

  /// Runs `body` for every index below `count`, each once, on `threads` threads.
  static func forEach(_ count: Int, threads: Int, _ body: @escaping @Sendable (Int) -> Void) {
    let next = Atomic(0)
    run(min(threads, count)) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < count else { return }
        body(index)
      }
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
