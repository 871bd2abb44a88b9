internal import RepriseCore
internal import RepriseCorpus
internal import Synchronization

/// Finds repeated passages among the documents that are kept.
struct PassageStage: Sendable {
  let configuration: ScanConfiguration
  let store: SketchStore
  let order: KeepOrder
  let rereader: DocumentRereader
  /// Documents that the manifest names as survivors of dropped ones.
  ///
  /// They are never dropped.
  let survivors: DocumentSet
  /// The memory limit for the texts of all threads together, in bytes.
  let textBudget: Int

  /// The number of first documents that a thread claims at once.
  private static let batchSize = 64

  /// Runs the stage.
  ///
  /// - Parameter onProgress: called with the number of completed documents.
  /// - Returns: the passages and the cuts, in bytes.
  func run(onProgress: @escaping @Sendable (Int) -> Void) -> FoundPassages {
    let rules = configuration.passageRules
    let links = join(rules)
    copy(links)
    let (passages, unfollowed) = passages(links, rules, onProgress)
    let filter = BoilerplateFilter(passages, rules: rules)
    let plan = CutPlan(filter.passages, rules: rules) { rank, cutCount in
      let document = order.document(rank)
      return !survivors.contains(UInt32(document)) || cutCount < rereader.tokenCount(of: document)
    }
    var found = FoundPassages(
      plan: plan, groups: PassageGroup.groups(of: plan.cuts), boilerplate: filter.boilerplate,
      order: order, rereader: rereader, threads: configuration.threads)
    found.incomplete = UnfollowedRepeats.remainders(unfollowed, after: plan).map {
      FoundPassages.Incomplete(
        document: order.document($0.document), other: order.document($0.first),
        tokenCount: $0.tokenCount)
    }.sorted { $0.document < $1.document }
    return found
  }

  private func join(_ rules: PassageRules) -> PassageLinks {
    let results = Mutex([[PassageLink]](repeating: [], count: FingerprintList.partitionCount))
    Workers.forEach(FingerprintList.partitionCount, threads: configuration.threads) { partition in
      let join = FingerprintJoin(
        [(fingerprints(inPartition: partition), 0)], ranks: order.ranks, rules: rules)
      let links = join.links(inPartition: partition)
      results.withLock { $0[partition] = links }
    }
    var groups = results.withLock { groups in
      defer { groups = [] }
      return groups
    }
    return PassageLinks(&groups, documentCount: order.documents.count)
  }

  /// Returns the fingerprints of all documents in one partition.
  private func fingerprints(inPartition partition: Int) -> FingerprintList {
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
      list.append(stored: unsafe stored.bytes, firstDocument: chunk.firstDocument)
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
    _ links: PassageLinks, _ rules: PassageRules,
    _ onProgress: @escaping @Sendable (Int) -> Void
  ) -> ([Passage], [UnfollowedRepeats]) {
    let count = links.documents.count
    let batches = (count + Self.batchSize - 1) / Self.batchSize
    let found = Mutex([[Passage]](repeating: [], count: batches))
    let unfollowed = Mutex<[UnfollowedRepeats]>([])
    let done = Atomic(0)
    let budget = textBudget / configuration.threads
    Workers.forEach(batches, threads: configuration.threads) { _ in
      let rereader = self.rereader.makeReader()
      return PassageReader(links, rules: rules, budget: budget) { rank in
        rereader.passageText(of: order.document(rank))
      }
    } body: { batch, reader in
      let range = batch * Self.batchSize..<min(count, (batch + 1) * Self.batchSize)
      let passages = range.flatMap { reader.passages(ofDocumentAt: $0) }
      found.withLock { $0[batch] = passages }
      // The progress assumes that documents without links take equally long.
      let share = Double(done.add(range.count, ordering: .relaxed).newValue) / Double(count)
      onProgress(Int(share * Double(order.documents.count)))
    } end: { reader in
      unfollowed.withLock { $0 += reader.unfollowed }
    }
    return (found.withLock { Array($0.joined()) }, unfollowed.withLock { $0 })
  }
}
