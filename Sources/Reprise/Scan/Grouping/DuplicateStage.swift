internal import RepriseCore
internal import RepriseFormats

/// Finds duplicate documents: groups exact duplicates, finds candidates by their bands, verifies
/// them, and chooses survivors.
struct DuplicateStage {
  let configuration: ScanConfiguration
  let scheme: Scheme
  let store: SketchStore
  let rereader: DocumentRereader
  let plan: MemoryPlan
  /// The folder for temporary files.
  let folder: BytePath

  /// The result of the stage.
  struct Result {
    var decisions: Decisions
    var pairs: StoredPairs
    var counts = VerificationCounts()
    var survivorLimitHits = 0
  }

  /// A grouper within the memory of the plan.
  var grouper: DocumentGrouper {
    DocumentGrouper(store: store, threads: configuration.threads, memory: plan.work)
  }

  /// Groups documents with equal tokens, and removes all but one of each group from `participants`.
  ///
  /// - Returns: for each document, the first one of its group in keep order.
  func exactGroups(_ participants: inout Participants) -> [UInt32] {
    let found = SharedGroups(count: store.documentCount)
    if configuration.find != .passages {
      let (store, comesFirst) = (store, participants.comesFirst)
      grouper.forEachRange(
        by: .descriptor(offset: DocumentDescriptor.contentHashOffset), participants.readable
      ) {
        found.represent($0, store, comesFirst)
      }
    }
    let representatives = found.representatives
    participants.removeCopies(representatives)
    return representatives
  }

  /// Finds and verifies near-duplicates.
  ///
  /// - Parameters:
  ///   - representatives: the result of ``exactGroups(_:)``.
  ///   - participants: the participating documents.
  ///   - clock: records the times of the stages.
  ///   - progress: reports the progress.
  /// - Returns: the result.
  /// - Throws: errors of temporary files and of reading the store.
  func run(
    _ representatives: consuming [UInt32], _ participants: Participants, _ clock: inout StageClock,
    _ progress: ProgressRelay
  ) throws(CorpusError) -> Result {
    let buckets = try BucketStage(
      grouper: grouper, participants: participants.signed,
      bandCount: configuration.find == .passages ? 0 : scheme.bands.bandCount,
      memory: plan.buckets
    ).run(in: folder)
    let (bBitSignature, slotCount) = (
      configuration.bBitSignature, configuration.computedSlotCount(scheme)
    )
    var batches = try ComponentBatches(
      buckets, store, bBitWordCount: bBitSignature.wordCount(slotCount: slotCount),
      plan: plan)
    try store.check()
    clock.end("match")

    progress.begin(.verifying, total: batches.graph.documentCount)
    if configuration.verification == .exact { rereader.copy(batches.graph.documents) }
    var result = Result(
      decisions: Decisions(representatives: representatives),
      pairs: StoredPairs(in: folder, verifiedBy: configuration.verification))
    var done = 0
    for index in 0..<batches.count {
      let (components, bBitSignatures) = try batches.gather(index)
      let verified = verify(components, bBitSignatures, batches.graph.numbers, participants) {
        [done] count in
        progress.complete(documents: done + count)
      }
      done += components.allDocuments.count
      batches.finish(components)
      for outcome in verified.outcomes {
        result.decisions.add(outcome)
        try result.pairs.append(outcome.pairs)
        result.survivorLimitHits += outcome.survivorLimitHits
      }
      result.counts += verified.counts
    }
    result.decisions.finish()
    try store.check()
    clock.end("verify")
    return result
  }

  private func verify(
    _ components: CandidateComponents, _ bBitSignatures: [UInt64], _ places: [UInt32],
    _ participants: Participants, _ onProgress: @escaping @Sendable (Int) -> Void
  ) -> VerificationStage.Result {
    let screen = SignatureScreen(
      bBitSignature: configuration.bBitSignature, words: bBitSignatures, places: places,
      slotCount: configuration.computedSlotCount(scheme), threshold: configuration.threshold)
    return VerificationStage(
      configuration: configuration, components: components, screen: screen,
      comesFirst: participants.comesFirst, rereader: rereader, setBudget: plan.sets
    ).run(onProgress: onProgress)
  }
}
