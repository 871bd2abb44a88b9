internal import RepriseCore
internal import RepriseCorpus

/// Writes the results folder's files, all but the summary.
struct ResultsStage {
  let configuration: ScanConfiguration
  let table: DocumentTable
  let verdicts: Verdicts
  let outcomes: [SurvivorPass.Outcome]
  let passages: FoundPassages
  let problems: [Problem]
  let names: DocumentNames

  /// How many clusters the summary names.
  private static let largestCount = 5

  /// Writes everything and counts it.
  func run(
    into folder: ResultsFolder, _ summary: inout ScanSummary,
    onProgress: (Int) -> Void
  ) throws(CorpusError) {
    try writeManifest(folder, &summary, onProgress)
    try writeClusters(folder, &summary)
    try writePairs(folder, &summary)
    try writePassages(folder, &summary)
    try writeProblems(folder, &summary)
  }

  private func writeManifest(
    _ folder: ResultsFolder, _ summary: inout ScanSummary, _ onProgress: (Int) -> Void
  ) throws(CorpusError) {
    var file = try folder.file(.manifest)
    let blocks = LineBlocks(count: configuration.threads)
    var next = 0
    while next < table.documents.count {
      let counts = blocks.fill(from: next, of: table.documents.count) { document, writer, counts in
        let line = line(document)
        counts.add(line, table.documents[document])
        line.write(to: &writer)
      }
      for count in counts { summary.add(count) }
      next = try blocks.flush(to: &file)
      onProgress(next)
    }
    try file.finish()
  }

  private func line(_ index: Int) -> ManifestLine {
    let document = table.documents[index]
    let name = names[index]
    var line = ManifestLine(
      id: name.id, source: .string(name.source), offset: Int(clamping: document.offset),
      length: Int(document.length), status: .keep, title: name.title)
    if verdicts.clusters[index] != Verdicts.noCluster {
      line.cluster = Int(verdicts.clusters[index])
    }
    if verdicts.isDropped(index) {
      line.status = .drop
      line.reason = verdicts.isExact[index] ? .exact : .near
      line.duplicateOf = names[Int(verdicts.survivors[index])].id
      line.similarity = verdicts.similarity(of: index)
    } else if document.isUnreadable {
      line.status = .unreadable
      line.reason = name.problem
    } else if document.identity.tokenCount == 0 {
      line.status = .empty
    } else if let cuts = passages.cuts[index] {
      addCuts(cuts, index, &line)
    }
    return line
  }

  private func addCuts(
    _ cuts: [FoundPassages.DocumentCut], _ index: Int, _ line: inout ManifestLine
  ) {
    line.status = .trim
    line.reason = .passage
    line.cuts = cuts.map { cut in
      Cut(
        start: cut.bytes.lowerBound, end: cut.bytes.upperBound,
        duplicateOf: names[cut.source].id.string, sourceStart: cut.sourceBytes.lowerBound,
        sourceEnd: cut.sourceBytes.upperBound, words: cut.words, identity: cut.identity)
    }
    guard passages.repeated.contains(index) else { return }
    line.status = .drop
    let largest = cuts.max { $0.bytes.count < $1.bytes.count }
    line.duplicateOf = largest.map { names[$0.source].id }
  }

  private func writeClusters(
    _ folder: ResultsFolder, _ summary: inout ScanSummary
  ) throws(CorpusError) {
    var file = try folder.file(.clusters)
    let (starts, documents) = verdicts.members()
    var largest: [(size: Int, cluster: Int)] = []
    for cluster in 0..<verdicts.clusterCount {
      let range = starts[cluster]..<starts[cluster + 1]
      var record = ClusterRecord(cluster: cluster, survivors: [], members: [])
      for document in documents[range].lazy.map(Int.init) {
        let reference = names.reference(document)
        let isDropped = verdicts.isDropped(document)
        if !isDropped { record.survivors.append(reference) }
        record.members.append(
          ClusterRecord.Member(
            document: reference,
            similarity: isDropped ? verdicts.similarity(of: document) : nil))
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
    _ folder: ResultsFolder, _ summary: inout ScanSummary
  ) throws(CorpusError) {
    var file = try folder.file(.pairs)
    for pair in outcomes.lazy.flatMap(\.pairs) {
      let (first, second) = (min(pair.first, pair.second), max(pair.first, pair.second))
      try file.append(
        PairRecord(
          first: names.reference(Int(first)), second: names.reference(Int(second)),
          jaccard: pair.similarity.jaccard, intersection: pair.similarity.intersection,
          union: pair.similarity.union))
      summary.pairCount += 1
    }
    try file.finish()
  }

  private func writeProblems(
    _ folder: ResultsFolder, _ summary: inout ScanSummary
  ) throws(CorpusError) {
    var file = try folder.file(.problems)
    for problem in problems {
      try file.append(problem)
      summary.problems[problem.reason.name, default: 0] += 1
      if summary.firstProblems[problem.reason.name] == nil {
        summary.firstProblems[problem.reason.name] = problem
      }
    }
    try file.finish()
  }
}
