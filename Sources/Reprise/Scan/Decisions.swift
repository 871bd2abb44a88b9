internal import RepriseCore

/// What becomes of every document.
struct Decisions: Sendable {
  /// A dropped document's similarity to its survivor, in the two numbers that were measured.
  private struct Measured: Sendable {
    var document: UInt32
    var shared: UInt32
    var all: UInt32

    init(_ document: UInt32, _ similarity: MeasuredSimilarity) {
      self.document = document
      (shared, all) = similarity.counts
    }
  }

  /// For each document the kept one that it repeats; itself if it stays.
  private(set) var survivors: [UInt32]
  /// Of documents dropped as similar: what was measured, in the end ascending.
  private var measured: [Measured] = []
  /// Where each of them is in ``measured``, in the end.
  private var places: DocumentRanks
  private var sets: UnionFind
  private var clustered: DocumentSet
  /// For each document its cluster, numbered in corpus order; `noCluster` if it is alone.
  private(set) var clusters: [UInt32] = []
  private var sizes: [UInt32] = []

  static let noCluster = CandidateGraph.none

  /// Begins with exact duplicates.
  ///
  /// - Parameter representatives: of each document the first one with equal tokens.
  init(representatives: [UInt32]) {
    survivors = representatives
    sets = UnionFind(count: representatives.count)
    clustered = DocumentSet(count: representatives.count)
    places = DocumentRanks(clustered)
    for (document, representative) in representatives.enumerated()
    where Int(representative) != document { join(UInt32(document), representative) }
  }

  private mutating func join(_ first: UInt32, _ second: UInt32) {
    sets.union(first, second)
    clustered.insert(first)
    clustered.insert(second)
  }

  /// Adds what the survivor pass found in a component.
  mutating func add(_ outcome: SurvivorPass.Outcome) {
    for pair in outcome.pairs { join(pair.first, pair.second) }
    for drop in outcome.drops {
      survivors[Int(drop.document)] = drop.survivor
      measured.append(Measured(drop.document, drop.similarity))
    }
  }

  /// Ends, once everything was added.
  ///
  /// A copy of a dropped document has the same shingles: it repeats the same survivor, as similar.
  mutating func finish() {
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
  }

  /// Puts what was measured in the order of the documents; each is there once.
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
  var clusterCount: Int { sizes.count }

  /// The documents that a dropped one repeats.
  var survivorSet: DocumentSet {
    var set = DocumentSet(count: survivors.count)
    for (document, survivor) in survivors.enumerated() where document != Int(survivor) {
      set.insert(survivor)
    }
    return set
  }

  /// True if the document is dropped.
  func isDropped(_ document: Int) -> Bool { Int(survivors[document]) != document }

  /// The similarity of a dropped document to its survivor; nil if their tokens are the same.
  func similarity(of document: Int) -> Double? {
    // Documents that are compared have shingles and slots, so nothing is divided by zero.
    find(UInt32(document)).map { Double($0.shared) / Double($0.all) }
  }

  /// The members of each cluster in corpus order, cluster by cluster.
  func members() -> (starts: [Int], documents: [UInt32]) {
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
