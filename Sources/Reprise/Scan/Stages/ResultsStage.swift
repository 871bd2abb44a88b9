internal import RepriseCore
internal import RepriseCorpus

/// Writes the results folder's files, all but the summary.
struct ResultsStage {
  let configuration: ScanConfiguration
  let sources: [SourceFile]
  let table: DocumentTable
  let verdicts: Verdicts
  let outcomes: [SurvivorPass.Outcome]
  let problems: [Problem]
  let labels: LabelStore

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
    try writeProblems(folder, &summary)
  }

  private func writeManifest(
    _ folder: ResultsFolder, _ summary: inout ScanSummary, _ onProgress: (Int) -> Void
  ) throws(CorpusError) {
    var file = try folder.file(.manifest)
    for chunk in table.chunks.indices {
      let stored = try labels.read(table.chunks[chunk].labels)
      for document in table.documents(ofChunk: chunk) {
        guard let label = Label(stored, at: Int(table.documents[document].labelOffset)) else {
          preconditionFailure("a label lies within its chunk")
        }
        let entry = try entry(document, label)
        summary.count(entry, table.documents[document])
        try file.append(entry)
      }
      onProgress(table.documents(ofChunk: chunk).upperBound)
    }
    try file.finish()
  }

  private func entry(_ index: Int, _ label: Label) throws(CorpusError) -> ManifestEntry {
    let document = table.documents[index]
    var entry = ManifestEntry(
      id: id(index, label), source: source(of: index).path.text,
      offset: Int(clamping: document.offset), length: Int(document.length), status: .keep,
      title: document.isUnreadable ? nil : String(decoding: label.title, as: UTF8.self))
    if verdicts.clusters[index] != Verdicts.noCluster {
      entry.cluster = Int(verdicts.clusters[index])
    }
    if verdicts.isDropped(index) {
      entry.status = .drop
      entry.reason = verdicts.isExact[index] ? .exact : .near
      entry.duplicateOf = try reference(Int(verdicts.survivors[index])).id
      entry.similarity = verdicts.similarity(of: index)
    } else if document.isUnreadable {
      entry.status = .unreadable
    } else if document.identity.tokenCount == 0 {
      entry.status = .empty
    }
    return entry
  }

  private func source(of document: Int) -> SourceFile {
    sources[table.part(of: document).source]
  }

  /// The record's id; without one the source, with the line unless the document is all of it.
  private func id(_ document: Int, _ label: Label) -> String {
    guard label.id.isEmpty else { return String(decoding: label.id, as: UTF8.self) }
    let part = table.part(of: document)
    let name = sources[part.source].path.text
    return label.line == 0 ? name : "\(name)#\(part.linesBefore + label.line)"
  }

  private func label(of document: Int) throws(CorpusError) -> Label {
    let chunk = table.chunks[table.chunk(of: document)]
    return try labels.label(
      chunk: chunk.labels, offset: table.documents[document].labelOffset)
  }

  private func reference(_ document: Int) throws(CorpusError) -> DocumentReference {
    DocumentReference(
      id: id(document, try label(of: document)), source: source(of: document).path.text,
      offset: Int(clamping: table.documents[document].offset))
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
        let reference = try reference(document)
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
      let label = try label(of: survivor)
      summary.largestClusters.append(
        ScanSummary.LargestCluster(
          cluster: cluster, memberCount: size, id: id(survivor, label),
          title: String(decoding: label.title, as: UTF8.self)))
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
          first: try reference(Int(first)), second: try reference(Int(second)),
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
    }
    try file.finish()
  }
}

extension ScanSummary {
  fileprivate mutating func count(_ entry: ManifestEntry, _ document: DocumentRecord) {
    let byteCount = Int(document.textByteCount)
    documents.total += 1
    bytes.total += byteCount
    switch (entry.status, entry.reason) {
    case (.drop, .some(.exact)):
      documents.exactDuplicates += 1
      bytes.exactDuplicates += byteCount
    case (.drop, _):
      documents.nearDuplicates += 1
      bytes.nearDuplicates += byteCount
    case (.empty, _): documents.empty += 1
    case (.unreadable, _): documents.unreadable += 1
    default: documents.kept += 1
    }
  }
}
