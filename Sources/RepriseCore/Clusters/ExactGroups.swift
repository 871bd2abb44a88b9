/// Documents with equal identity, each group represented by the member that comes first in keep
/// order.
public struct ExactGroups: Sendable {
  /// For each document the representative of its group: itself if it repeats none.
  public let representatives: [UInt32]

  /// Groups documents.
  /// - Parameters:
  ///   - count: how many documents there are.
  ///   - comesFirst: the keep order; nil for corpus order.
  ///   - identity: the identity of a document; nil for one that takes no part.
  /// - Complexity: O(documents).
  public init(
    count: Int, comesFirst: ((UInt32, UInt32) -> Bool)? = nil,
    identity: (UInt32) -> DocumentIdentity?
  ) {
    var representatives = Array(0..<UInt32(count))
    var (keys, documents) = ([UInt64](), [UInt32]())
    keys.reserveCapacity(count)
    documents.reserveCapacity(count)
    for document in representatives {
      guard let identity = identity(document) else { continue }
      keys.append(identity.low)
      documents.append(document)
    }
    let groups = Buckets(keys: keys, documents: documents)
    for group in 0..<groups.count {
      Self.represent(groups[group], identity, comesFirst, &representatives)
    }
    self.representatives = representatives
  }

  /// Sorts the members of a bucket, which agree in 64 bits, by all that makes an identity: in all
  /// but a few cases in the history of the world they agree in that, too.
  private static func represent(
    _ members: ArraySlice<UInt32>, _ identity: (UInt32) -> DocumentIdentity?,
    _ comesFirst: ((UInt32, UInt32) -> Bool)?, _ representatives: inout [UInt32]
  ) {
    var firsts: [(identity: DocumentIdentity, document: UInt32)] = []
    var groupOf: [Int] = []
    for member in members {
      guard let own = identity(member) else { continue }
      let known = firsts.firstIndex { $0.identity == own }
      let group = known ?? firsts.count
      if known == nil { firsts.append((own, member)) }
      if let comesFirst, comesFirst(member, firsts[group].document) {
        firsts[group].document = member
      }
      groupOf.append(group)
    }
    for (member, group) in zip(members, groupOf) {
      representatives[Int(member)] = firsts[group].document
    }
  }
}
