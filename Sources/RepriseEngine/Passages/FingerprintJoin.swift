internal import RepriseCore

/// Links the occurrences of equal fingerprints, one partition of the keys at a time.
package struct FingerprintJoin: Sendable {
  /// A list of fingerprints, and the number of its first document.
  package typealias Source = (list: FingerprintList, firstDocument: Int)

  /// The rank of a document that does not take part.
  package static let noRank = UInt32.max

  /// Occurrences of one fingerprint are all linked with each other up to this number.
  static let allPairsLimit = 8

  private let sources: [Source]
  private let ranks: [UInt32]
  private let rules: PassageRules

  /// Prepares a join.
  /// - Parameters:
  ///   - sources: grouped lists.
  ///   - ranks: the rank in keep order of every document, or ``noRank``.
  ///   - rules: the number of documents that may share a passage.
  package init(_ sources: [Source], ranks: [UInt32], rules: PassageRules) {
    self.sources = sources
    self.ranks = ranks
    self.rules = rules
  }

  /// Links the fingerprints of one partition.
  /// - Parameter part: the partition, below ``FingerprintList/partitionCount``.
  /// - Returns: the links, in no particular order of documents, and the occurrences that are not all
  ///   linked with each other.
  /// - Complexity: O(fingerprints of the partition), and the sorting of each fingerprint's
  ///   occurrences.
  package func links(
    inPartition part: Int
  ) -> (links: [PassageLink], crowded: CrowdedPlaces) {
    var links: [PassageLink] = []
    var crowded = CrowdedPlaces()
    forEachBucket(inPartition: part) { append($0, to: &links, &crowded) }
    return (links, crowded)
  }

  /// Calls `body` with the occurrences of each fingerprint of a partition that has at least two, in
  /// keep order and then by position.
  func forEachBucket(inPartition part: Int, _ body: ([FingerprintPosting]) -> Void) {
    var keys: [UInt64] = []
    var postings: [FingerprintPosting] = []
    for (list, firstDocument) in sources {
      list.forEach(inPartition: part) { key, posting in
        let rank = ranks[firstDocument + Int(posting.document)]
        guard rank != Self.noRank else { return }
        // The top bits are equal within a partition, so they are moved to the end.
        keys.append(key << 6 | key >> 58)
        postings.append(
          FingerprintPosting(document: rank, position: posting.position, context: posting.context))
      }
    }
    let buckets = Buckets(keys: keys, documents: Array(0..<UInt32(postings.count)))
    keys = []
    func isBefore(_ left: FingerprintPosting, _ right: FingerprintPosting) -> Bool {
      (left.document, left.position) < (right.document, right.position)
    }
    var members: [FingerprintPosting] = []
    for bucket in 0..<buckets.count {
      members.removeAll(keepingCapacity: true)
      for member in buckets[bucket] { members.append(postings[Int(member)]) }
      let isSorted = zip(members, members.dropFirst()).allSatisfy { isBefore($0, $1) }
      if !isSorted { members.sort(by: isBefore) }
      body(members)
    }
  }

  private func append(
    _ members: [FingerprintPosting], to links: inout [PassageLink], _ crowded: inout CrowdedPlaces
  ) {
    guard members.count > Self.allPairsLimit else {
      for second in members.indices {
        for first in 0..<second {
          links.append(
            PassageLink(members[first], members[second], isOnly: members.count == 2))
        }
      }
      return
    }
    appendLeaders(members, &links)
    appendContexts(members, &links) { $0.leftContext }
    appendContexts(members, &links) { $0.rightContext }
    let isCommon = members.count > rules.documentLimit
    crowded.add(members, isCommon: isCommon) { $0.leftContext }
    crowded.add(members, isCommon: isCommon) { $0.rightContext }
  }

  /// Links every occurrence with the first one.
  ///
  /// If more documents than allowed share the fingerprint, only links that may be in a long match
  /// are added.
  private func appendLeaders(_ members: [FingerprintPosting], _ links: inout [PassageLink]) {
    let isCommon = members.count > rules.documentLimit
    for member in members.dropFirst() {
      let link = PassageLink(members[0], member)
      if link.mayBeLong || !isCommon { links.append(link) }
    }
  }

  /// Links every occurrence with the first and the previous one that have equal context.
  ///
  /// The first occurrence of all may share less of the passage with them than they share with each
  /// other.
  private func appendContexts(
    _ members: [FingerprintPosting], _ links: inout [PassageLink],
    _ context: (FingerprintPosting) -> UInt32
  ) {
    let isCommon = members.count > rules.documentLimit
    var known: [UInt32: (first: FingerprintPosting, last: FingerprintPosting)] = [:]
    for member in members where context(member) != 0 {
      guard let (first, last) = known[context(member)] else {
        known[context(member)] = (member, member)
        continue
      }
      if first != members[0] { links.append(PassageLink(first, member)) }
      if last != first && !isCommon { links.append(PassageLink(last, member)) }
      known[context(member)] = (first, member)
    }
  }
}

extension FingerprintPosting {
  var leftContext: UInt32 { context >> 16 }
  var rightContext: UInt32 { context & 0xFFFF }
}
