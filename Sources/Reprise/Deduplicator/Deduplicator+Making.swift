internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

extension Deduplicator.Result {
  /// Makes the public result of what was decided.
  ///
  /// - Throws: errors of the store.
  init(
    _ found: Deduplication.Result, _ store: SketchStore, _ inputs: InputPaths
  ) throws(CorpusError) {
    let outcomes = DocumentOutcomes(
      decisions: found.duplicates.decisions, passages: found.passages)
    let reader = SketchReader(store)
    referenceCount = store.referenceCount
    let copies = CopyCounts(
      of: referenceCount..<store.documentCount, keptDocument: outcomes.keptDocument(for:))
    documents = (0..<store.documentCount).map { document in
      let descriptor = reader.descriptor(document)
      return Deduplicator.Document(
        outcomes.outcome(
          of: document, descriptor,
          problem: unsafe String(
            decoding: reader.label(document, descriptor).title, as: UTF8.self)),
        words: Int(descriptor.contentHash.tokenCount), copies: copies[document])
    }
    clusterCount = found.duplicates.decisions.clusterCount
    pairs = try Self.pairs(found.duplicates, referenceCount: store.referenceCount)
    passages = found.passages.groups.map(Deduplicator.Passage.init)
    var problems: [Problem] = []
    let list = ProblemList(
      found: [], store: store, repeatedIDs: found.repeatedIDs,
      incomplete: found.passages.incomplete)
    try list.list(DocumentLabels(store, inputs: inputs)) { problems.append($0) }
    self.problems = problems
    try CorpusError.ofEngine { () throws(EngineError) in try store.check() }
  }
}

extension Deduplicator.Result {
  private static func pairs(
    _ duplicates: DuplicateStage.Result, referenceCount: Int
  ) throws(CorpusError) -> [Deduplicator.Pair] {
    var pairs: [Deduplicator.Pair] = []
    func add(
      _ one: UInt32, _ other: UInt32, _ reason: ManifestEntry.Reason,
      _ similarity: MeasuredSimilarity?
    ) {
      pairs.append(
        Deduplicator.Pair(
          first: Int(min(one, other)), second: Int(max(one, other)), reason: reason,
          similarity: similarity))
    }
    for piece in 0..<duplicates.pairs.pieceCount {
      let stored = try CorpusError.ofEngine { () throws(EngineError) in
        try duplicates.pairs.pairs(piece)
      }
      for pair in stored
      where max(pair.first, pair.second) >= referenceCount {
        add(pair.first, pair.second, .near, pair.similarity)
      }
    }
    let decisions = duplicates.decisions
    decisions.forEachCopy { copy in
      if let counts = copy.counts {
        let similarity = MeasuredSimilarity(counts: counts, by: duplicates.pairs.verification)
        add(copy.document, copy.survivor, .near, similarity)
      } else {
        let reason: ManifestEntry.Reason =
          decisions.hasSameText(Int(copy.document)) ? .exact : .words
        add(copy.document, copy.survivor, reason, nil)
      }
    }
    return pairs
  }
}

extension Deduplicator.Document {
  fileprivate init(_ outcome: DocumentOutcome, words: Int, copies: Int) {
    self.words = words
    self.copies = copies
    status = outcome.status
    reason = outcome.reason
    duplicateOf = outcome.duplicateOf
    similarity = outcome.similarity
    cluster = outcome.cluster
    cuts = outcome.cuts.map { cut in
      Deduplicator.Cut(
        bytes: cut.bytes, duplicateOf: cut.source, sourceBytes: cut.sourceBytes, words: cut.words,
        identity: cut.identity)
    }
  }
}

extension Deduplicator.Passage {
  fileprivate init(_ group: FoundPassages.Group) {
    title = group.title
    words = group.wordCounts[0]
    occurrences = group.documents.indices.map { place in
      Occurrence(
        document: group.documents[place], bytes: group.places[place],
        identity: group.identities[place])
    }
    boilerplate = group.boilerplate.map {
      PassageEntry.Boilerplate(documentCount: $0.documentCount, text: $0.text)
    }
  }
}
