internal import RepriseCore
internal import RepriseCorpus
internal import Synchronization

/// Verifies the candidates, component by component, and chooses the survivors.
struct VerificationStage: Sendable {
  let configuration: ScanConfiguration
  let components: CandidateComponents
  let screen: SignatureScreen
  let comesFirst: (@Sendable (UInt32, UInt32) -> Bool)?
  let texts: DocumentTexts
  /// What all threads may keep of shingle sets, in bytes.
  let setBudget: Int

  /// What was found, in the order of the components.
  struct Result: Sendable {
    var outcomes: [SurvivorPass.Outcome] = []
    var counts = VerificationCounts()
  }

  /// Runs the stage.
  /// - Parameter onProgress: called with the number of documents that are done.
  /// - Returns: what became of every component.
  func run(onProgress: @escaping @Sendable (Int) -> Void) -> Result {
    let (large, batches) = makeBatches()
    let verifiers = VerifierPool(count: configuration.threads) { makeVerifier() }
    let result = Mutex(Result(outcomes: Array(repeating: .init(), count: components.count)))
    let done = Atomic(0)
    let finish: @Sendable ([(Int, SurvivorPass.Outcome)]) -> Void = { outcomes in
      result.withLock { for (component, outcome) in outcomes { $0.outcomes[component] = outcome } }
      let size = outcomes.reduce(0) { $0 + components.documents(of: $1.0).count }
      onProgress(done.add(size, ordering: .relaxed).newValue)
    }
    for component in large {
      finish([(component, run(component: component, verifiers, worker: 0, isLarge: true))])
    }
    let next = Atomic(0)
    Workers.run(min(configuration.threads, batches.count)) { worker in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < batches.count else { break }
        finish(
          batches[index].map {
            ($0, run(component: $0, verifiers, worker: worker, isLarge: false))
          })
      }
    }
    return result.withLock { result in
      for verifier in verifiers.all { result.counts += verifier.counts }
      return result
    }
  }

  /// Runs the pass over a component: on one thread, or if it is large on all of them.
  private func run(
    component: Int, _ verifiers: VerifierPool, worker: Int, isLarge: Bool
  ) -> SurvivorPass.Outcome {
    let pass = SurvivorPass()
    switch configuration.verification {
    case .exact:
      for verifier in isLarge ? verifiers.all : [verifiers[worker]] { verifier.beginComponent() }
      let verifyAll: ([DocumentPair]) throws(Never) -> [Similarity?] = verifiers.similarities
      let verify: (UInt32, UInt32) throws(Never) -> Similarity? = verifiers[worker].similarity
      return pass.run(
        component: component, of: components, comesFirst: comesFirst,
        verifyAll: isLarge ? verifyAll : nil, verify: verify)
    case .signature:
      return pass.run(component: component, of: components, comesFirst: comesFirst) {
        let estimate = screen.estimate($0, $1)
        return estimate.jaccard >= configuration.threshold ? estimate : nil
      }
    }
  }

  private func makeVerifier() -> ExactVerifier<Never> {
    let reader = texts.makeReader()
    return ExactVerifier(
      threshold: configuration.threshold, screen: screen,
      budget: setBudget / configuration.threads
    ) { document in
      reader.shingleSet(of: Int(document))
    }
  }

  /// From this many documents on a component is worth all threads at once.
  private static let largeCount = 4096
  /// The documents in a batch of small components.
  private static let batchCount = 256

  /// The large components, and the others in groups of some work each.
  private func makeBatches() -> (large: [Int], batches: [[Int]]) {
    var (large, batches) = ([Int](), [[Int]]())
    var (batch, size) = ([Int](), 0)
    for component in 0..<components.count {
      let count = components.documents(of: component).count
      if count >= Self.largeCount && configuration.threads > 1 {
        large.append(component)
        continue
      }
      batch.append(component)
      size += count
      if size >= Self.batchCount {
        batches.append(batch)
        (batch, size) = ([], 0)
      }
    }
    if !batch.isEmpty { batches.append(batch) }
    return (large, batches)
  }
}
