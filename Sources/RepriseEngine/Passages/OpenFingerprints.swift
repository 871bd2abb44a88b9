internal import RepriseCore

/// The fingerprints at the open places of a ``CutCorpus``, and all others that equal one of them.
///
/// Two documents that share a run of the minimum length after their cuts, and not before, share one
/// of these: the run crosses a seam in at least one of them, and each of its windows has the same
/// fingerprint in both.
package struct OpenFingerprints: Sendable {
  /// The fingerprints; positions in trimmed documents are those of ``RemainingTokens``.
  package private(set) var list = FingerprintList()
  private var keys = KeyFilter()
  private let corpus: CutCorpus

  /// Creates an empty list.
  package init(of corpus: CutCorpus) { self.corpus = corpus }

  /// Selects the fingerprints of one trimmed document that are near its seams.
  ///
  /// - Parameters:
  ///   - corpus: what is left of all documents.
  ///   - fingerprints: the fingerprints of what is left of the document.
  ///   - document: the number of the document.
  ///   - rank: its rank in keep order.
  /// - Returns: a list that is not grouped.
  /// - Complexity: O(n log m) for n fingerprints and m seams.
  package static func nearSeams(
    of corpus: CutCorpus, _ fingerprints: borrowing Fingerprints, document: UInt32, rank: UInt32
  ) -> FingerprintList {
    var own = FingerprintList()
    fingerprints.append(to: &own, document: document)
    var near = FingerprintList()
    own.forEachPosting { key, posting in
      if corpus.isNearSeam(Int(posting.position), of: rank) { near.append(key: key, posting) }
    }
    return near
  }

  /// Adds what ``nearSeams(of:_:document:rank:)`` found.
  package mutating func add(_ near: FingerprintList) {
    list.append(near)
    near.forEachPosting { key, _ in keys.insert(key) }
  }

  /// Selects the stored fingerprints that equal one of these.
  ///
  /// - Parameters:
  ///   - stored: 20 bytes each, as ``FingerprintList/append(stored:in:firstDocument:)`` takes them.
  ///   - firstDocument: what is added to the documents.
  ///   - rank: returns the rank of a document in keep order; nil if it is not left.
  /// - Returns: the fingerprints at their new positions, in a list that is not grouped.
  /// - Complexity: O(stored fingerprints).
  package func equal(
    _ stored: RawSpan, firstDocument: Int, rank: (UInt32) -> UInt32?
  ) -> FingerprintList {
    var found = FingerprintList()
    FingerprintList.forEach(stored: stored, firstDocument: firstDocument) { key, posting in
      guard keys.contains(key), let rank = rank(posting.document)
      else { return }
      guard let tokens = corpus.remaining[rank] else { return found.append(key: key, posting) }
      // Those near a seam are new, and are in the list already.
      guard let position = tokens.position(ofToken: Int(posting.position)),
        !corpus.isNearSeam(position, of: rank)
      else { return }
      var moved = posting
      moved.position = UInt32(position)
      found.append(key: key, moved)
    }
    return found
  }

  /// Adds what ``equal(_:firstDocument:rank:)`` found.
  package mutating func append(_ found: FingerprintList) { list.append(found) }

  /// Ends the list, so that its first partition can be joined; it has all fingerprints.
  package mutating func group() { list.groupAsOne() }
}
