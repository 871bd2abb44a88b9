internal import RepriseCore

/// Divides the candidate components into batches that fit in memory.
///
/// Each batch is verified before the next one is gathered.
struct ComponentBatches {
  private(set) var graph: CandidateGraph
  private let buckets: StoredBuckets
  private let store: SketchStore
  private let ranges: [Range<Int>]
  private let bBitWordCount: Int

  /// Finds the components and divides them.
  ///
  /// - Throws: `cannotRead`; `tooLittleMemory` or `tooManyDocuments` for a component that is too
  ///   large.
  init(
    _ buckets: StoredBuckets, _ store: SketchStore, bBitWordCount: Int, plan: MemoryPlan
  ) throws(EngineError) {
    self.buckets = buckets
    self.store = store
    self.bBitWordCount = bBitWordCount
    graph = try CandidateGraph(
      documentCount: store.documentCount, bandCount: buckets.count, band: buckets.buckets)
    var ranges: [Range<Int>] = []
    var (start, byteCount) = (0, 0)
    for component in 0..<graph.componentCount {
      // For each document its b-bit signature, number and outcome; for each membership the member
      // and the start of its bucket.
      let documents = Int(graph.sizes[component]) * (8 * bBitWordCount + 64)
      let added = documents + 12 * graph.memberships[component]
      try Self.check(graph, component, byteCount: added, plan)
      if byteCount + added > plan.work && component > start {
        ranges.append(start..<component)
        (start, byteCount) = (component, 0)
      }
      byteCount += added
    }
    if start < graph.componentCount { ranges.append(start..<graph.componentCount) }
    self.ranges = ranges
  }

  /// Refuses a component that cannot be verified: it cannot be divided.
  private static func check(
    _ graph: CandidateGraph, _ component: Int, byteCount: Int, _ plan: MemoryPlan
  ) throws(EngineError) {
    let what = "\(graph.sizes[component]) documents that share bands, each with some others,"
    // Buckets of a component have numbers of 32 bits.
    guard graph.memberships[component] <= Int(UInt32.max) else {
      throw EngineError.tooManyDocuments("\(what) are more than can be verified together")
    }
    try plan.check(byteCount, atMost: plan.component, "\(what) are verified together, and")
  }

  /// The number of batches.
  var count: Int { ranges.count }

  /// Gathers the components of a batch.
  ///
  /// The previous batches must be finished.
  ///
  /// - Returns: the components, and the b-bit signatures of their documents. ``graph`` gives the
  ///   index of a document among the signatures.
  /// - Throws: `cannotRead`.
  mutating func gather(
    _ batch: Int
  ) throws(EngineError) -> (components: CandidateComponents, bBitSignatures: [UInt64]) {
    let components = try CandidateComponents(
      ranges[batch], of: &graph, bandCount: buckets.count, band: buckets.buckets)
    return (components, bBitSignatures(of: components))
  }

  /// Marks the components of a batch as finished.
  mutating func finish(_ components: CandidateComponents) { graph.finish(components) }

  /// Returns the b-bit signatures of the components' documents, in the order of the components.
  private func bBitSignatures(of components: CandidateComponents) -> [UInt64] {
    let documents = components.allDocuments
    var wanted = DocumentSet(count: store.documentCount)
    for document in documents { wanted.insert(document) }
    var bBitSignatures = [UInt64](repeating: 0, count: documents.count * bBitWordCount)
    let reader = SketchReader(store)
    for chunk in store.chunks {
      let members = chunk.documents.filter { wanted.contains(UInt32($0)) }
      guard !members.isEmpty else { continue }
      // In bounds: the section has `8 * bBitWordCount` bytes per document of the chunk.
      let stored = unsafe reader.bytes(.bBitSignatures, of: chunk)
      for document in members {
        let target = Int(graph.numbers[document]) * bBitWordCount
        let source = 8 * bBitWordCount * (document - chunk.firstDocument)
        for word in 0..<bBitWordCount {
          bBitSignatures[target + word] = unsafe stored.number(at: source + 8 * word, UInt64.self)
        }
      }
    }
    return bBitSignatures
  }
}
