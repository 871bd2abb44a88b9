internal import RepriseCore
internal import RepriseCorpus
internal import Synchronization

/// Verifies the candidates, component by component, and chooses the survivors.
struct VerificationStage: Sendable {
  let configuration: ScanConfiguration
  let components: CandidateComponents
  let screen: SignatureScreen
  let table: DocumentTable
  let texts: DocumentTexts

  /// What a thread may keep of shingle sets: enough for the survivors of large components.
  private static let setBudget = 256 << 20

  /// What was found, in the order of the components.
  struct Result: Sendable {
    var outcomes: [SurvivorPass.Outcome] = []
    var counts = VerificationCounts()
  }

  /// Runs the stage.
  /// - Parameter onProgress: called with the number of documents that are done.
  /// - Returns: what became of every component.
  func run(onProgress: @escaping @Sendable (Int) -> Void) -> Result {
    let batches = makeBatches()
    let result = Mutex(Result(outcomes: Array(repeating: .init(), count: components.count)))
    let next = Atomic(0)
    let done = Atomic(0)
    let threads = configuration.threads
    Workers.run(min(threads, batches.count)) { _ in
      let verifier = makeVerifier()
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < batches.count else { break }
        let outcomes = batches[index].map { ($0, run(component: $0, verifier)) }
        result.withLock { result in
          for (component, outcome) in outcomes { result.outcomes[component] = outcome }
        }
        let size = batches[index].reduce(0) { $0 + components.documents(of: $1).count }
        onProgress(done.add(size, ordering: .relaxed).newValue)
      }
      result.withLock { $0.counts += verifier.counts }
    }
    return result.withLock { $0 }
  }

  private func run(
    component: Int, _ verifier: ExactVerifier<Never>
  ) -> SurvivorPass.Outcome {
    let pass = SurvivorPass()
    switch configuration.verification {
    case .exact:
      verifier.beginComponent()
      return pass.run(component: component, of: components, comesFirst: table.comesFirst) {
        verifier.similarity($0, $1)
      }
    case .signature:
      return pass.run(component: component, of: components, comesFirst: table.comesFirst) {
        let estimate = screen.estimate($0, $1)
        return estimate.jaccard >= configuration.threshold ? estimate : nil
      }
    }
  }

  private func makeVerifier() -> ExactVerifier<Never> {
    let reader = texts.makeReader()
    return ExactVerifier(
      threshold: configuration.threshold, screen: screen,
      budget: Self.setBudget / configuration.threads
    ) { document in
      reader.shingleSet(of: Int(document))
    }
  }

  /// Components in groups of some work each, the largest first: a large one that comes last would
  /// leave the other threads without work.
  private func makeBatches() -> [[Int]] {
    let large = 256
    let sizes = (0..<components.count).map { components.documents(of: $0).count }
    var batches = sizes.indices.filter { sizes[$0] >= large }
      .sorted { (sizes[$1], $0) < (sizes[$0], $1) }
      .map { [$0] }
    var (batch, size) = ([Int](), 0)
    for component in sizes.indices where sizes[component] < large {
      batch.append(component)
      size += sizes[component]
      if size >= large {
        batches.append(batch)
        (batch, size) = ([], 0)
      }
    }
    if !batch.isEmpty { batches.append(batch) }
    return batches
  }
}
