internal import RepriseCore
internal import Synchronization

/// Verifies the candidate pairs, component by component, and chooses the survivors.
struct VerificationStage: Sendable {
  let matching: MatchingParameters
  let threads: Int
  let components: CandidateComponents
  let screen: SignatureScreen
  let comesFirst: (@Sendable (UInt32, UInt32) -> Bool)?
  let rereader: DocumentRereader
  /// The memory limit of the shingle sets of all threads together, in bytes.
  let setBudget: Int
  let cancellation: Cancellation

  /// The outcome of each batch, in the order of the components, and the counts.
  struct Result: Sendable {
    var outcomes: [SurvivorPass.Outcome] = []
    var counts = VerificationCounts()
  }

  /// Runs the stage.
  /// - Parameter onProgress: called with the number of completed documents.
  /// - Returns: the outcomes of the components; of some of them if the run was cancelled.
  func run(onProgress: @escaping @Sendable (Int) -> Void) -> Result {
    let batches = makeBatches()
    let verifiers = VerifierPool(count: threads) { makeVerifier() }
    let result = Mutex(Result(outcomes: Array(repeating: .init(), count: batches.count)))
    let done = Atomic(0)
    let verify: @Sendable (Int, Int) -> Void = { index, worker in
      let batch = batches[index]
      var outcome = SurvivorPass.Outcome()
      for component in batch.components {
        run(component, verifiers, worker: worker, isLarge: batch.isLarge, into: &outcome)
      }
      result.withLock { $0.outcomes[index] = outcome }
      onProgress(done.add(batch.documentCount, ordering: .relaxed).newValue)
    }
    for index in batches.indices where batches[index].isLarge && !cancellation.isCancelled {
      verify(index, 0)
    }
    Workers.forEach(batches.count, threads: threads, cancellation) { worker in
      worker
    } body: { index, worker in
      if !batches[index].isLarge { verify(index, worker) }
    }
    return result.withLock { result in
      for verifier in verifiers.all { result.counts += verifier.counts }
      return result
    }
  }

  /// Runs the survivor pass of a component on one thread, or on all if the component is large.
  private func run(
    _ component: Int, _ verifiers: VerifierPool, worker: Int, isLarge: Bool,
    into outcome: inout SurvivorPass.Outcome
  ) {
    let pass = SurvivorPass()
    switch matching.verification {
    case .exact:
      for verifier in isLarge ? verifiers.all : [verifiers[worker]] { verifier.beginComponent() }
      let verifyAll: ([DocumentPair]) throws(Never) -> [MeasuredSimilarity?] =
        verifiers.similarities
      let verify: (UInt32, UInt32) throws(Never) -> MeasuredSimilarity? =
        verifiers[worker].measured
      pass.run(
        component: component, of: components, comesFirst: comesFirst,
        verifyAll: isLarge ? verifyAll : nil, verify: verify, into: &outcome)
    case .signature:
      let estimate: (UInt32, UInt32) throws(Never) -> MeasuredSimilarity? = { first, second in
        let estimate = screen.estimate(first, second)
        return estimate.jaccard >= matching.threshold ? .estimated(estimate) : nil
      }
      pass.run(
        component: component, of: components, comesFirst: comesFirst, verify: estimate,
        into: &outcome)
    }
  }

  private func makeVerifier() -> ExactVerifier<Never> {
    let reader = rereader.makeReader()
    return ExactVerifier(
      threshold: matching.threshold, screen: screen,
      budget: setBudget / threads
    ) { [cancellation] document in
      // After a cancellation no text is read, so that the pass over a large component ends soon.
      cancellation.isCancelled ? nil : reader.shingles(of: Int(document))
    }
  }

  /// A component with at least this number of documents is verified by all threads together.
  private static let largeCount = 4096
  /// The minimum number of documents in a batch of small components, low enough that every thread
  /// gets several batches.
  private var batchCount: Int {
    max(1, min(256, components.allDocuments.count / (16 * threads)))
  }

  /// Components that are verified one after another: one large component, or small ones up to a
  /// number of documents.
  private struct Batch {
    var components: Range<Int>
    var documentCount: Int
    var isLarge: Bool

    mutating func append(_ component: Int, _ count: Int) {
      components = components.lowerBound..<(component + 1)
      documentCount += count
    }
  }

  private func makeBatches() -> [Batch] {
    var batches: [Batch] = []
    var isOpen = false
    let batchCount = batchCount
    for component in 0..<components.count {
      let count = components.documents(of: component).count
      let isLarge = count >= Self.largeCount && threads > 1
      if isOpen && !isLarge {
        batches[batches.count - 1].append(component, count)
      } else {
        batches.append(
          Batch(components: component..<(component + 1), documentCount: count, isLarge: isLarge))
      }
      isOpen = !isLarge && batches[batches.count - 1].documentCount < batchCount
    }
    return batches
  }
}
