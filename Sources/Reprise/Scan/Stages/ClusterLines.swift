internal import RepriseCore
internal import RepriseEngine
internal import RepriseFormats

/// Writes the lines of the clusters.
///
/// Memory is that of some documents, however many a cluster has.
struct ClusterLines {
  private let decisions: Decisions
  private let documentLabels: DocumentLabels
  private let monitor: RunMonitor
  /// The members of all clusters, cluster by cluster.
  private let documents: [UInt32]
  private let starts: [Int]

  /// The number of clusters in the summary.
  private static let largestCount = 5
  /// The approximate number of documents that are looked up together.
  private static let lookedUpTogether = 1024

  init(_ decisions: Decisions, _ documentLabels: DocumentLabels, _ monitor: RunMonitor) {
    self.decisions = decisions
    self.documentLabels = documentLabels
    self.monitor = monitor
    (starts, documents) = decisions.members()
  }

  /// Writes all clusters, and returns the largest ones.
  ///
  /// - Parameters:
  ///   - folder: the results.
  ///   - table: receives the members, too; nil for none.
  /// - Returns: the largest clusters.
  /// - Throws: `cannotOpen`, `cannotWrite` or `stopped`.
  func write(
    into folder: ResultsFolder, _ table: ResultTable?
  ) throws(CorpusError) -> [ScanSummary.LargestCluster] {
    var file = try folder.file(.clusters)
    var first = 0
    while first < decisions.clusterCount {
      try monitor.cancellation.check()
      var end = first
      while end < decisions.clusterCount && starts[end + 1] - starts[first] <= Self.lookedUpTogether
      {
        end += 1
      }
      if end == first {
        try writeLarge(first, to: &file, table)
        first += 1
      } else {
        try write(first..<end, to: &file, table)
        first = end
      }
    }
    try file.finish()
    try table?.finish()
    return largest()
  }

  private func write(
    _ clusters: Range<Int>, to file: inout ResultsFile, _ table: ResultTable?
  ) throws(CorpusError) {
    let start = starts[clusters.lowerBound]
    let members = members(start..<starts[clusters.upperBound])
    for cluster in clusters {
      let range = starts[cluster] - start..<starts[cluster + 1] - start
      try file.append(ClusterLine(cluster: cluster, members: members[range]))
      try table?.append(members[range], of: cluster)
    }
  }

  /// Writes a cluster whose members are looked up a few at a time, once for the survivors and once
  /// for all.
  private func writeLarge(
    _ cluster: Int, to file: inout ResultsFile, _ table: ResultTable?
  ) throws(CorpusError) {
    let range = starts[cluster]..<starts[cluster + 1]
    try file.appendPiece { ClusterLine.begin(cluster, to: &$0) }
    let survivors = range.filter { !decisions.isDropped(Int(documents[$0])) }
    for start in stride(from: 0, to: survivors.count, by: Self.lookedUpTogether) {
      let some = survivors[start..<min(start + Self.lookedUpTogether, survivors.count)]
      let members = members(some)
      try file.appendPiece { ClusterLine.writeSurvivors(of: members[...], to: &$0) }
    }
    try file.appendPiece { ClusterLine.beginMembers(to: &$0) }
    for start in stride(from: range.lowerBound, to: range.upperBound, by: Self.lookedUpTogether) {
      try monitor.cancellation.check()
      let members = members(start..<min(start + Self.lookedUpTogether, range.upperBound))
      try file.appendPiece { ClusterLine.write(members[...], to: &$0) }
      try table?.append(members[...], of: cluster)
    }
    try file.appendPiece { ClusterLine.end(to: &$0) }
    try file.endLine()
  }

  /// Looks up the documents at some places.
  private func members(_ places: some Collection<Int>) -> [ClusterLine.Member] {
    let documents = places.map { self.documents[$0] }
    var members: [ClusterLine.Member] = []
    members.reserveCapacity(documents.count)
    documentLabels.forEach(documents[...]) { name in
      let document = Int(documents[members.count])
      members.append(
        ClusterLine.Member(
          document: name.reference,
          similarity: decisions.isDropped(document) ? decisions.similarity(of: document) ?? 1 : nil)
      )
    }
    return members
  }

  /// The largest clusters by falling size; of equal ones, the earlier first.
  private func largest() -> [ScanSummary.LargestCluster] {
    var largest: [(size: Int, cluster: Int)] = []
    for cluster in 0..<decisions.clusterCount {
      let size = starts[cluster + 1] - starts[cluster]
      let place = largest.firstIndex { $0.size < size } ?? largest.count
      guard place < Self.largestCount else { continue }
      largest.insert((size, cluster), at: place)
      if largest.count > Self.largestCount { largest.removeLast() }
    }
    return largest.compactMap { size, cluster in
      let members = documents[starts[cluster]..<starts[cluster + 1]]
      guard let survivor = members.first(where: { !decisions.isDropped(Int($0)) }) else {
        return nil
      }
      let name = documentLabels[Int(survivor)]
      return ScanSummary.LargestCluster(
        cluster: cluster, memberCount: size, id: name.id.string, title: name.title?.string ?? "")
    }
  }
}
