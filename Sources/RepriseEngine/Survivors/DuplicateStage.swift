internal import RepriseCore

/// Finds duplicate documents: groups exact duplicates, finds candidates by their bands, verifies
/// them, and chooses survivors.
package struct DuplicateStage {
  package let matching: MatchingParameters
  package let threads: Int
  package let store: SketchStore
  let rereader: DocumentRereader
  package let plan: MemoryPlan
  package let monitor: RunMonitor
  /// Where buckets and pairs go that do not fit in the memory.
  package let spill: SpillSpace

  /// The result of the stage.
  package struct Result {
    package var decisions: Decisions
    package var pairs: StoredPairs
    package var counts = VerificationCounts()
    package var survivorLimitHits = 0
  }

  /// A grouper within the memory of the plan.
  var grouper: DocumentGrouper {
    DocumentGrouper(
      store: store, threads: threads, cancellation: monitor.cancellation, memory: plan.work)
  }

  /// Groups documents with equal tokens, and removes all but one of each group from `participants`.
  ///
  /// - Returns: the groups.
  private func exactGroups(_ participants: inout Participants) -> ExactGroups {
    let found = SharedGroups(count: store.documentCount)
    if matching.find != .passages {
      let (store, comesFirst) = (store, participants.comesFirst)
      grouper.forEachRange(
        by: .descriptor(offset: DocumentDescriptor.contentHashOffset), participants.readable
      ) {
        found.represent($0, store, comesFirst)
      }
    }
    let groups = found.all
    participants.removeCopies(groups.representatives)
    return groups
  }

  /// Finds and verifies near-duplicates.
  ///
  /// - Parameters:
  ///   - groups: the result of `exactGroups`.
  ///   - participants: the participating documents.
  ///   - alone: documents that are kept without being compared.
  /// - Returns: the result.
  /// - Throws: errors of temporary files and of reading the store.
  private func run(
    _ groups: consuming ExactGroups, _ participants: Participants, alone: Set<UInt32>
  ) throws(EngineError) -> Result {
    var compared = participants.signed
    for document in alone { compared.remove(document) }
    let buckets = try BucketStage(
      grouper: grouper, participants: compared,
      bandCount: matching.find == .passages ? 0 : matching.scheme.bands.bandCount,
      memory: plan.buckets
    ).run(spill)
    var batches = try ComponentBatches(
      buckets, store, bBitWordCount: matching.bBitWordCount, plan: plan)
    try store.check()
    monitor.endStage("match")

    monitor.begin(.verifying, total: batches.graph.documentCount)
    if matching.verification == .exact { rereader.copy(batches.graph.documents) }
    var result = Result(
      decisions: Decisions(groups, referenceCount: store.referenceCount),
      pairs: StoredPairs(spill, verifiedBy: matching.verification))
    var done = 0
    for index in 0..<batches.count {
      let (components, bBitSignatures) = try batches.gather(index)
      let verified = verify(components, bBitSignatures, batches.graph.numbers, participants) {
        [done] count in
        monitor.complete(documents: done + count)
      }
      try monitor.check()
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
    monitor.endStage("verify")
    return result
  }

  /// Finds all duplicates.
  ///
  /// - Parameters:
  ///   - participants: the participating documents; all but one of each group of equal ones are
  ///     removed.
  ///   - alone: documents that are kept without being compared.
  /// - Returns: the result.
  /// - Throws: errors of temporary files and of reading the store.
  package func run(
    _ participants: inout Participants, alone: Set<UInt32> = []
  ) throws(EngineError) -> Result {
    let groups = exactGroups(&participants)
    return try run(groups, participants, alone: alone)
  }

  private func verify(
    _ components: CandidateComponents, _ bBitSignatures: [UInt64], _ places: [UInt32],
    _ participants: Participants, _ onProgress: @escaping @Sendable (Int) -> Void
  ) -> VerificationStage.Result {
    let screen = SignatureScreen(
      bBitSignature: matching.bBitSignature, words: bBitSignatures, places: places,
      slotCount: matching.computedSlotCount, threshold: matching.threshold)
    return VerificationStage(
      matching: matching, threads: threads, components: components, screen: screen,
      comesFirst: participants.comesFirst, rereader: rereader, setBudget: plan.sets,
      cancellation: monitor.cancellation
    ).run(onProgress: onProgress)
  }
}
