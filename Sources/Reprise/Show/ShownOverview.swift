internal import RepriseEngine
package import RepriseFormats

/// The largest findings of a scan, with the numbers by which they are shown.
package struct ShownOverview: Sendable {
  /// A cluster.
  package struct Cluster: Hashable, Sendable {
    /// Its number.
    package let number: Int
    /// The number of its documents.
    package let memberCount: Int
    /// The title of one of its dropped documents, else the id of the first.
    package let title: String
  }

  /// The text of one file that another one has.
  package struct Repeat: Hashable, Sendable {
    /// The file or other part from which text is removed.
    package let file: String
    /// The file that keeps it; the same one for repeats within a file.
    package let kept: String
    /// The number of bytes.
    package let byteCount: Int
  }

  /// What a threshold would drop.
  package struct Threshold: Hashable, Sendable {
    /// The minimum similarity.
    package let value: Double
    /// The near-duplicates; below the threshold of the scan, only of the pairs that it compared.
    package let nearDuplicates: Int
    /// True for that of the scan.
    package let isOwn: Bool
  }

  /// The passages in the largest numbers of documents.
  package let spread: [PassageEntry]
  /// The passages whose cuts remove the most text.
  package let largest: [PassageEntry]
  /// The clusters with the most documents.
  package let clusters: [Cluster]
  /// The files or other parts that have the most text in common.
  package let repeats: [Repeat]
  /// What other thresholds would drop; empty if no two documents are similar.
  package let thresholds: [Threshold]

  /// What the parts of the corpus are: `file`, `folder` or `group`.
  package let groupNoun: String

  init(
    _ collection: ReportCollection, _ summary: Summary, _ grouping: Report.Grouping, limit: Int
  ) {
    spread = Array(
      (collection.spread.items + collection.boilerplate.items)
        .sorted { $0.sharingCount > $1.sharingCount }.prefix(limit))
    largest = Array(
      collection.passages.items.filter { $0.occurrences.count > 1 }.prefix(limit))
    clusters = collection.clusters.items.prefix(limit).map {
      let first = $0.members.first?.array?.first?.string ?? ""
      return Cluster(
        number: $0.number, memberCount: $0.memberCount,
        title: collection.titles[$0.number] ?? first)
    }
    let parts = ReportGroups(summary, collection, grouping)
    let flow = parts.flow.sorted {
      ($0.value, $1.key.x, $1.key.y) > ($1.value, $0.key.x, $0.key.y)
    }
    repeats = flow.prefix(limit).map {
      Repeat(
        file: parts.groups[$0.key.x].name, kept: parts.groups[$0.key.y].name, byteCount: $0.value)
    }
    groupNoun = parts.noun
    let similarity = SimilarityMarkup(summary, nil)
    thresholds =
      similarity.isEmpty
      ? []
      : similarity.counts.map {
        Threshold(
          value: $0.value, nearDuplicates: $0.count, isOwn: $0.value == similarity.threshold)
      }
  }
}

extension PassageEntry {
  /// The number of documents that have the passage.
  package var sharingCount: Int { boilerplate?.documentCount ?? documentCount }
}

extension Show {
  /// Returns the largest findings of each kind.
  ///
  /// - Parameters:
  ///   - limit: the number of each kind.
  ///   - grouping: the parts of the corpus that are compared with one another.
  ///   - documentGrouping: what tells documents apart, if it is not their file or folder.
  ///   - cancellation: lets another thread stop the run.
  /// - Returns: the findings, without texts: the files of the scan are read only to group documents by a field.
  /// - Throws: an error for results that cannot be read, and for a field that no document has.
  /// - Complexity: O(bytes) of the results, and of the corpus for a field.
  package func overview(
    limit: Int = 5, grouping: Report.Grouping = .file,
    documentGrouping: Report.DocumentGrouping? = nil, cancellation: Cancellation = Cancellation()
  ) throws(RepriseError) -> ShownOverview {
    do throws(CorpusError) {
      let summary = try Summary(readingFrom: results)
      let groups = try documentGrouping.map { grouping throws(CorpusError) in
        try DocumentGroups(grouping, results, ScannedTexts(summary, changes), cancellation)
      }
      let collection = try ReportCollection(
        results, summary, samples: 0, groups: groups, cancellation)
      return ShownOverview(collection, summary, grouping, limit: limit)
    } catch {
      throw RepriseError(error, cancellation)
    }
  }
}
