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

  /// The similarities of many pairs, each verifier a stretch of them: pairs of one document follow
  /// one another, so that its shingles are read once.
  func similarities(_ pairs: [DocumentPair]) -> [Similarity?] {
    let parts = Mutex([[Similarity?]](repeating: [], count: all.count))
    Workers.run(all.count) { worker in
      let start = pairs.count * worker / all.count
      let end = pairs.count * (worker + 1) / all.count
      let found = pairs[start..<end].map { all[worker].similarity($0.first, $0.second) }
      parts.withLock { $0[worker] = found }
    }
    return parts.withLock { Array($0.joined()) }
  }
}
