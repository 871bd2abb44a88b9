internal import RepriseCore

/// Records which documents are dropped, and which kept ones they repeat.
///
/// Not thread-safe until ``finish()`` has returned.
package struct Decisions: Sendable {
  /// A dropped document's similarity to its survivor, as the two measured counts.
  private struct Measured: Sendable {
    var document: UInt32
    var shared: UInt32
    var all: UInt32

    init(_ document: UInt32, _ similarity: MeasuredSimilarity) {
      self.document = document
      (shared, all) = similarity.counts
    }
  }

  /// For each document, the kept one that it repeats; the document itself if it is kept.
  package private(set) var survivors: [UInt32]
  /// The documents whose text has the same bytes as the first one with equal tokens.
  private let sameTexts: DocumentSet
  /// The documents with the tokens of another, which comes first in keep order.
  private var copies: DocumentSet
  /// The measured similarities of documents dropped as near-duplicates, ascending by document after
  /// ``finish()``.
  private var measured: [Measured] = []
  /// The index of each such document in ``measured``, valid after ``finish()``.
  private var places: DocumentRanks
  /// The number of reference documents; they have no place in the results.
  private let referenceCount: Int
  private var sets: UnionFind
  private var clustered: DocumentSet
  /// The cluster of each document, numbered in corpus order; `noCluster` for a document without
  /// one.
  package private(set) var clusters: [UInt32] = []
  private var sizes: [UInt32] = []

  package static let noCluster = CandidateGraph.none

  /// Begins with the exact duplicates.
  ///
  /// - Parameters:
  ///   - groups: the documents with equal tokens.
  ///   - referenceCount: the number of reference documents, which come first.
  package init(_ groups: ExactGroups, referenceCount: Int) {
    self.referenceCount = referenceCount
    let representatives = groups.representatives
    survivors = representatives
    sameTexts = groups.sameTexts
    copies = DocumentSet(count: representatives.count)
    sets = UnionFind(count: representatives.count)
    clustered = DocumentSet(count: representatives.count)
    places = DocumentRanks(clustered)
    for (document, representative) in representatives.enumerated()
    where Int(representative) != document {
      copies.insert(UInt32(document))
      join(UInt32(document), representative)
    }
  }

  private mutating func join(_ first: UInt32, _ second: UInt32) {
    sets.union(first, second)
    clustered.insert(first)
    clustered.insert(second)
  }

  /// Adds the result of the survivor pass for one component.
  package mutating func add(_ outcome: SurvivorPass.Outcome) {
    for pair in outcome.pairs { join(pair.first, pair.second) }
    for drop in outcome.drops {
      survivors[Int(drop.document)] = drop.survivor
      measured.append(Measured(drop.document, drop.similarity))
    }
  }

  /// Completes the decisions, after everything was added.
  ///
  /// An exact duplicate of a dropped document has the same shingles. It therefore repeats the same
  /// survivor, with the same similarity.
  package mutating func finish() {
    arrangeMeasured()
    var copies: [Measured] = []
    for document in survivors.indices {
      let representative = survivors[document]
      guard Int(representative) != document, survivors[Int(representative)] != representative,
        var similarity = find(UInt32(representative))
      else { continue }
      survivors[document] = survivors[Int(representative)]
      similarity.document = UInt32(document)
      copies.append(similarity)
    }
    if !copies.isEmpty {
      measured += copies
      arrangeMeasured()
    }
    (clusters, sizes) = sets.components(of: clustered)
    sets = UnionFind(count: 0)
    if referenceCount > 0 { removeReferences() }
  }

  /// Removes clusters of reference documents alone, and of the others the dropped reference
  /// documents, and numbers the rest again.
  private mutating func removeReferences() {
    var hasOther = [Bool](repeating: false, count: sizes.count)
    for cluster in clusters[referenceCount...] where cluster != Self.noCluster {
      hasOther[Int(cluster)] = true
    }
    var numbers = [UInt32](repeating: Self.noCluster, count: sizes.count)
    var next: UInt32 = 0
    for cluster in numbers.indices where hasOther[cluster] {
      numbers[cluster] = next
      next += 1
    }
    sizes = Array(repeating: 0, count: Int(next))
    for document in clusters.indices where clusters[document] != Self.noCluster {
      let isLeftOut = document < referenceCount && isDropped(document)
      clusters[document] = isLeftOut ? Self.noCluster : numbers[Int(clusters[document])]
      if clusters[document] != Self.noCluster { sizes[Int(clusters[document])] += 1 }
    }
  }

  /// Sorts the measured similarities by document; each document has at most one.
  private mutating func arrangeMeasured() {
    var documents = DocumentSet(count: survivors.count)
    for one in measured { documents.insert(one.document) }
    places = DocumentRanks(documents)
    let unordered = measured
    for one in unordered {
      if let place = places[one.document] { measured[place] = one }
    }
  }

  private func find(_ document: UInt32) -> Measured? { places[document].map { measured[$0] } }

  /// The number of clusters.
  package var clusterCount: Int { sizes.count }

  /// The kept documents that at least one dropped document is similar to.
  var nearSurvivors: DocumentSet {
    var set = DocumentSet(count: survivors.count)
    for one in measured { set.insert(survivors[Int(one.document)]) }
    return set
  }

  /// Returns the documents that were compared with some kept documents, and dropped for them.
  /// - Complexity: O(near-duplicates).
  func nearDrops(for kept: Set<Int>) -> [UInt32] {
    measured.map(\.document).filter {
      kept.contains(Int(survivors[Int($0)])) && !copies.contains($0)
    }
  }

  /// Returns the documents whose tokens equal those of each of some kept documents.
  /// - Complexity: O(documents of the corpus).
  package func copies(of kept: Set<Int>) -> [Int: [Int]] {
    var copies: [Int: [Int]] = [:]
    guard !kept.isEmpty else { return copies }
    for (document, survivor) in survivors.enumerated()
    where document != Int(survivor) && kept.contains(Int(survivor))
      && similarity(of: document) == nil
    {
      copies[Int(survivor), default: []].append(document)
    }
    return copies
  }

  /// Returns whether a document is dropped.
  package func isDropped(_ document: Int) -> Bool { Int(survivors[document]) != document }

  /// Returns whether a document's text has the same bytes as its survivor's, if their tokens are
  /// equal.
  package func hasSameText(_ document: Int) -> Bool { sameTexts.contains(UInt32(document)) }

  /// The numbers of documents with the bytes, and with only the tokens, of another one that comes
  /// first in keep order.
  ///
  /// They do not depend on the threshold.
  package var copyCounts: (sameText: Int, sameTokens: Int) {
    var (sameText, sameTokens) = (0, 0)
    for document in UInt32(referenceCount)..<UInt32(survivors.count)
    where copies.contains(document) {
      if sameTexts.contains(document) { sameText += 1 } else { sameTokens += 1 }
    }
    return (sameText, sameTokens)
  }

  /// A document with the tokens of another, and the kept document that both repeat.
  package struct Copy {
    package var document: UInt32
    package var survivor: UInt32
    /// The measured counts of the similarity to the survivor; nil if it has the same tokens.
    package var counts: (shared: UInt32, all: UInt32)?
  }

  /// Calls `body` for each document with the tokens of another one, in corpus order.
  package func forEachCopy<Failure: Error>(_ body: (Copy) throws(Failure) -> Void) throws(Failure) {
    for document in referenceCount..<survivors.count where copies.contains(UInt32(document)) {
      let counts = find(UInt32(document)).map { ($0.shared, $0.all) }
      try body(
        Copy(document: UInt32(document), survivor: survivors[document], counts: counts))
    }
  }

  /// The similarities of the documents that are dropped as near-duplicates.
  package var histogram: SimilarityHistogram {
    var histogram = SimilarityHistogram()
    for one in measured where one.document >= referenceCount {
      histogram.add(shared: Int(one.shared), all: Int(one.all))
    }
    return histogram
  }

  /// Returns the similarity of a dropped document to its survivor; nil if their tokens are equal.
  package func similarity(of document: Int) -> Double? {
    // Compared documents have shingles and slots, so the divisor is never zero.
    find(UInt32(document)).map { Double($0.shared) / Double($0.all) }
  }

  /// Returns the members of all clusters, cluster by cluster and in corpus order within each.
  package func members() -> (starts: [Int], documents: [UInt32]) {
    var starts = [0]
    starts.reserveCapacity(sizes.count + 1)
    for (cluster, size) in sizes.enumerated() { starts.append(starts[cluster] + Int(size)) }
    var documents = [UInt32](repeating: 0, count: starts[clusterCount])
    var next = starts
    for (document, cluster) in clusters.enumerated() where cluster != Self.noCluster {
      documents[next[Int(cluster)]] = UInt32(document)
      next[Int(cluster)] += 1
    }
    return (starts, documents)
  }
}
