/// The groups of documents with equal content hashes.
///
/// Each group is represented by its first member in keep order.
public struct ExactGroups: Sendable {
  /// The representative of each document's group: the document itself if it is the first or only
  /// one.
  public private(set) var representatives: [UInt32]

  /// Creates a group for each document.
  public init(count: Int) { representatives = Array(0..<UInt32(count)) }

  /// Finds the representatives in buckets of documents that agree in the low half of their hashes.
  /// - Parameters:
  ///   - groups: the buckets.
  ///   - comesFirst: the keep order; nil for corpus order.
  ///   - contentHash: returns the content hash of a document.
  /// - Complexity: O(members), if documents that agree in the low half have equal hashes.
  public mutating func represent(
    _ groups: Buckets, comesFirst: ((UInt32, UInt32) -> Bool)? = nil,
    contentHash: (UInt32) -> ContentHash
  ) {
    for group in 0..<groups.count {
      Self.represent(groups[group], contentHash, comesFirst, &representatives)
    }
  }

  /// Divides a bucket by whole content hashes.
  ///
  /// Its members agree in 64 bits, so nearly always there is only one hash, and a linear search
  /// finds it.
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
