internal import RepriseCore

/// Links the occurrences of equal seeds, one partition of the hashes at a time.
package struct SeedJoin: Sendable {
  private let join: FingerprintJoin

  /// The number of partitions.
  package static let partitionCount = FingerprintList.partitionCount

  /// Prepares a join.
  /// - Parameters:
  ///   - lists: grouped lists of seeds, with the numbers of documents as in the corpus.
  ///   - ranks: the rank in keep order of every document.
  ///   - rules: the rules of passages.
  package init(_ lists: [SeedPostings], ranks: [UInt32], rules: PassageRules) {
    join = FingerprintJoin(lists.map { ($0.list, 0) }, ranks: ranks, rules: rules)
  }

  /// Links the seeds of one partition.
  ///
  /// Up to 8 occurrences are all linked with each other. If there are more, each is linked with the
  /// first in keep order and with the previous one.
  /// - Complexity: O(seeds of the partition), and the sorting of each seed's occurrences.
  package func links(inPartition partition: Int) -> [PassageLink] {
    var links: [PassageLink] = []
    join.forEachBucket(inPartition: partition) { members in
      // Several seeds with one counter are counted together, so this many may be left of each.
      guard members.count <= SeedPostings.sharedCounts.upperBound else { return }
      for second in members.indices.dropFirst() {
        let isFew = members.count <= FingerprintJoin.allPairsLimit
        for first in isFew || second == 1 ? Array(0..<second) : [0, second - 1] {
          links.append(PassageLink(ofSeed: members[first], members[second]))
        }
      }
    }
    return links
  }
}
