internal import Glibc

/// Lets threads do something one after the other in the order of their numbers.
@safe
final class Sequencer: @unchecked Sendable {
  // The mutex guards `next`.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var next = 0

  init() {
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(changed, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(mutex)
    unsafe changed.deallocate()
    unsafe mutex.deallocate()
  }

  /// Calls `body` when those with all smaller numbers have had their turns.
  ///
  /// - Parameters:
  ///   - number: from 0; every number must be performed, once.
  ///   - body: what is done in turn.
  func perform(inTurn number: Int, _ body: () -> Void) {
    unsafe pthread_mutex_lock(mutex)
    while next != number { unsafe pthread_cond_wait(changed, mutex) }
    unsafe pthread_mutex_unlock(mutex)
    body()
    unsafe pthread_mutex_lock(mutex)
    next += 1
    unsafe pthread_cond_broadcast(changed)
    unsafe pthread_mutex_unlock(mutex)
  }
}
