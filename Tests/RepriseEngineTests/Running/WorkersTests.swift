import Synchronization
import Testing

@testable import RepriseEngine

/// Threads of which the system makes fewer than are asked for.
@Suite("Workers")
struct WorkersTests {
  @Test("every index is done once, in order of its beginning, however few threads there are")
  func everyIndexOnce() {
    for limit in [0, 1, 2, 7] {
      let done = Mutex([Int](repeating: 0, count: 1000))
      let workers = Mutex(Set<Int>())
      let ended = Mutex([Int]())
      Workers.$creationLimit.withValue(limit) {
        Workers.forEach(1000, threads: 5, nil) { worker in
          workers.withLock { _ = $0.insert(worker) }
          return [Int]()
        } body: { index, own in
          done.withLock { $0[index] += 1 }
          own.append(index)
        } end: { own in
          #expect(own == own.sorted())
          ended.withLock { $0 += own }
        }
      }
      #expect(done.withLock { $0.allSatisfy { $0 == 1 } })
      #expect(ended.withLock { $0.sorted() } == Array(0..<1000))
      #expect(workers.withLock { $0 } == Set(0...min(limit, 4)), "limit \(limit)")
    }
  }

  @Test("nothing to do needs no more than the calling thread")
  func nothing() {
    let calls = Mutex(0)
    Workers.forEach(0, threads: 4, nil) { _ in calls.withLock { $0 += 1 } }
    #expect(calls.withLock { $0 } == 0)
  }

  @Test("a cancelled run begins no further index")
  func cancelled() {
    let cancellation = Cancellation()
    let calls = Mutex(0)
    Workers.forEach(1000, threads: 3, cancellation) { index in
      calls.withLock { $0 += 1 }
      if index == 10 { cancellation.cancel() }
    }
    #expect((11...13).contains(calls.withLock { $0 }))
  }
}
