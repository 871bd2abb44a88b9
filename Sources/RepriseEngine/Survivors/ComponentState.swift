internal import RepriseCore

/// The state of a ``SurvivorPass`` while it decides one component.
struct ComponentState {
  private(set) var isSurvivor: [Bool]
  private var bucketSurvivors: BucketSurvivors
  private var lastSeen: [UInt32]
  private var visit: UInt32 = 0
  private var clusters: UnionFind
  private var rejected: Set<UInt64> = []
  var outcome = SurvivorPass.Outcome()

  init(_ layout: ComponentLayout) {
    isSurvivor = Array(repeating: false, count: layout.documents.count)
    bucketSurvivors = BucketSurvivors(bucketCount: layout.bucketCount)
    lastSeen = Array(repeating: 0, count: layout.documents.count)
    clusters = UnionFind(count: layout.documents.count)
  }

  /// The survivors that share a bucket with a document, in keep order, each once.
  mutating func survivors(near document: Int, _ layout: ComponentLayout) -> [Int] {
    var found: [Int] = []
    visit += 1
    for bucket in layout.buckets(of: document) {
      var entry = bucketSurvivors.first(of: bucket)
      while let (survivor, next) = bucketSurvivors[entry] {
        if lastSeen[survivor] != visit {
          lastSeen[survivor] = visit
          found.append(survivor)
        }
        entry = next
      }
    }
    found.sort()
    return found
  }

  mutating func keep(_ document: Int, _ layout: ComponentLayout, _ limit: Int) {
    isSurvivor[document] = true
    for bucket in layout.buckets(of: document) {
      let isEntered = bucketSurvivors.insert(document, into: bucket, limit)
      outcome.survivorLimitHits += isEntered ? 0 : 1
    }
  }

  mutating func join(
    _ first: Int, _ second: Int, _ similarity: MeasuredSimilarity, _ layout: ComponentLayout
  ) {
    clusters.union(UInt32(first), UInt32(second))
    outcome.pairs.append(
      VerifiedPair(
        first: layout.documents[first], second: layout.documents[second], similarity: similarity))
  }

  /// Records that a dropped document is not similar to these survivors.
  mutating func reject(_ survivors: [Int], _ document: Int) {
    for survivor in survivors { rejected.insert(UInt64(survivor) << 32 | UInt64(document)) }
  }

  /// Whether two documents still need to be compared: no verified pairs connect them, they are not
  /// both survivors (which were compared before), and this pair was not asked for or rejected
  /// before.
  mutating func shouldCompare(_ first: Int, _ second: Int) -> Bool {
    guard !(isSurvivor[first] && isSurvivor[second]) else { return false }
    guard clusters.find(UInt32(first)) != clusters.find(UInt32(second)) else { return false }
    return rejected.insert(UInt64(first) << 32 | UInt64(second)).inserted
  }
}
