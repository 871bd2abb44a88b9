internal import RepriseCore
internal import Synchronization

/// One verifier per thread.
struct VerifierPool: @unchecked Sendable {
  // While workers run, worker i alone uses verifier i.
  let all: [ExactVerifier<Never>]

  init(count: Int, _ make: () -> ExactVerifier<Never>) {
    all = (0..<count).map { _ in make() }
  }

  subscript(worker: Int) -> ExactVerifier<Never> { all[worker] }

  /// Returns the similarities of pairs in their order.
  ///
  /// Each verifier takes a contiguous share, because pairs of one document follow one another and
  /// its shingles are then read only once.
  func similarities(_ pairs: [DocumentPair]) -> [MeasuredSimilarity?] {
    // One share per verifier. Any thread can take a share, because there may be fewer threads.
    let stretches = all.count
    let parts = Mutex([[MeasuredSimilarity?]](repeating: [], count: stretches))
    Workers.forEach(stretches, threads: all.count, nil) { worker in
      all[worker]
    } body: { stretch, verifier in
      let start = pairs.count * stretch / stretches
      let end = pairs.count * (stretch + 1) / stretches
      let found = pairs[start..<end].map { verifier.measured($0.first, $0.second) }
      parts.withLock { $0[stretch] = found }
    }
    return parts.withLock { Array($0.joined()) }
  }
}

extension ExactVerifier<Never> {
  /// Returns the exact similarity of two documents; nil if it is below the threshold.
  func measured(_ first: UInt32, _ second: UInt32) -> MeasuredSimilarity? {
    similarity(first, second).map(MeasuredSimilarity.exact)
  }
}
