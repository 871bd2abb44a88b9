internal import RepriseCore
internal import Synchronization

/// Finds the repeated passages of the documents that are kept, and the runs of equal words in them.
struct PassageSearch: Sendable {
  let rules: PassageRules
  let threads: Int
  let store: SketchStore
  let order: KeepOrder
  let rereader: DocumentRereader
  let memory: PassageMemory
  /// The memory for texts while passages are searched, in bytes.
  let textByteCount: Int
  let monitor: RunMonitor

  /// The passages and runs in keep order of their first documents.
  struct Result {
    /// Passages with small edits.
    var passages = PassageList()
    /// Maximal runs of equal tokens of at least the minimum length.
    var runs = PassageList()
    var unfollowed: [UnfollowedRepeats] = []
    /// The occurrences of fingerprints that were not all linked with each other.
    var crowded = CrowdedPlaces()
  }

  /// The number of first documents that a thread claims at once.
  private static let batchSize = 64

  /// Joins the fingerprints of all documents.
  /// - Throws: `tooLittleMemory`; `stopped`.
  func links() throws(EngineError) -> (PassageLinks, CrowdedPlaces) {
    let found = try join()
    copy(found.0)
    return found
  }

  private func join() throws(EngineError) -> (PassageLinks, CrowdedPlaces) {
    let stored = store.chunks.reduce(0) { $0 + $1.layout.fingerprintCount }
    let slices = memory.sliceCount(
      ofFingerprints: stored / FingerprintList.partitionCount, threads: threads)
    let count = FingerprintList.partitionCount * slices
    let results = Mutex([[PassageLink]](repeating: [], count: count))
    let crowded = Mutex([CrowdedPlaces](repeating: CrowdedPlaces(), count: count))
    Workers.forEach(count, threads: threads, monitor.cancellation) { index in
      let (partition, slice) = index.quotientAndRemainder(dividingBy: slices)
      let found = fingerprints(
        inPartition: partition, FingerprintSlice(index: slice, count: slices))
      let join = FingerprintJoin([(found, 0)], ranks: order.ranks, rules: rules)
      let (links, places) = join.links(inPartition: partition)
      if memory.add(linkCount: links.count) {
        results.withLock { $0[index] = links }
        if rules.cuts.mode != .none { crowded.withLock { $0[index] = places } }
      }
    }
    try memory.checkLinks()
    try monitor.check()
    var groups = results.withLock { groups in
      defer { groups = [] }
      return groups
    }
    if rules.hasSeeds {
      groups += try SeedSearch(
        rules: rules, threads: threads, order: order, rereader: rereader, memory: memory,
        monitor: monitor
      ).links()
    }
    var places = CrowdedPlaces()
    for own in crowded.withLock({ $0 }) { places.append(own) }
    return (PassageLinks(&groups, documentCount: order.documents.count), places)
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
    rereader.copy(links.readDocuments.map { order.documents[Int($0)] })
  }

  /// Finds the passages of linked documents.
  /// - Throws: `tooLittleMemory`; `stopped`.
  func passages(_ links: PassageLinks, _ crowded: CrowdedPlaces) throws(EngineError) -> Result {
    let count = links.documents.count
    let batches = (count + Self.batchSize - 1) / Self.batchSize
    typealias Batch = (passages: PassageList, runs: PassageList)
    let found = Mutex([Batch](repeating: (PassageList(), PassageList()), count: batches))
    let unfollowed = Mutex<[UnfollowedRepeats]>([])
    let done = Atomic(0)
    let budget = textByteCount / threads
    Workers.forEach(batches, threads: threads, monitor.cancellation) { _ in
      let rereader = self.rereader.makeReader()
      return PassageReader(links, rules: rules, budget: budget) { rank in
        // Without texts, a document with very many links ends soon.
        guard !monitor.cancellation.isCancelled else { return nil }
        return rereader.passageText(
          of: order.document(rank), hasLetters: rules.countsSimilarWords)
      }
    } body: { batch, reader in
      let range = batch * Self.batchSize..<min(count, (batch + 1) * Self.batchSize)
      var own = Batch(PassageList(), PassageList())
      for index in range {
        let (passages, runs) = reader.passages(ofDocumentAt: index)
        own.passages.append(passages)
        own.runs.append(runs)
      }
      let isKept = memory.add(own.passages, own.runs)
      found.withLock { [own] found in
        if isKept {
          found[batch] = own
        } else {
          found = found.map { _ in (PassageList(), PassageList()) }
        }
      }
      // Documents without links are done as fast as these.
      let share = Double(done.add(range.count, ordering: .relaxed).newValue) / Double(count)
      monitor.complete(documents: Int(share * Double(order.documents.count)))
    } end: { reader in
      unfollowed.withLock { $0 += reader.unfollowed }
    }
    try memory.checkPassages()
    try monitor.check()
    var passages = found.withLock { $0.map(\.passages) }
    var runs = found.withLock { found in
      defer { found = [] }
      return found.map(\.runs)
    }
    return Result(
      passages: PassageList(joining: &passages), runs: PassageList(joining: &runs),
      unfollowed: unfollowed.withLock { $0 }, crowded: crowded)
  }
}
