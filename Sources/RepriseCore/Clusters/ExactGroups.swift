/// Documents with equal identity, each group represented by the member that comes first in keep
/// order.
public struct ExactGroups: Sendable {
  /// For each document the representative of its group: itself if it repeats none.
  public let representatives: [UInt32]

  /// Groups documents.
  /// - Parameters:
  ///   - identities: one a document, in corpus order.
  ///   - takesPart: false for documents whose identity means nothing.
  ///   - comesFirst: the keep order; nil for corpus order.
  /// - Complexity: O(documents).
  public init(
    _ identities: some RandomAccessCollection<DocumentIdentity>,
    takesPart: (UInt32) -> Bool = { _ in true },
    comesFirst: ((UInt32, UInt32) -> Bool)? = nil
  ) {
    var representatives = Array(0..<UInt32(identities.count))
    let documents = representatives.filter(takesPart)
    let keys = zip(identities, representatives).compactMap { takesPart($1) ? $0.low : nil }
    let groups = Buckets(keys: keys, documents: documents)
    for group in 0..<groups.count {
      Self.represent(groups[group], identities, comesFirst, &representatives)
    }
    self.representatives = representatives
  }

  /// Sorts the members of a bucket, which agree in 64 bits, by all that makes an identity: in all
  /// but a few cases in the history of the world they agree in that, too.
  private static func represent(
    _ members: ArraySlice<UInt32>, _ identities: some RandomAccessCollection<DocumentIdentity>,
    _ comesFirst: ((UInt32, UInt32) -> Bool)?, _ representatives: inout [UInt32]
  ) {
    func identity(_ document: UInt32) -> DocumentIdentity {
      identities[identities.index(identities.startIndex, offsetBy: Int(document))]
    }
    var firsts: [(identity: DocumentIdentity, document: UInt32)] = []
    var groupOf: [Int] = []
    for member in members {
      let own = identity(member)
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
