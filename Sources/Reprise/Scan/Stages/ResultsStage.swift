internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats
internal import Synchronization

/// Writes all files of the results folder except the summary.
struct ResultsStage {
  let options: CheckedOptions
  let store: SketchStore
  let decisions: Decisions
  let pairs: StoredPairs
  let passages: FoundPassages
  let problems: ProblemList
  let inputs: InputPaths
  /// The ends of the inputs that are read in place, in bytes.
  let inputEnds: [UInt64]
  /// The facts about the inputs.
  let facts: SourceFacts
  let monitor: RunMonitor
  let references: References
  /// The counts of each input, complete after the manifest was written.
  let tally: SourceTally

  /// Writes and counts everything.
  func run(
    into folder: ResultsFolder, _ summary: inout ScanSummary
  ) throws(CorpusError) {
    let manifest = try writeManifest(folder, &summary)
    try writeClustersAndPairs(folder, &summary, finishing: manifest)
    let documentLabels = DocumentLabels(store, inputs: inputs)
    try writePassages(folder, documentLabels, &summary)
    try writeProblems(folder, documentLabels, &summary)
    if options.output.writesTables {
      try folder.writeTables { () throws(CorpusError) in try monitor.cancellation.check() }
    }
    try CorpusError.ofEngine { () throws(EngineError) in try store.check() }
  }

  private func writeManifest(
    _ folder: ResultsFolder, _ summary: inout ScanSummary
  ) throws(CorpusError) -> OrderedLineWriter {
    let blocks = OrderedLineWriter(try folder.file(.manifest))
    let outcomes = DocumentOutcomes(decisions: decisions, passages: passages)
    let lines = ManifestLines(
      store: store, outcomes: outcomes,
      copies: CopyCounts(
        of: references.count..<store.documentCount, keptDocument: outcomes.keptDocument(for:)),
      references: references, tally: tally, inputs: inputs, inputEnds: inputEnds)
    let counts = try blocks.run(
      store.chunks, after: references.count, threads: options.resources.threads,
      monitor.cancellation
    ) { chunks, writer, counts in
      lines.write(chunks, to: &writer, &counts)
    } onBlock: { [store, monitor] count throws(CorpusError) in
      try CorpusError.ofEngine { () throws(EngineError) in try store.check() }
      monitor.complete(documents: count)
    }
    for count in counts { summary.add(count) }
    (summary.sameTextCount, summary.sameWordsCount) = decisions.copyCounts
    summary.nearSimilarities = decisions.histogram
    passages.add(to: &summary.nearSimilarities)
    return blocks
  }

  /// Writes clusters and pairs at the same time, while the disk completes the manifest.
  private func writeClustersAndPairs(
    _ folder: ResultsFolder, _ summary: inout ScanSummary, finishing manifest: OrderedLineWriter
  ) throws(CorpusError) {
    let found = Mutex((largest: [ScanSummary.LargestCluster](), pairCount: 0))
    let failure = Mutex<CorpusError?>(nil)
    // The thread that waits for the disk does not need a core.
    let threads = options.resources.threads == 1 ? 1 : 3
    Workers.forEach(3, threads: threads, nil) { task in
      let documentLabels = DocumentLabels(store, inputs: inputs)
      do throws(CorpusError) {
        switch task {
        case 0: try manifest.finish()
        case 1:
          let lines = ClusterLines(decisions, documentLabels, monitor)
          let table = options.output.writesTables ? try folder.table(.clustersTable) : nil
          let largest = try lines.write(into: folder, table)
          found.withLock { $0.largest = largest }
        default:
          let count = try writePairs(folder, documentLabels)
          found.withLock { $0.pairCount = count }
        }
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let failure = failure.withLock({ $0 }) { throw failure }
    summary.clusterCount = decisions.clusterCount
    (summary.largestClusters, summary.pairCount) = found.withLock { $0 }
  }

  /// Writes the pairs and returns their number.
  private func writePairs(
    _ folder: ResultsFolder, _ documentLabels: DocumentLabels
  ) throws(CorpusError) -> Int {
    var file = try folder.file(.pairs)
    for piece in 0..<pairs.pieceCount {
      try monitor.cancellation.check()
      let stored = try CorpusError.ofEngine { () throws(EngineError) in
        try self.pairs.pairs(piece)
      }
      let pairs = stored.filter {
        !references.contains(Int(max($0.first, $0.second)))
      }
      var documents: [UInt32] = []
      documents.reserveCapacity(2 * pairs.count)
      for pair in pairs {
        documents.append(min(pair.first, pair.second))
        documents.append(max(pair.first, pair.second))
      }
      var first: DocumentReference?
      var place = 0
      try documentLabels.forEach(documents[...]) { name throws(CorpusError) in
        guard let one = first else {
          first = name.reference
          return
        }
        try file.append(PairLine(one, name.reference, pairs[place].similarity))
        first = nil
        place += 1
      }
    }
    try writeCopies(to: &file, documentLabels)
    try file.finish()
    return file.count
  }

  /// The number of documents that are looked up together.
  private static let lookedUpTogether = 1024

  /// Writes the pairs of documents that have the tokens of another one, which were not compared.
  private func writeCopies(
    to file: inout ResultsFile, _ documentLabels: DocumentLabels
  ) throws(CorpusError) {
    var copies: [Decisions.Copy] = []
    copies.reserveCapacity(Self.lookedUpTogether)
    try decisions.forEachCopy { copy throws(CorpusError) in
      copies.append(copy)
      guard copies.count == Self.lookedUpTogether else { return }
      try write(copies, to: &file, documentLabels)
      copies.removeAll(keepingCapacity: true)
      try monitor.cancellation.check()
    }
    try write(copies, to: &file, documentLabels)
  }

  private func write(
    _ copies: [Decisions.Copy], to file: inout ResultsFile, _ documentLabels: DocumentLabels
  ) throws(CorpusError) {
    let documents = copies.flatMap {
      [min($0.document, $0.survivor), max($0.document, $0.survivor)]
    }
    var first: DocumentReference?
    var place = 0
    try documentLabels.forEach(documents[...]) { name throws(CorpusError) in
      guard let one = first else {
        first = name.reference
        return
      }
      try file.append(entry(copies[place], one, name.reference))
      first = nil
      place += 1
    }
  }

  private func entry(
    _ copy: Decisions.Copy, _ first: DocumentReference, _ second: DocumentReference
  ) -> PairLine {
    if let counts = copy.counts {
      return PairLine(
        first, second, MeasuredSimilarity(counts: counts, by: options.matching.verification))
    }
    let hasSameText = decisions.hasSameText(Int(copy.document))
    return PairLine(
      first: first, second: second, reason: hasSameText ? .exact : .words, jaccard: 1,
      intersection: nil, union: nil)
  }

  private func writeProblems(
    _ folder: ResultsFolder, _ documentLabels: DocumentLabels, _ summary: inout ScanSummary
  ) throws(CorpusError) {
    var file = try folder.file(.problems)
    try problems.list(documentLabels) { problem throws(CorpusError) in
      try file.append(problem)
      summary.problems[problem.reason.name, default: 0] += 1
      if summary.firstProblems[problem.reason.name] == nil {
        summary.firstProblems[problem.reason.name] = problem
      }
    }
    try file.finish()
  }
}

extension PairLine {
  init(
    _ first: DocumentReference, _ second: DocumentReference, _ similarity: MeasuredSimilarity
  ) {
    let (shared, all) = similarity.counts
    self.init(
      first: first, second: second, jaccard: similarity.jaccard, intersection: Int(shared),
      union: Int(all), isEstimated: similarity.isEstimated)
  }
}
