internal import RepriseCore
internal import Synchronization

/// Finds documents of which what the cuts leave is similar to what they leave of a different one, as a
/// second scan would.
///
/// Candidates share a band key. A document is compared with those that stay and come before it in keep
/// order, if the cuts changed one of the two, or if it was not compared before.
struct NearRemainders {
  let matching: MatchingParameters
  let threads: Int
  let store: SketchStore
  let order: KeepOrder
  let rereader: DocumentRereader
  let plan: MemoryPlan
  let monitor: RunMonitor
  /// Documents that were not compared as a whole, by their ranks in keep order.
  let alone: Set<UInt32>

  /// What a comparison needs of a document that the cuts changed.
  private struct Sketch {
    var ranges: [Range<Int>]?
    var keys: [UInt64]
  }

  private struct Pair: Hashable {
    var first: UInt32
    var second: UInt32
  }

  private var sketches: [UInt32: Sketch] = [:]
  /// The similarities that were computed, of documents that have not changed since; nil below the
  /// threshold.
  private var measured: [Pair: Similarity?] = [:]
  /// The documents without cuts that have a band key of one with cuts.
  private var others: [UInt64: [UInt32]] = [:]

  /// What is similar.
  struct Found {
    /// The documents that are dropped, with the kept ones.
    var drops: [UInt32: CutPlan.Vanished] = [:]
    /// Documents that would be dropped, but for those that were dropped because they are similar to
    /// them.
    var blocked: Set<UInt32> = []
  }

  init(
    _ matching: MatchingParameters, threads: Int, store: SketchStore, order: KeepOrder,
    rereader: DocumentRereader, plan: MemoryPlan, monitor: RunMonitor, alone: Set<UInt32>
  ) {
    (self.matching, self.threads, self.store, self.order) = (matching, threads, store, order)
    (self.rereader, self.plan, self.monitor, self.alone) = (rereader, plan, monitor, alone)
  }

  /// The number of slots of a signature that make the band keys; nil if near-duplicates are not
  /// compared exactly.
  static func slotCount(_ matching: MatchingParameters) -> Int? {
    guard matching.find != .passages, matching.verification == .exact else { return nil }
    return matching.computedSlotCount
  }

  /// The maximum number of documents with one key that a document is compared with, as for whole
  /// documents.
  private static let survivorLimit = SurvivorPass().survivorLimit

  /// Finds what is similar with the cuts so far.
  ///
  /// - Parameters:
  ///   - corpus: what is left of the documents, also of those that only this drops.
  ///   - search: the search that has read the trimmed documents.
  ///   - isLeft: false for documents that are dropped for a different reason.
  ///   - mayVanish: whether a document may be dropped.
  /// - Returns: the drops.
  mutating func run(
    _ corpus: CutCorpus, _ search: SecondSearch, isLeft: (UInt32) -> Bool,
    mayVanish: (UInt32) -> Bool
  ) -> Found {
    guard let slotCount = Self.slotCount(matching) else { return Found() }
    let added = read(corpus, search, slotCount)
    guard !sketches.isEmpty else { return Found() }
    addOthers(with: added)
    return decide(corpus, isLeft: isLeft, mayVanish: mayVanish)
  }

  /// Reads the documents that have changed; returns their band keys.
  private mutating func read(
    _ corpus: CutCorpus, _ search: SecondSearch, _ slotCount: Int
  ) -> [UInt64] {
    let ranks = Set(corpus.remaining.keys).union(alone)
    sketches = sketches.filter { ranks.contains($0.key) }
    let changed = ranks.filter { rank in
      guard let known = sketches[rank] else { return true }
      return known.ranges != corpus.remaining[rank]?.ranges
    }.sorted()
    guard !changed.isEmpty else { return [] }
    let isChanged = Set(changed)
    measured = measured.filter {
      !isChanged.contains($0.key.first) && !isChanged.contains($0.key.second)
    }
    rereader.copyMore(ranks: changed, in: order)
    let reader = RemainderReader(rereader, rules: matching.passageRules, slotCount: slotCount)
    var added: [UInt64] = []
    for rank in changed where !monitor.cancellation.isCancelled {
      let remaining = corpus.remaining[rank]
      let keys =
        search.bandKeys(of: rank, remaining) ?? reader.bandKeys(order.document(rank), remaining)
      sketches[rank] = Sketch(ranges: remaining?.ranges, keys: keys ?? [])
      added += keys ?? []
    }
    return added
  }

  /// Finds the documents that have one of some band keys as a whole.
  private mutating func addOthers(with added: [UInt64]) {
    let new = KeyFilter(Set(added.filter { others[$0] == nil }))
    guard !new.keys.isEmpty else { return }
    for key in new.keys { others[key] = [] }
    let found = Mutex<[(key: UInt64, rank: UInt32)]>([])
    Workers.forEach(store.chunks.count, threads: threads, monitor.cancellation) { [store] _ in
      SketchReader(store)
    } body: { [store, order] index, reader in
      let chunk = store.chunks[index]
      guard chunk.layout.bandCount > 0 else { return }
      var own: [(key: UInt64, rank: UInt32)] = []
      // In bounds: the section has a key for each band and document, band by band.
      let keys = unsafe reader.bytes(.keys, of: chunk)
      let count = chunk.layout.documentCount
      for place in 0..<chunk.layout.bandCount * count {
        let key = unsafe keys.number(at: 8 * place, UInt64.self)
        guard new.contains(key) else { continue }
        let rank = order.ranks[chunk.firstDocument + place % count]
        if rank != FingerprintJoin.noRank { own.append((key, rank)) }
      }
      found.withLock { [own] in $0 += own }
    }
    for (key, rank) in found.withLock({ $0 }) { others[key, default: []].append(rank) }
  }

  private mutating func decide(
    _ corpus: CutCorpus, isLeft: (UInt32) -> Bool, mayVanish: (UInt32) -> Bool
  ) -> Found {
    var keys = sketches.mapValues(\.keys)
    for sketch in sketches.values {
      for key in sketch.keys {
        for rank in others[key] ?? [] where sketches[rank] == nil {
          keys[rank, default: []].append(key)
        }
      }
    }
    rereader.copyMore(ranks: keys.keys, in: order)
    let reader = RemainderReader(rereader, rules: matching.passageRules)
    let verifier = ExactVerifier<Never>(
      threshold: matching.threshold, screen: nil, budget: plan.sets / 2
    ) { [order] rank in
      reader.shingles(order.document(rank), corpus.remaining[rank])
    }
    var found = Found()
    var survivors: [UInt64: [UInt32]] = [:]
    for rank in keys.keys.sorted() where isLeft(rank) && !monitor.cancellation.isCancelled {
      let own = Set(keys[rank] ?? [])
      let compared = Set(own.flatMap { survivors[$0] ?? [] })
      var best: (kept: UInt32, similarity: Similarity)?
      for kept in compared.sorted() where sketches[kept] != nil || sketches[rank] != nil {
        guard let similarity = similarity(kept, rank, verifier) else { continue }
        if similarity.jaccard > best?.similarity.jaccard ?? -1 { best = (kept, similarity) }
      }
      if let best, mayVanish(rank) {
        found.drops[rank] = .near(to: best.kept, best.similarity)
        continue
      }
      if best != nil { found.blocked.insert(rank) }
      for key in own where survivors[key]?.count ?? 0 < Self.survivorLimit {
        survivors[key, default: []].append(rank)
      }
    }
    return found
  }

  private mutating func similarity(
    _ first: UInt32, _ second: UInt32, _ verifier: ExactVerifier<Never>
  ) -> Similarity? {
    let pair = Pair(first: first, second: second)
    if let known = measured[pair] { return known }
    let similarity = verifier.similarity(first, second)
    measured[pair] = .some(similarity)
    return similarity
  }
}
