internal import RepriseCore

/// The groups of documents with equal content hashes.
///
/// Each group is represented by its first member in keep order.
package struct ExactGroups: Sendable {
  /// The representative of each document's group: the document itself if it is the first or only
  /// one.
  package private(set) var representatives: [UInt32]
  /// The documents whose text has the same bytes as that of their representative, without the
  /// representatives.
  package private(set) var sameTexts: DocumentSet

  /// What is compared of a document.
  package struct Identity: Sendable {
    /// The hash of its tokens.
    package var contentHash: ContentHash
    /// The hash of the bytes of its text.
    package var textHash: UInt64

    /// Creates an identity.
    package init(contentHash: ContentHash, textHash: UInt64) {
      self.contentHash = contentHash
      self.textHash = textHash
    }
  }

  /// Creates a group for each document.
  package init(count: Int) {
    representatives = Array(0..<UInt32(count))
    sameTexts = DocumentSet(count: count)
  }

  /// Finds the representatives in buckets of documents that agree in the low half of their hashes.
  /// - Parameters:
  ///   - groups: the buckets.
  ///   - comesFirst: the keep order; nil for corpus order.
  ///   - identity: returns the hashes of a document.
  /// - Complexity: O(members), if documents that agree in the low half have equal hashes.
  package mutating func represent(
    _ groups: Buckets, comesFirst: ((UInt32, UInt32) -> Bool)? = nil,
    identity: (UInt32) -> Identity
  ) {
    for group in 0..<groups.count { represent(groups[group], identity, comesFirst) }
  }

  /// Divides a bucket by whole content hashes.
  ///
  /// Its members agree in 64 bits, so nearly always there is only one hash, and a linear search
  /// finds it.
  private mutating func represent(
    _ members: ArraySlice<UInt32>, _ identity: (UInt32) -> Identity,
    _ comesFirst: ((UInt32, UInt32) -> Bool)?
  ) {
    var firsts: [First] = []
    // Until all members are known a member's place holds its group's number: a group of millions
    // has no room for another list.
    for member in members {
      let own = identity(member)
      let known = firsts.firstIndex { $0.identity.contentHash == own.contentHash }
      let group = known ?? firsts.count
      if known == nil {
        firsts.append(First(identity: own, document: member))
      } else if let comesFirst, comesFirst(member, firsts[group].document) {
        firsts[group] = First(identity: own, document: member, isReplaced: true)
      } else if own.textHash == firsts[group].identity.textHash {
        sameTexts.insert(member)
      }
      representatives[Int(member)] = UInt32(group)
    }
    for member in members {
      let first = firsts[Int(representatives[Int(member)])]
      representatives[Int(member)] = first.document
      // Only these were compared with another document than the first one.
      if first.isReplaced { compareTexts(member, first, identity) }
    }
  }

  /// The first member of a group in keep order, as far as the members are known.
  private struct First {
    var identity: Identity
    var document: UInt32
    /// True if another member was first before it.
    var isReplaced = false
  }

  private mutating func compareTexts(
    _ member: UInt32, _ first: First, _ identity: (UInt32) -> Identity
  ) {
    if member != first.document && identity(member).textHash == first.identity.textHash {
      sameTexts.insert(member)
    } else {
      sameTexts.remove(member)
    }
  }
}
