internal import RepriseCore

/// What becomes of every document.
struct Verdicts: Sendable {
  /// For each document the kept one that it repeats; itself if it stays.
  private(set) var survivors: [UInt32]
  /// True for documents whose tokens are exactly those of their survivor.
  private(set) var isExact: [Bool]
  /// Of documents dropped as similar: what was measured.
  private(set) var similarities: [UInt32: Similarity] = [:]
  /// For each document its cluster, numbered in corpus order; `noCluster` if it is alone.
  private(set) var clusters: [UInt32]
  /// The number of clusters.
  private(set) var clusterCount = 0

  static let noCluster = UInt32.max

  /// Combines exact and near-duplicates.
  /// - Parameters:
  ///   - representatives: of each document the first one with equal tokens.
  ///   - outcomes: what the survivor pass found, for representatives only.
  init(representatives: [UInt32], outcomes: [SurvivorPass.Outcome]) {
    survivors = representatives
    isExact = representatives.enumerated().map { $0 != Int($1) }
    clusters = []
    for drop in outcomes.lazy.flatMap(\.drops) {
      survivors[Int(drop.document)] = drop.survivor
      similarities[drop.document] = drop.similarity
    }
    // A copy of a dropped document has the same shingles: it repeats the same survivor, as similar.
    for (document, representative) in representatives.enumerated()
    where Int(representative) != document && survivors[Int(representative)] != representative {
      survivors[document] = survivors[Int(representative)]
      isExact[document] = false
      similarities[UInt32(document)] = similarities[representative]
    }
    number(representatives, outcomes)
  }

  private mutating func number(_ representatives: [UInt32], _ outcomes: [SurvivorPass.Outcome]) {
    var sets = UnionFind(count: representatives.count)
    for pair in outcomes.lazy.flatMap(\.pairs) { sets.union(pair.first, pair.second) }
    for (document, representative) in representatives.enumerated() {
      sets.union(UInt32(document), representative)
    }
    var sizes = [UInt32](repeating: 0, count: representatives.count)
    for document in representatives.indices { sizes[Int(sets.find(UInt32(document)))] += 1 }
    var numbers = [UInt32](repeating: Self.noCluster, count: representatives.count)
    clusters = numbers
    for document in representatives.indices {
      let root = Int(sets.find(UInt32(document)))
      guard sizes[root] > 1 else { continue }
      if root == document {
        numbers[root] = UInt32(clusterCount)
        clusterCount += 1
      }
      clusters[document] = numbers[root]
    }
  }

  /// For each document, whether a dropped one repeats it.
  var isSurvivor: [Bool] {
    var isSurvivor = [Bool](repeating: false, count: survivors.count)
    for (document, survivor) in survivors.enumerated() where document != Int(survivor) {
      isSurvivor[Int(survivor)] = true
    }
    return isSurvivor
  }

  /// True if the document is dropped.
  func isDropped(_ document: Int) -> Bool { Int(survivors[document]) != document }

  /// The similarity of a dropped document to its survivor.
  func similarity(of document: Int) -> Double {
    isExact[document] ? 1 : similarities[UInt32(document)]?.jaccard ?? 1
  }

  /// The members of each cluster in corpus order, cluster by cluster.
  func members() -> (starts: [Int], documents: [UInt32]) {
    var starts = [Int](repeating: 0, count: clusterCount + 1)
    for cluster in clusters where cluster != Self.noCluster { starts[Int(cluster) + 1] += 1 }
    for cluster in 0..<clusterCount { starts[cluster + 1] += starts[cluster] }
    var documents = [UInt32](repeating: 0, count: starts[clusterCount])
    var next = starts
    for (document, cluster) in clusters.enumerated() where cluster != Self.noCluster {
      documents[next[Int(cluster)]] = UInt32(document)
      next[Int(cluster)] += 1
    }
    return (starts, documents)
  }
}
