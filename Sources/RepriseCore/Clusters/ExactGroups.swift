/// Documents with equal content hash, each group represented by the member that comes first in keep
/// order.
public struct ExactGroups: Sendable {
  /// For each document the representative of its group: itself if it repeats none.
  public private(set) var representatives: [UInt32]

  /// Every document by itself.
  public init(count: Int) { representatives = Array(0..<UInt32(count)) }

  /// Represents the documents of groups that agree in the low half of their content hashes.
  /// - Parameters:
  ///   - groups: the groups.
  ///   - comesFirst: the keep order; nil for corpus order.
  ///   - contentHash: the content hash of a document.
  /// - Complexity: O(members).
  public mutating func represent(
    _ groups: Buckets, comesFirst: ((UInt32, UInt32) -> Bool)? = nil,
    contentHash: (UInt32) -> ContentHash
  ) {
    for group in 0..<groups.count {
      Self.represent(groups[group], contentHash, comesFirst, &representatives)
    }
  }

  /// Sorts the members of a bucket, which agree in 64 bits, by all that makes a content hash: in
  /// all but a few cases in the history of the world they agree in that, too.
  private static func represent(
    _ members: ArraySlice<UInt32>, _ contentHash: (UInt32) -> ContentHash,
    _ comesFirst: ((UInt32, UInt32) -> Bool)?, _ representatives: inout [UInt32]
  ) {
    var firsts: [(contentHash: ContentHash, document: UInt32)] = []
    // Until all members are known a member's place holds its group's number: a group of millions
    // has no room for another list.
    for member in members {
      let own = contentHash(member)
      let known = firsts.firstIndex { $0.contentHash == own }
      let group = known ?? firsts.count
      if known == nil { firsts.append((own, member)) }
      if let comesFirst, comesFirst(member, firsts[group].document) {
        firsts[group].document = member
      }
      representatives[Int(member)] = UInt32(group)
    }
    for member in members {
      representatives[Int(member)] = firsts[Int(representatives[Int(member)])].document
    }
  }
}
