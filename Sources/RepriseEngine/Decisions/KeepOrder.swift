internal import RepriseCore

/// The documents in keep order: an earlier one is never cut for a later one.
package struct KeepOrder: Sendable {
  /// The participating documents in keep order.
  private(set) var documents: [UInt32]
  /// The rank of each document in ``documents``; `FingerprintJoin.noRank` for one that does not
  /// participate.
  private(set) var ranks: [UInt32]

  /// Sorts the documents.
  ///
  /// - Parameters:
  ///   - documentCount: the number of all documents.
  ///   - comesFirst: the keep order; nil for corpus order.
  ///   - takesPart: false for documents that are dropped or have no text.
  init(
    documentCount: Int, comesFirst: ((UInt32, UInt32) -> Bool)?, takesPart: (UInt32) -> Bool
  ) {
    documents = (0..<UInt32(documentCount)).filter(takesPart)
    if let comesFirst { documents.sort(by: comesFirst) }
    ranks = Array(repeating: FingerprintJoin.noRank, count: documentCount)
    for (rank, document) in documents.enumerated() { ranks[Int(document)] = UInt32(rank) }
  }

  /// Returns the document with a rank.
  func document(_ rank: UInt32) -> Int { Int(documents[Int(rank)]) }
}
