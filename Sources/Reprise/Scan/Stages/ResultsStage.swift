internal import RepriseCore
internal import RepriseCorpus

/// Writes the results folder's files, all but the summary.
struct ResultsStage {
  let configuration: ScanConfiguration
  let store: SketchStore
  let verdicts: Verdicts
  let pairs: StoredPairs
  let passages: FoundPassages
  let problems: ProblemList
  /// The sources' paths as text.
  let sources: [String]
  /// Where the sources end, of those that are read in any order.
  let sourceEnds: [UInt64]

  /// How many clusters the summary names.
  private static let largestCount = 5

  /// Writes everything and counts it.
  func run(
    into folder: ResultsFolder, _ summary: inout ScanSummary,
    onProgress: (Int) -> Void
  ) throws(CorpusError) {
    let names = DocumentNames(store, sources: sources)
    try writeManifest(folder, &summary, onProgress)
    try writeClusters(folder, names, &summary)
    try writePairs(folder, names, &summary)
    try writePassages(folder, names, &summary)
    try writeProblems(folder, names, &summary)
    try store.check()
  }

  private func writeManifest(
    _ folder: ResultsFolder, _ summary: inout ScanSummary, _ onProgress: (Int) -> Void
  ) throws(CorpusError) {
    var file = try folder.file(.manifest)
    let blocks = LineBlocks(count: configuration.threads)
    let lines = ManifestLines(
      store: store, verdicts: verdicts, passages: passages, sources: sources,
      sourceEnds: sourceEnds)
    var next = 0
    while next < store.chunks.count {
      let counts = blocks.fill(from: next, of: store.chunks) { chunks, writer, counts in
        lines.write(chunks, to: &writer, &counts)
      }
      for count in counts { summary.add(count) }
      next = try blocks.flush(to: &file)
      try store.check()
      onProgress(file.count)
    }
    try file.finish()
  }

  private func writeClusters(
    _ folder: ResultsFolder, _ names: DocumentNames, _ summary: inout ScanSummary
  ) throws(CorpusError) {
    var file = try folder.file(.clusters)
    let (starts, documents) = verdicts.members()
    var largest: [(size: Int, cluster: Int)] = []
    for cluster in 0..<verdicts.clusterCount {
      let range = starts[cluster]..<starts[cluster + 1]
      var record = ClusterRecord(cluster: cluster, survivors: [], members: [])
      for document in documents[range].lazy.map(Int.init) {
        let reference = names[document].reference
        let isDropped = verdicts.isDropped(document)
        if !isDropped { record.survivors.append(reference) }
        record.members.append(
          ClusterRecord.Member(
            document: reference,
            similarity: isDropped ? verdicts.similarity(of: document) ?? 1 : nil))
      }
      try file.append(record)
      largest.append((range.count, cluster))
    }
    try file.finish()
    summary.clusterCount = verdicts.clusterCount
    largest.sort { ($1.size, $0.cluster) < ($0.size, $1.cluster) }
    for (size, cluster) in largest.prefix(Self.largestCount) {
      let members = documents[starts[cluster]..<starts[cluster + 1]].map(Int.init)
      guard let survivor = members.first(where: { !verdicts.isDropped($0) }) else { continue }
      summary.largestClusters.append(
        ScanSummary.LargestCluster(
          cluster: cluster, memberCount: size, id: names[survivor].id.string,
          title: names[survivor].title?.string ?? ""))
    }
  }

  private func writePairs(
    _ folder: ResultsFolder, _ names: DocumentNames, _ summary: inout ScanSummary
  ) throws(CorpusError) {
    var file = try folder.file(.pairs)
    for piece in 0..<pairs.pieceCount {
      for pair in try pairs.pairs(piece) {
        let (first, second) = (min(pair.first, pair.second), max(pair.first, pair.second))
        try file.append(
          PairRecord(
            first: names[Int(first)].reference, second: names[Int(second)].reference,
            jaccard: pair.similarity.jaccard, intersection: pair.similarity.intersection,
            union: pair.similarity.union))
        summary.pairCount += 1
      }
    }
    try file.finish()
  }

  private func writeProblems(
    _ folder: ResultsFolder, _ names: DocumentNames, _ summary: inout ScanSummary
  ) throws(CorpusError) {
    var file = try folder.file(.problems)
    try problems.list(names) { problem throws(CorpusError) in
      try file.append(problem)
      summary.problems[problem.reason.name, default: 0] += 1
      if summary.firstProblems[problem.reason.name] == nil {
        summary.firstProblems[problem.reason.name] = problem
      }
    }
    try file.finish()
  }
}
