internal import RepriseCore

/// The stages from the sketches to the decisions on documents and passages.
///
/// They know neither files nor formats: sketches come from a store, texts from a provider.
package struct Deduplication {
  package let options: EngineOptions
  package let store: SketchStore
  package let texts: any TextProvider
  /// The grams of texts that are not passages.
  package let ignored: IgnoredGrams
  /// For each input, whether its name says that its texts must not be cut inside; inputs after these
  /// may be cut.
  package let structuredInputs: [Bool]
  package let spill: SpillSpace
  package let monitor: RunMonitor
  /// The memory that the sketches take, if they are in memory, in bytes.
  package var sketchByteCount = 0

  /// Creates the stages of a run.
  package init(
    options: EngineOptions, store: SketchStore, texts: any TextProvider, ignored: IgnoredGrams,
    structuredInputs: [Bool], spill: SpillSpace, monitor: RunMonitor, sketchByteCount: Int = 0
  ) {
    (self.options, self.store, self.texts, self.ignored) = (options, store, texts, ignored)
    (self.structuredInputs, self.spill, self.monitor) = (structuredInputs, spill, monitor)
    self.sketchByteCount = sketchByteCount
  }

  /// The maximum number of times that documents are decided again, because one that others are
  /// similar to is dropped for its words.
  private static let attemptLimit = 16

  /// What the stages decided.
  package struct Result {
    package var repeatedIDs: RepeatedIDs
    package var duplicates: DuplicateStage.Result
    package var passages = FoundPassages()
  }

  /// Runs the stages.
  ///
  /// - Parameter check: called with what was read and the repeated ids, before documents are compared.
  /// - Returns: the decisions.
  /// - Throws: `tooLittleMemory`, `stopped`, errors of the store and of temporary files, and what
  ///   `check` throws.
  package func run(
    check: (Participants, RepeatedIDs) throws(EngineError) -> Void = { _, _ in }
  ) throws(EngineError) -> Result {
    let plan = try MemoryPlan(
      limit: options.memory, threads: options.threads,
      orderKeyCount: OrderValue.count(options.matching.keep), store, used: sketchByteCount,
      forced: .init(work: options.hooks.workByteCount, passages: options.hooks.passageByteCount))
    if plan.hasResidentSections {
      store.loadSections(threads: options.threads, monitor.cancellation)
    }
    monitor.endStage("sketch")

    monitor.begin(.matching, total: store.documentCount)
    let rereader = DocumentRereader(
      texts: texts, store: store, scheme: options.matching.scheme, threads: options.threads,
      cancellation: monitor.cancellation)
    let stage = DuplicateStage(
      matching: options.matching, threads: options.threads, store: store, rereader: rereader,
      plan: plan, monitor: monitor, spill: spill)
    var participants = Participants(store)
    try monitor.check()
    let repeatedIDs =
      options.checksIDs
      ? RepeatedIDs(stage.grouper, participants.named) : RepeatedIDs()
    try check(participants, repeatedIDs)
    try monitor.check()
    var result = Result(repeatedIDs: repeatedIDs, duplicates: try stage.run(&participants))
    guard options.matching.find != .documents else { return result }
    // The kept documents that no near-duplicate is dropped for.
    var alone: Set<UInt32> = []
    for attempt in 1...Self.attemptLimit {
      let passages = try passages(
        result.duplicates.decisions, participants, rereader, plan, alone: alone,
        givesUpIfBlocked: attempt < Self.attemptLimit)
      switch passages {
      case .found(let passages):
        result.passages = passages
        return result
      case .blocked(let documents):
        alone.formUnion(documents)
        participants = Participants(store)
        result.duplicates = try stage.run(&participants, alone: alone)
      }
    }
    return result
  }

  private func passages(
    _ decisions: Decisions, _ participants: Participants, _ rereader: DocumentRereader,
    _ plan: MemoryPlan, alone: Set<UInt32>, givesUpIfBlocked: Bool
  ) throws(EngineError) -> PassageStage.Outcome {
    let order = KeepOrder(
      documentCount: store.documentCount, comesFirst: participants.comesFirst
    ) { participants.signed.contains($0) && !decisions.isDropped(Int($0)) }
    monitor.begin(.passages, total: order.documents.count)
    let passages = try PassageStage(
      matching: options.matching, threads: options.threads, store: store, order: order,
      comesFirst: participants.comesFirst, rereader: rereader, decisions: decisions,
      ignored: ignored, structuredInputs: structuredInputs, plan: plan,
      monitor: monitor, alone: alone, givesUpIfBlocked: givesUpIfBlocked
    ).run()
    try store.check()
    monitor.endStage("passages")
    return passages
  }
}
