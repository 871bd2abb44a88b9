internal import RepriseCore
internal import Synchronization

/// Finds what documents share when their cuts are made, as a second scan would.
///
/// Only trimmed documents are read, and those that share a fingerprint in an open place.
struct SecondSearch: Sendable {
  let rules: PassageRules
  /// The number of slots that make the band keys of what is left; nil for no keys.
  let slotCount: Int?
  let threads: Int
  let store: SketchStore
  let order: KeepOrder
  let rereader: DocumentRereader
  /// The memory that links and runs may take.
  let plan: MemoryPlan
  let monitor: RunMonitor
  /// What is left of the documents.
  private var corpus: CutCorpus
  /// False for the ranks of documents that are dropped for their passages.
  private var isLeft: @Sendable (UInt32) -> Bool = { _ in true }
  /// What is left of the trimmed documents that could be read.
  private var remainders: [UInt32: Remainder] = [:]
  /// Links that were followed, between documents that have not changed since.
  private var compared: Set<PassageLink> = []
  /// The occurrences of fingerprints that the first search did not link with each other, without
  /// those that were compared.
  private var crowded: CrowdedPlaces
  private var isFirst = true
  /// What documents share around such occurrences.
  private var windows = EqualWindows()

  init(
    _ crowded: CrowdedPlaces, rules: PassageRules, slotCount: Int?, threads: Int,
    store: SketchStore,
    order: KeepOrder, rereader: DocumentRereader, plan: MemoryPlan, monitor: RunMonitor
  ) {
    self.crowded = crowded
    (self.rules, self.slotCount) = (rules, slotCount)
    self.threads = threads
    self.store = store
    self.order = order
    self.rereader = rereader
    self.plan = plan
    self.monitor = monitor
    corpus = CutCorpus(rules: rules)
  }

  /// What was found, in positions of the whole documents.
  struct Result {
    /// Runs of at least the minimum length that were not compared before.
    var runs = PassageList()
    /// Edited passages, if these are cut.
    var edited = PassageList()
    /// Documents of which the same tokens are left.
    var remainders = PassageList()
  }

  /// Finds everything that was not found with the cuts before.
  ///
  /// - Parameters:
  ///   - corpus: what is left of the documents.
  ///   - isLeft: false for the ranks of documents that are dropped for their passages.
  /// - Returns: what was found.
  /// - Throws: `tooLittleMemory`; `stopped`.
  mutating func run(
    _ corpus: CutCorpus, isLeft: @escaping @Sendable (UInt32) -> Bool
  ) throws(EngineError) -> Result {
    let changes = corpus.changes(since: self.corpus)
    (self.corpus, self.isLeft) = (corpus, isLeft)
    guard !changes.isEmpty || isFirst else { return Result() }
    isFirst = false
    readRemainders(changes)
    try monitor.check()
    let links = try links(changes)
    let (runs, edited) = try passages(links)
    return Result(runs: runs, edited: edited, remainders: equalRemainders())
  }

  /// Reads the trimmed documents that have changed, without what is cut.
  private mutating func readRemainders(_ changes: Set<UInt32>) {
    for rank in changes { remainders[rank] = nil }
    compared = compared.filter { !changes.contains($0.first) && !changes.contains($0.second) }
    let ranks = changes.filter { corpus.remaining[$0] != nil }.sorted()
    rereader.copyMore(ranks: ranks, in: order)
    let found = Mutex<[UInt32: Remainder]>([:])
    let textByteCount = Atomic(remainders.values.reduce(0) { $0 + ($1.text?.byteCount ?? 0) })
    Workers.forEach(ranks.count, threads: threads, monitor.cancellation) { [self] _ in
      RemainderReader(rereader, rules: rules, slotCount: slotCount)
    } body: { [self] index, reader in
      let rank = ranks[index]
      var read = reader.remainder(order.document(rank), rank: rank, of: corpus)
      // Half of the memory for texts is for those that are read while runs are found.
      let size = read?.text?.byteCount ?? 0
      if textByteCount.add(size, ordering: .relaxed).newValue > plan.texts / 2 {
        textByteCount.subtract(size, ordering: .relaxed)
        read?.text = nil
      }
      found.withLock { [read] in $0[rank] = read }
    }
    remainders.merge(found.withLock { $0 }) { $1 }
  }

  /// The band keys of what is left of a document, if this is what was read last.
  func bandKeys(of rank: UInt32, _ remaining: RemainingTokens?) -> [UInt64]? {
    guard let remaining, corpus.remaining[rank]?.ranges == remaining.ranges else { return nil }
    return remainders[rank]?.bandKeys
  }

  /// The rank of a document that is left.
  private func rank(_ document: UInt32) -> UInt32? {
    let rank = order.ranks[Int(document)]
    return rank != FingerprintJoin.noRank && isLeft(rank) ? rank : nil
  }

  /// Calls `body` with the stored fingerprints of each chunk, on all threads.
  private func forEachChunk(_ body: @escaping @Sendable (RawSpan, SketchStore.Chunk) -> Void) {
    Workers.forEach(store.chunks.count, threads: threads, monitor.cancellation) { _ in
      SketchReader(store)
    } body: { index, reader in
      let chunk = store.chunks[index]
      guard chunk.layout.fingerprintCount > 0 else { return }
      let size = chunk.layout.fingerprintCount * ChunkLayout.fingerprintByteCount
      let stored = unsafe reader.bytes(.fingerprints, of: chunk, 0..<size)
      body(unsafe stored.bytes, chunk)
    }
  }

  /// Links the open places of documents that were not compared since they changed.
  private mutating func links(_ changes: Set<UInt32>) throws(EngineError) -> PassageLinks {
    let (near, crowdedNear) = try linksNearSeams()
    try compareWindows(crowded.removeOpen(in: corpus, isLeft: isLeft), of: CutCorpus(rules: rules))
    try compareWindows(crowdedNear.open(nearSeamsOf: changes, in: corpus), of: corpus)
    let memory = PassageMemory(plan)
    var links = near.filter { corpus.isOpen($0) }
    links += windows.links(in: corpus, isLeft: isLeft)
    links.removeAll { !compared.insert($0).inserted }
    _ = memory.add(linkCount: links.count)
    try memory.checkLinks()
    var groups = [links]
    return PassageLinks(&groups, documentCount: order.documents.count)
  }

  /// Links all fingerprints near seams with all that are equal.
  private func linksNearSeams() throws(EngineError) -> (
    links: [PassageLink], crowded: CrowdedPlaces
  ) {
    guard !remainders.isEmpty else { return ([], CrowdedPlaces()) }
    var open = OpenFingerprints(of: corpus)
    for rank in remainders.keys.sorted() {
      if let near = remainders[rank]?.nearSeams { open.add(near) }
    }
    let known = open
    let lists = Mutex([FingerprintList](repeating: FingerprintList(), count: store.chunks.count))
    forEachChunk { [self] stored, chunk in
      let own = known.equal(stored, firstDocument: chunk.firstDocument, rank: rank)
      lists.withLock { $0[chunk.index] = own }
    }
    try monitor.check()
    for list in lists.withLock({ $0 }) { open.append(list) }
    open.group()
    let join = FingerprintJoin([(open.list, 0)], ranks: order.ranks, rules: rules)
    return join.links(inPartition: 0)
  }

  /// Finds the windows that documents share around some places.
  private mutating func compareWindows(
    _ places: [CrowdedPlaces.Document], of corpus: CutCorpus
  ) throws(EngineError) {
    guard !places.isEmpty else { return }
    rereader.copyMore(ranks: places.lazy.map(\.document), in: order)
    let memory = PassageMemory(plan)
    let sliceCount = memory.sliceCount(ofWindows: places.reduce(0) { $0 + $1.windowCount(rules) })
    for index in 0..<sliceCount {
      let slice = FingerprintSlice(index: index, count: sliceCount)
      let found = Mutex<[EqualWindows.Window]>([])
      Workers.forEach(places.count, threads: threads, monitor.cancellation) { [self] _ in
        RemainderReader(rereader, rules: rules)
      } body: { [self] index, reader in
        let rank = places[index].document
        guard let text = reader.passageText(order.document(rank), corpus.remaining[rank])
        else { return }
        var own: [EqualWindows.Window] = []
        EqualWindows.append(of: text, places[index], rules: rules, in: slice, to: &own)
        found.withLock { [own] in $0 += own }
      }
      try monitor.check()
      windows.add(found.withLock { $0 }, of: corpus)
      try memory.check(windowByteCount: windows.byteCount)
    }
  }

  private func passages(
    _ links: PassageLinks
  ) throws(EngineError) -> (runs: PassageList, edited: PassageList) {
    rereader.copyMore(ranks: links.linkedDocuments, in: order)
    let memory = PassageMemory(plan)
    let count = links.documents.count
    typealias Found = (runs: PassageList, edited: PassageList)
    let found = Mutex([Found](repeating: (PassageList(), PassageList()), count: count))
    Workers.forEach(count, threads: threads, monitor.cancellation) { _ in
      let reader = RemainderReader(rereader, rules: rules)
      return PassageReader(links, rules: rules, budget: plan.texts / 2 / threads) { rank in
        guard !monitor.cancellation.isCancelled else { return nil }
        return remainders[rank]?.text
          ?? reader.passageText(order.document(rank), corpus.remaining[rank])
      }
    } body: { index, reader in
      var own = Found(PassageList(), PassageList())
      if rules.cuts.mode == .edited {
        let result = reader.passages(ofDocumentAt: index)
        for run in result.runs { own.runs.append(corpus.whole(run)) }
        for passage in result.passages where !passage.isOutline {
          own.edited.append(corpus.whole(passage))
        }
      } else {
        for run in reader.runs(ofDocumentAt: index) { own.runs.append(corpus.whole(run)) }
      }
      if memory.add(own.edited, own.runs) { found.withLock { [own] in $0[index] = own } }
    }
    try memory.checkPassages()
    try monitor.check()
    var (runs, edited) = found.withLock { ($0.map(\.runs), $0.map(\.edited)) }
    return (PassageList(joining: &runs), PassageList(joining: &edited))
  }

  /// The documents that have the same tokens as another one when the cuts are made.
  private func equalRemainders() -> PassageList {
    var groups: [ContentHash: [UInt32]] = [:]
    for (rank, remainder) in remainders where remainder.hash.tokenCount > 0 && isLeft(rank) {
      groups[remainder.hash, default: []].append(rank)
    }
    guard !groups.isEmpty else { return PassageList() }
    let descriptors = SketchReader(store)
    for (rank, document) in order.documents.enumerated() {
      let rank = UInt32(rank)
      guard corpus.remaining[rank] == nil, isLeft(rank) else { continue }
      groups[descriptors.descriptor(Int(document)).contentHash]?.append(rank)
    }
    var equal: [Passage] = []
    for (hash, ranks) in groups where ranks.count > 1 {
      let ranks = ranks.sorted()
      for rank in ranks.dropFirst() {
        equal.append(corpus.remainder(of: ranks[0], rank, count: Int(hash.tokenCount)))
      }
    }
    return PassageList(equal.sorted { ($0.second, $0.first) < ($1.second, $1.first) })
  }
}
