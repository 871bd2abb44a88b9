internal import RepriseCore
internal import RepriseFormats
internal import Synchronization

/// Finds repeated passages among the documents that are kept.
struct PassageStage: Sendable {
  let rules: PassageRules
  let threads: Int
  let store: SketchStore
  let order: KeepOrder
  let rereader: DocumentRereader
  /// Documents that the manifest names as survivors of dropped ones.
  ///
  /// They are never dropped.
  let survivors: DocumentSet
  /// What texts and passages may take of the memory.
  let plan: MemoryPlan
  let monitor: RunMonitor

  /// The number of first documents that a thread claims at once.
  private static let batchSize = 64

  /// Runs the stage.
  ///
  /// - Returns: the passages, in bytes, and what is cut of them.
  /// - Throws: `tooLittleMemory` for more of them than the plan has memory for; `stopped`.
  func run() throws(CorpusError) -> FoundPassages {
    let memory = PassageMemory(plan)
    let (plan, boilerplate, unfollowed) = try cuts(memory)
    try memory.check(cutCount: plan.cuts.count)
    var found = FoundPassages(
      plan: plan, groups: PassageGroup.groups(of: plan.cuts), boilerplate: boilerplate,
      order: order, rereader: rereader, threads: threads, monitor.cancellation)
    try monitor.check()
    found.incomplete = UnfollowedRepeats.remainders(unfollowed, after: plan).map {
      FoundPassages.Incomplete(
        document: order.document($0.document), other: order.document($0.first),
        tokenCount: $0.tokenCount)
    }.sorted { $0.document < $1.document }
    return found
  }

  /// Decides what is cut; links and passages are gone afterwards.
  private func cuts(
    _ memory: PassageMemory
  ) throws(CorpusError) -> (CutPlan, [Boilerplate], [UnfollowedRepeats]) {
    var (found, unfollowed) = try found(memory)
    var passages = PassageList(joining: &found)
    let filter = BoilerplateFilter(passages, rules: rules)
    if !filter.isEmpty { passages.removeAll(where: filter.isBoilerplate) }
    let plan = CutPlan(passages, rules: rules) { rank, cutCount in
      let document = order.document(rank)
      return !survivors.contains(UInt32(document)) || cutCount < rereader.tokenCount(of: document)
    }
    return (plan, filter.boilerplate, unfollowed)
  }

  /// All passages, batch by batch, and the repeats that were not followed; links are gone
  /// afterwards.
  private func found(
    _ memory: PassageMemory
  ) throws(CorpusError) -> ([PassageList], [UnfollowedRepeats]) {
    let links = try join(memory)
    copy(links)
    return try passages(links, memory)
  }

  private func join(
    _ memory: PassageMemory
  ) throws(CorpusError) -> PassageLinks {
    let stored = store.chunks.reduce(0) { $0 + $1.layout.fingerprintCount }
    let slices = memory.sliceCount(
      ofFingerprints: stored / FingerprintList.partitionCount, threads: threads)
    let count = FingerprintList.partitionCount * slices
    let results = Mutex([[PassageLink]](repeating: [], count: count))
    Workers.forEach(count, threads: threads, monitor.cancellation) { index in
      let (partition, slice) = index.quotientAndRemainder(dividingBy: slices)
      let found = fingerprints(
        inPartition: partition, FingerprintSlice(index: slice, count: slices))
      let join = FingerprintJoin([(found, 0)], ranks: order.ranks, rules: rules)
      let links = join.links(inPartition: partition)
      if memory.add(linkCount: links.count) { results.withLock { $0[index] = links } }
    }
    try memory.checkLinks()
    try monitor.check()
    var groups = results.withLock { groups in
      defer { groups = [] }
      return groups
    }
    return PassageLinks(&groups, documentCount: order.documents.count)
  }

  /// The fingerprints of all documents in a slice of one group of keys.
  private func fingerprints(inPartition partition: Int, _ slice: FingerprintSlice)
    -> FingerprintList
  {
    var list = FingerprintList()
    let (starts, places) = (SketchReader(store), SketchReader(store))
    for chunk in store.chunks where chunk.layout.fingerprintCount > 0 {
      // In bounds: the first section has a start per partition and one end, and they are offsets in
      // the second section. `ChunkCheck` verifies this for files that were signed elsewhere.
      let bounds = unsafe starts.bytes(
        .fingerprintStarts, of: chunk, 4 * partition..<4 * partition + 8)
      let size = ChunkLayout.fingerprintByteCount
      let (start, end) = unsafe (
        bounds.number(at: 0, UInt32.self), bounds.number(at: 4, UInt32.self)
      )
      let stored = unsafe places.bytes(
        .fingerprints, of: chunk, Int(start) * size..<Int(end) * size)
      list.append(stored: unsafe stored.bytes, in: slice, firstDocument: chunk.firstDocument)
    }
    list.group()
    return list
  }

  private func copy(_ links: PassageLinks) {
    guard rereader.needsCopies else { return }
    var isRead = [Bool](repeating: false, count: order.documents.count)
    links.forEachReadDocument { isRead[Int($0)] = true }
    rereader.copy(isRead.indices.lazy.filter { isRead[$0] }.map { order.documents[$0] })
  }

  /// Returns all passages in keep order of their first documents, and the repeats that were not
  /// followed.
  private func passages(
    _ links: PassageLinks, _ memory: PassageMemory
  ) throws(CorpusError) -> ([PassageList], [UnfollowedRepeats]) {
    let count = links.documents.count
    let batches = (count + Self.batchSize - 1) / Self.batchSize
    let found = Mutex([PassageList](repeating: PassageList(), count: batches))
    let unfollowed = Mutex<[UnfollowedRepeats]>([])
    let done = Atomic(0)
    let budget = plan.texts / threads
    Workers.forEach(batches, threads: threads, monitor.cancellation) { _ in
      let rereader = self.rereader.makeReader()
      return PassageReader(links, rules: rules, budget: budget) { rank in
        // Without texts, a document with very many links ends soon.
        monitor.cancellation.isCancelled ? nil : rereader.passageText(of: order.document(rank))
      }
    } body: { batch, reader in
      let range = batch * Self.batchSize..<min(count, (batch + 1) * Self.batchSize)
      let passages = PassageList(range.flatMap { reader.passages(ofDocumentAt: $0) })
      let isKept = memory.add(passages)
      found.withLock { found in
        if isKept { found[batch] = passages } else { found = found.map { _ in PassageList() } }
      }
      // Documents without links are done as fast as these.
      let share = Double(done.add(range.count, ordering: .relaxed).newValue) / Double(count)
      monitor.complete(documents: Int(share * Double(order.documents.count)))
    } end: { reader in
      unfollowed.withLock { $0 += reader.unfollowed }
    }
    try memory.checkPassages()
    try monitor.check()
    return (found.withLock { $0 }, unfollowed.withLock { $0 })
  }
}
