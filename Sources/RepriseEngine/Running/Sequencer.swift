internal import RepriseSystem

/// Lets threads perform numbered steps one after another, in the order of the numbers.
@safe
package final class Sequencer: @unchecked Sendable {
  // The mutex guards `next`. Both pointers are allocated once and freed only by `deinit`.
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let changed = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
  private var next = 0

  package init() {
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(changed, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(mutex)
    unsafe changed.deallocate()
    unsafe mutex.deallocate()
  }

  /// Waits until all steps with smaller numbers are complete, then calls `body`.
  ///
  /// - Parameters:
  ///   - number: the number of the step, from 0. Every number must be performed exactly once.
  ///   - body: the step.
  package func perform(inTurn number: Int, _ body: () -> Void) {
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
