internal import CKernels
internal import RepriseCore

/// Finds repeated passages among the documents that are kept, and decides what is cut.
struct PassageStage: Sendable {
  let matching: MatchingParameters
  let threads: Int
  let store: SketchStore
  let order: KeepOrder
  /// The keep order of all documents; nil for corpus order.
  let comesFirst: (@Sendable (UInt32, UInt32) -> Bool)?
  let rereader: DocumentRereader
  /// The decisions on whole documents.
  let decisions: Decisions
  /// The grams of texts that the user wants to be ignored.
  let ignored: IgnoredGrams
  /// For each input, whether its name says that its texts must not be cut inside.
  let structuredInputs: [Bool]
  /// The memory that texts and passages may take.
  let plan: MemoryPlan
  let monitor: RunMonitor
  /// The kept documents that were not compared with similar ones.
  let alone: Set<UInt32>
  /// True to end with the documents that would be dropped, but for those that were dropped because
  /// they are similar to them.
  let givesUpIfBlocked: Bool

  private var rules: PassageRules { matching.passageRules }

  /// The result of the stage.
  enum Outcome {
    case found(FoundPassages)
    /// Kept documents that different ones have, and that others were dropped for: what is similar to
    /// them need not be in the documents that have their words.
    ///
    /// If the others are kept instead, these can be dropped.
    case blocked(Set<UInt32>)
  }

  /// Runs the stage.
  ///
  /// - Returns: the passages, in bytes, and what is cut of them.
  /// - Throws: `tooLittleMemory` for more of them than the plan has memory for; `stopped`.
  func run() throws(EngineError) -> Outcome {
    let memory = PassageMemory(plan)
    let mayVanish = mayVanish()
    let blocked: Set<UInt32>
    var found: PassageSearch.Result
    (found, blocked) = try search(mayVanish, memory)
    guard blocked.isEmpty else { return .blocked(blocked) }
    let filter = BoilerplateFilter(found.passages, rules: rules)
    let removed = remove(filter, from: &found)
    var texts = try texts(of: found, removed, memory)
    if !ignored.isEmpty {
      found.passages.removeAll { texts[$0.second]?.ignores($0) ?? false }
      found.runs.removeAll { texts[$0.second]?.ignores($0) ?? false }
    }
    var containment: Containment
    var cuts: CutPlan
    var dropped: Set<UInt32> = []
    var attempt = 0
    repeat {
      attempt += 1
      containment = Containment(
        found.runs, share: rules.cuts.contained, tokenCount: tokenCount, mayBeDropped: mayVanish,
        isContainer: { [dropped, attempt] in
          attempt < Self.containerLimit && !dropped.contains($0)
        }, isReference: isReference)
      let contained = self.blocked(Set(containment.blocked.keys))
      guard contained.isEmpty else { return .blocked(contained) }
      let uncut: Set<UInt32>
      (cuts, uncut) = try self.cuts(
        found, removed, filter, containment, &texts, mayVanish, memory)
      guard uncut.isEmpty else { return .blocked(uncut) }
      try monitor.check()
      // Containers that are not kept contain nothing for good.
      let containers = containment.drops.values.lazy.map(\.container)
      dropped.formUnion(containers.filter { cuts.vanished[$0] != nil })
    } while containment.drops.values.contains { dropped.contains($0.container) }
    try memory.check(cutCount: cuts.cuts.count)
    let incomplete = incomplete(found)
    // Grouping needs the memory, and then reading the documents again.
    found.runs = PassageList()
    found.crowded = CrowdedPlaces()
    cuts.removePassages()
    reprise_return_freed_memory()
    let groups = PassageGroup.groups(of: found.passages)
    found.passages = PassageList()
    reprise_return_freed_memory()
    var passages = FoundPassages(
      plan: cuts, containment, groups: groups,
      boilerplate: filter.boilerplate, decisions: decisions, order: order, rereader: rereader,
      referenceCount: store.referenceCount, threads: threads, monitor.cancellation)
    try monitor.check()
    passages.incomplete = incomplete
    return .found(passages)
  }

  /// Finds passages, unless a document is contained that others were dropped for.
  private func search(
    _ mayVanish: (UInt32) -> Bool, _ memory: PassageMemory
  ) throws(EngineError) -> (PassageSearch.Result, blocked: Set<UInt32>) {
    let search = search(order, memory)
    let (links, crowded) = try search.links()
    if givesUpIfBlocked {
      let blocked = try containedSurvivors(links, mayVanish)
      guard blocked.isEmpty else { return (PassageSearch.Result(), blocked) }
    }
    return (try search.passages(links, crowded), [])
  }

  /// The documents that a different one contains, but that others were dropped for, and those of the
  /// others that it contains, too.
  private func containedSurvivors(
    _ links: PassageLinks, _ mayVanish: (UInt32) -> Bool
  ) throws(EngineError) -> Set<UInt32> {
    func survivors(_ order: KeepOrder) -> ContainedSurvivors {
      ContainedSurvivors(
        rules: rules, threads: threads, order: order, rereader: rereader,
        textByteCount: plan.texts, monitor: monitor)
    }
    let contained = survivors(order).run(links, mayVanish: mayVanish, isReference: isReference)
    try monitor.check()
    var documents = blocked(Set(contained.keys))
    guard !documents.isEmpty else { return [] }
    let containers = Set(contained.values.map { UInt32(order.document($0.container)) })
    let similar = Set(decisions.nearDrops(for: Set(documents.map(Int.init))))
    let part = KeepOrder(documentCount: store.documentCount, comesFirst: comesFirst) {
      containers.contains($0) || similar.contains($0)
    }
    let found = survivors(part).run(
      try search(part, PassageMemory(plan)).links().0,
      mayVanish: { !similar.contains(UInt32(part.document($0))) },
      isContainer: { containers.contains(UInt32(part.document($0))) },
      isReference: { part.document($0) < store.referenceCount })
    try monitor.check()
    documents.formUnion(found.keys.map { UInt32(part.document($0)) })
    return documents
  }

  private func search(_ order: KeepOrder, _ memory: PassageMemory) -> PassageSearch {
    PassageSearch(
      rules: rules, threads: threads, store: store, order: order, rereader: rereader,
      memory: memory, textByteCount: plan.texts, monitor: monitor)
  }

  /// The number of times that the cuts are decided again at most.
  private static let roundLimit = 32
  /// The number of times that containers are chosen at most, because some are dropped for their cuts;
  /// the last time, no document is dropped because another one contains it.
  private static let containerLimit = 8

  /// Decides what is cut, and decides again as long as documents share words, and may lose them,
  /// that they did not share before the cuts.
  private func cuts(
    _ found: PassageSearch.Result, _ removed: PassageList, _ filter: BoilerplateFilter,
    _ containment: Containment, _ texts: inout CutTexts, _ mayVanish: (UInt32) -> Bool,
    _ memory: PassageMemory
  ) throws(EngineError) -> (CutPlan, blocked: Set<UInt32>) {
    var cuts = CutPlan(rules: rules)
    guard rules.cuts.mode != .none else { return (cuts, []) }
    cuts.add(candidates(found, containment, texts), as: .candidate)
    // What a dropped document has is not kept there.
    var passages = found.passages
    if !containment.drops.isEmpty {
      passages.removeAll {
        containment.drops[$0.first] != nil || containment.drops[$0.second] != nil
      }
    }
    cuts.add(passages, as: .passage)
    cuts.add(removed, as: .removed)
    var known = Set<Passage>()
    var search = SecondSearch(
      found.crowded, rules: rules, slotCount: NearRemainders.slotCount(matching), threads: threads,
      store: store, order: order,
      rereader: rereader, plan: plan, monitor: monitor)
    var near = NearRemainders(
      matching, threads: threads, store: store, order: order, rereader: rereader, plan: plan,
      monitor: monitor, alone: Set(alone.map { order.ranks[Int($0)] }))
    var dropped = DroppedRemainders()
    for _ in 0..<Self.roundLimit {
      cuts.decide(texts: { containment.drops[$0] == nil ? texts[$0] : nil }, mayVanish: mayVanish)
      let remainders = cuts.containedRemainders(
        with: Set(containment.blocked.keys), share: rules.cuts.contained, tokenCount: tokenCount,
        mayBeDropped: mayVanish, isReference: isReference)
      let blocked = blocked(cuts.blocked.union(remainders.blocked.keys))
      guard blocked.isEmpty else { return (cuts, blocked) }
      let vanished = cuts.vanished
      let result = try search.run(cuts.corpus(tokenCount: tokenCount)) {
        vanished[$0] == nil && containment.drops[$0] == nil
      }
      let similar = near.run(
        cuts.remainders(tokenCount: tokenCount), search,
        isLeft: {
          containment.drops[$0] == nil && remainders.drops[$0] == nil
            && !(vanished[$0]?.isForItsCuts ?? false)
        }, mayVanish: mayVanish)
      try monitor.check()
      let similarBlocked = self.blocked(similar.blocked)
      guard similarBlocked.isEmpty else { return (cuts, similarBlocked) }
      var (candidates, seams) = (PassageList(), PassageList())
      var (edited, equal) = (PassageList(), PassageList())
      for run in result.runs where known.insert(run).inserted {
        guard !filter.isBoilerplate(run) || rules.cuts.boilerplate == .cut else { continue }
        if run.matches.count > 1 {
          seams.append(run)
        } else if !cuts.knows(run) {
          candidates.append(run)
        }
      }
      for passage in result.edited where known.insert(passage).inserted {
        if !filter.isBoilerplate(passage) || rules.cuts.boilerplate == .cut {
          edited.append(passage)
        }
      }
      for remainder in result.remainders where known.insert(remainder).inserted {
        equal.append(remainder)
      }
      let added = [candidates, seams, edited, equal]
      let isChanged = dropped.update(remainders.drops.mapValues { .contained($0) }, similar.drops)
      guard isChanged || added.contains(where: { !$0.isEmpty }) else { return (cuts, []) }
      try readMore(
        added.flatMap { $0.map(\.second) } + dropped.drops.keys.sorted(), into: &texts, memory)
      cuts.add(candidates, as: .candidate)
      cuts.add(seams, as: .seam)
      cuts.add(edited, as: .edited)
      cuts.add(equal, as: .remainder)
      cuts.replaceDroppedRemainders(dropped.drops)
    }
    cuts.decide(texts: { containment.drops[$0] == nil ? texts[$0] : nil }, mayVanish: mayVanish)
    return (cuts, [])
  }

  /// The documents of which the similar ones are to be kept instead, if the stage gives up for them.
  private func blocked(_ ranks: Set<UInt32>) -> Set<UInt32> {
    guard givesUpIfBlocked else { return [] }
    return Set(ranks.filter { !isReference($0) }.map { UInt32(order.document($0)) })
  }

  private func isReference(_ rank: UInt32) -> Bool { order.document(rank) < store.referenceCount }

  private func tokenCount(_ rank: UInt32) -> Int {
    rereader.tokenCount(of: order.document(rank))
  }

  /// A document stays if others were dropped because they are similar to it: what is similar to it
  /// need not be in the documents that have its words.
  private func mayVanish() -> (UInt32) -> Bool {
    let nearSurvivors = decisions.nearSurvivors
    return { !nearSurvivors.contains(UInt32(order.document($0))) }
  }

  /// Takes boilerplate from the passages, and from the runs unless it is cut as other passages are.
  ///
  /// - Returns: what is cut from all documents.
  private func remove(
    _ filter: BoilerplateFilter, from found: inout PassageSearch.Result
  ) -> PassageList {
    var removed = PassageList()
    guard !filter.isEmpty else { return removed }
    found.passages.removeAll(where: filter.isBoilerplate)
    switch rules.cuts.boilerplate {
    case .keep: found.runs.removeAll(where: filter.isBoilerplate)
    case .cut: break
    case .cutAll:
      for run in found.runs where filter.isBoilerplate(run) {
        removed.append(run)
        removed.append(run.onFirstSide)
      }
      found.runs.removeAll(where: filter.isBoilerplate)
    }
    return removed
  }

  /// Reads the texts that may be cut.
  private func texts(
    of found: PassageSearch.Result, _ removed: PassageList, _ memory: PassageMemory
  ) throws(EngineError) -> CutTexts {
    var isRead = DocumentSet(count: order.documents.count)
    func read(_ passages: PassageList) {
      for index in passages.indices {
        let (first, second) = passages.documents(at: index)
        if first != second || rules.cuts.cutsRepeats || !ignored.isEmpty { isRead.insert(second) }
      }
    }
    if rules.cuts.mode != .none || !ignored.isEmpty { read(found.runs) }
    if rules.cuts.mode == .edited || !ignored.isEmpty { read(found.passages) }
    read(removed)
    for index in removed.indices { isRead.insert(removed.documents(at: index).second) }
    var texts = CutTexts()
    let ranks = (0..<UInt32(order.documents.count)).filter(isRead.contains)
    try readMore(ranks, into: &texts, memory)
    return texts
  }

  /// Reads further texts that may be cut.
  private func readMore(
    _ ranks: [UInt32], into texts: inout CutTexts, _ memory: PassageMemory
  ) throws(EngineError) {
    texts.read(
      ranks, rules: rules, order: order, rereader: rereader, ignored: ignored, threads: threads,
      monitor.cancellation
    ) { [store, structuredInputs] document in
      let input = Int(store.slice(of: document).input)
      return input < structuredInputs.count && structuredInputs[input]
    }
    try monitor.check()
    try memory.check(textByteCount: texts.byteCount)
  }

  /// The passages that may be cut; none of a document that is dropped as contained.
  private func candidates(
    _ found: PassageSearch.Result, _ containment: Containment, _ texts: CutTexts
  ) -> PassageList {
    var candidates = PassageList()
    guard rules.cuts.mode != .none else { return candidates }
    func add(_ passage: Passage) {
      let isKept = [passage.first, passage.second].allSatisfy { containment.drops[$0] == nil }
      if isKept { candidates.append(passage) }
    }
    for run in containment.rerouted(found.runs, minimumWords: rules.minimumWords) { add(run) }
    if rules.cuts.mode == .edited {
      for passage in found.passages where !passage.isOutline {
        texts[passage.second]?.editedParts(of: passage).forEach(add)
      }
    }
    return candidates
  }

  private func incomplete(_ found: PassageSearch.Result) -> [FoundPassages.Incomplete] {
    UnfollowedRepeats.remainders(found.unfollowed, outside: [found.passages, found.runs]).map {
      FoundPassages.Incomplete(
        document: order.document($0.document), other: order.document($0.first),
        tokenCount: $0.tokenCount)
    }.sorted { $0.document < $1.document }
  }
}
