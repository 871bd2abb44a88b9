internal import RepriseCore
internal import Synchronization

/// Links the documents that are kept by seeds, which edited passages share where they share no
/// fingerprint.
///
/// All documents are read again to count the seeds, and those that few places share are collected. If
/// the seeds do not fit in memory, this is done slice by slice, with another reading to collect them,
/// and twice, as the links that have no others near them can only be told when all are counted.
struct SeedSearch: Sendable {
  let rules: PassageRules
  let threads: Int
  let order: KeepOrder
  let rereader: DocumentRereader
  let memory: PassageMemory
  let monitor: RunMonitor

  /// The number of documents that a thread claims at once.
  private static let batchSize = 64

  /// The links of all partitions and slices.
  /// - Throws: `tooLittleMemory`; `stopped`.
  func links() throws(EngineError) -> [[PassageLink]] {
    rereader.copy(order.documents)
    let tokenCount = order.documents.reduce(0) { $0 + rereader.tokenCount(of: Int($1)) }
    let shape = SeedCounters.Shape(tokenCount: tokenCount, budget: memory.seedByteCount)
    let cells = SeedCells(linkCount: tokenCount, budget: memory.cellByteCount)
    var lists = shape.sliceCount == 1 ? try seeds(shape, slice: 0) : []
    let partitions = SeedJoin.partitionCount
    let found = Mutex([[PassageLink]?](repeating: nil, count: shape.sliceCount * partitions))
    let foundCount = Atomic(0)
    for slice in 0..<shape.sliceCount {
      if shape.sliceCount > 1 { lists = try seeds(shape, slice: slice) }
      join(lists) { partition, links in
        cells.count(links)
        // Most links can be kept until all are counted, and need not be joined twice.
        let total = foundCount.add(links.count, ordering: .relaxed).newValue
        guard total <= memory.foundLinkLimit else { return }
        found.withLock { found in found[slice * partitions + partition] = links }
      }
    }
    for slice in 0..<shape.sliceCount {
      let isKnown = found.withLock { found in
        found[slice * partitions..<(slice + 1) * partitions].allSatisfy { $0 != nil }
      }
      if shape.sliceCount > 1 && !isKnown { lists = try seeds(shape, slice: slice) }
      Workers.forEach(partitions, threads: threads, monitor.cancellation) { [lists] partition in
        let index = slice * partitions + partition
        let known = found.withLock { found in
          defer { found[index] = nil }
          return found[index]
        }
        var links =
          known
          ?? SeedJoin(lists, ranks: order.ranks, rules: rules).links(inPartition: partition)
        cells.removeSingle(&links)
        guard memory.add(linkCount: links.count) else { return }
        found.withLock { [links] found in found[index] = links }
      }
    }
    try memory.checkLinks()
    try monitor.check()
    return found.withLock { found in
      defer { found = [] }
      return found.map { $0 ?? [] }
    }
  }

  /// The seeds of a slice that several places share.
  private func seeds(_ shape: SeedCounters.Shape, slice: Int) throws(EngineError) -> [SeedPostings]
  {
    let counters = SeedCounters(shape, slice: slice)
    let batches = (order.documents.count + Self.batchSize - 1) / Self.batchSize
    // The seeds of a corpus that is not divided fit in memory, and are read once.
    let isWhole = shape.sliceCount == 1
    typealias Batch = [(document: UInt32, seeds: SeedGrams)]
    let kept = Mutex([Batch](repeating: [], count: isWhole ? batches : 0))
    forEachBatch { batch, documents, reader in
      var own: Batch = []
      reader.forEachSeeds(of: documents) { document, seeds in
        counters.count(seeds.hashes)
        if isWhole { own.append((document, seeds)) }
      }
      if isWhole { kept.withLock { [own] kept in kept[batch] = own } }
    }
    try monitor.check()
    let lists = Mutex([SeedPostings](repeating: SeedPostings(), count: batches))
    forEachBatch { batch, documents, reader in
      var postings = SeedPostings()
      if isWhole {
        let own = kept.withLock { kept in
          defer { kept[batch] = [] }
          return kept[batch]
        }
        for (document, seeds) in own {
          postings.append(seeds, sharedBy: counters, document: document)
        }
      } else {
        reader.forEachSeeds(of: documents) { document, seeds in
          postings.append(seeds, sharedBy: counters, document: document)
        }
      }
      postings.group()
      lists.withLock { [postings] lists in lists[batch] = postings }
    }
    try monitor.check()
    return lists.withLock { lists in
      defer { lists = [] }
      return lists
    }
  }

  private func join(
    _ lists: [SeedPostings], _ body: @escaping @Sendable (Int, [PassageLink]) -> Void
  ) {
    let join = SeedJoin(lists, ranks: order.ranks, rules: rules)
    Workers.forEach(SeedJoin.partitionCount, threads: threads, monitor.cancellation) { partition in
      body(partition, join.links(inPartition: partition))
    }
  }

  /// Calls `body` with the documents of each batch, on all threads.
  private func forEachBatch(
    _ body: @escaping @Sendable (Int, ArraySlice<UInt32>, SeedReader) -> Void
  ) {
    let count = order.documents.count
    let batches = (count + Self.batchSize - 1) / Self.batchSize
    Workers.forEach(batches, threads: threads, monitor.cancellation) { _ in
      SeedReader(rereader.makeReader(), monitor.cancellation)
    } body: { batch, reader in
      let range = batch * Self.batchSize..<min(count, (batch + 1) * Self.batchSize)
      body(batch, order.documents[range], reader)
    }
  }
}

/// Reads the seeds of one document at a time.
///
/// Not thread-safe.
private final class SeedReader {
  private let texts: TextReader
  private let cancellation: Cancellation
  private var seeds = SeedGrams()

  init(_ texts: TextReader, _ cancellation: Cancellation) {
    self.texts = texts
    self.cancellation = cancellation
  }

  /// Calls `body` with the seeds of each document that can be read again, until the run is cancelled.
  func forEachSeeds(of documents: ArraySlice<UInt32>, _ body: (UInt32, SeedGrams) -> Void) {
    for document in documents where !cancellation.isCancelled {
      guard let text = texts.passageText(of: Int(document)) else { continue }
      seeds.read(text)
      body(document, seeds)
    }
  }
}
