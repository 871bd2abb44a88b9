internal import RepriseCore
internal import Synchronization

/// A verifier a thread.
struct VerifierPool: @unchecked Sendable {
  // Worker i alone uses verifier i while workers run.
  let all: [ExactVerifier<Never>]

  init(count: Int, _ make: () -> ExactVerifier<Never>) {
    all = (0..<count).map { _ in make() }
  }

  subscript(worker: Int) -> ExactVerifier<Never> { all[worker] }

  /// The similarities of many pairs, in their order; threads take stretches of them: pairs of one
  /// document follow one another, so that its shingles are read once.
  func similarities(_ pairs: [DocumentPair]) -> [MeasuredSimilarity?] {
    // One for each verifier, by which thread ever it is taken: there may be fewer threads.
    let stretches = all.count
    let parts = Mutex([[MeasuredSimilarity?]](repeating: [], count: stretches))
    Workers.forEach(stretches, threads: all.count) { worker in
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
  /// The similarity of two documents if it reaches the threshold, as one that was counted.
  func measured(_ first: UInt32, _ second: UInt32) -> MeasuredSimilarity? {
    similarity(first, second).map(MeasuredSimilarity.exact)
  }
}
