internal import RepriseCore
internal import RepriseCorpus

/// Finds the documents that repeat others: groups equal ones, looks for candidates by their bands,
/// verifies them, and chooses survivors.
struct DuplicateStage {
  let configuration: ScanConfiguration
  let scheme: Scheme
  let store: SketchStore
  let texts: DocumentTexts
  let plan: MemoryPlan
  /// Where temporary files are made.
  let folder: FilePath

  /// What was found.
  struct Result {
    var verdicts: Verdicts
    var pairs: StoredPairs
    var counts = VerificationCounts()
    var survivorLimitHits = 0
  }

  /// Groups documents within the memory of the plan.
  var groups: KeyGroups {
    KeyGroups(store: store, threads: configuration.threads, memory: plan.work)
  }

  /// Groups documents with equal tokens, and takes all but one of each group out of `kinds`.
  ///
  /// - Returns: of each document the one of its group that comes first in keep order.
  func exactGroups(_ kinds: inout DocumentKinds) -> [UInt32] {
    let found = SharedGroups(count: store.documentCount)
    if configuration.find != .passages {
      let (store, comesFirst) = (store, kinds.comesFirst)
      groups.forEachRange(by: .record(offset: DocumentRecord.identityOffset), kinds.readable) {
        found.represent($0, store, comesFirst)
      }
    }
    let representatives = found.representatives
    kinds.removeCopies(representatives)
    return representatives
  }

  /// Runs the other stages.
  ///
  /// - Parameters:
  ///   - representatives: what ``exactGroups(_:)`` found.
  ///   - kinds: which documents take part.
  ///   - clock: gets the stages' times.
  ///   - progress: gets how far it is.
  /// - Returns: what was found.
  /// - Throws: what a temporary file threw.
  func run(
    _ representatives: consuming [UInt32], _ kinds: DocumentKinds, _ clock: inout StageClock,
    _ progress: ProgressRelay
  ) throws(CorpusError) -> Result {
    let buckets = try BucketStage(
      groups: groups, participants: kinds.signed,
      bandCount: configuration.find == .passages ? 0 : scheme.bands.bandCount,
      memory: plan.buckets
    ).run(in: folder)
    let (digest, slotCount) = (configuration.digest, configuration.computedSlotCount(scheme))
    var batches = try ComponentBatches(
      buckets, store, digestWordCount: digest.wordCount(slotCount: slotCount),
      plan: plan)
    try store.check()
    clock.end("match")

    progress.begin(.verifying, total: batches.graph.documentCount)
    if configuration.verification == .exact { texts.spool(batches.graph.documents) }
    var result = Result(
      verdicts: Verdicts(representatives: representatives),
      pairs: StoredPairs(in: folder, verifiedBy: configuration.verification))
    var done = 0
    for index in 0..<batches.count {
      let (components, digests) = try batches.gather(index)
      let verified = verify(components, digests, batches.graph.numbers, kinds) { [done] count in
        progress.complete(documents: done + count)
      }
      done += components.allDocuments.count
      batches.finish(components)
      for outcome in verified.outcomes {
        result.verdicts.add(outcome)
        try result.pairs.append(outcome.pairs)
        result.survivorLimitHits += outcome.survivorLimitHits
      }
      result.counts += verified.counts
    }
    result.verdicts.finish()
    try store.check()
    clock.end("verify")
    return result
  }

  private func verify(
    _ components: CandidateComponents, _ digests: [UInt64], _ places: [UInt32],
    _ kinds: DocumentKinds, _ onProgress: @escaping @Sendable (Int) -> Void
  ) -> VerificationStage.Result {
    let screen = SignatureScreen(
      digest: configuration.digest, words: digests, places: places,
      slotCount: configuration.computedSlotCount(scheme), threshold: configuration.threshold)
    return VerificationStage(
      configuration: configuration, components: components, screen: screen,
      comesFirst: kinds.comesFirst, texts: texts, setBudget: plan.sets
    ).run(onProgress: onProgress)
  }
}
