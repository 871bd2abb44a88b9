// The slow paths of the standard library's Mutex, in a form that ThreadSanitizer sees.
//
// Mutex takes and releases its word by atomic operations, which are compiled into its users and so
// are seen. When two threads meet, it calls into the standard library, which is compiled without
// the sanitizer and lets the kernel hand the lock over: nothing is seen, and whatever the lock
// guards looks like a race. These functions, linked into an executable, go before the library's. They
// wait by asking again, so no waiter is ever noted in the word, and what releases it is always seen.
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

// Swift's calling convention: self is in a register of its own.
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))
#define NAME(name) __asm__("$s15Synchronization12_MutexHandleV" name)
typedef _Atomic(uint32_t) word;

SWIFT void lock_slow(uint32_t thread, SELF word *lock) NAME("9_lockSlowyys6UInt32VF");
SWIFT bool try_lock_slow(SELF word *lock) NAME("12_tryLockSlowSbyF");
SWIFT void unlock_slow(SELF word *lock) NAME("11_unlockSlowyyF");

SWIFT void lock_slow(uint32_t thread, SELF word *lock) {
  uint32_t unlocked = 0;
  while (!atomic_compare_exchange_weak_explicit(lock, &unlocked, thread, memory_order_acquire,
                                                memory_order_relaxed)) {
    unlocked = 0;
    sched_yield();
  }
}

SWIFT bool try_lock_slow(SELF word *lock) {
  uint32_t unlocked = 0;
  // No thread has the number 1, so a lock that is taken so is released by the slow path.
  return atomic_compare_exchange_strong_explicit(lock, &unlocked, 1, memory_order_acquire,
                                                 memory_order_relaxed);
}

SWIFT void unlock_slow(SELF word *lock) {
  atomic_store_explicit(lock, 0, memory_order_release);
}
