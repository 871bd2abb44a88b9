internal import RepriseCore

/// The documents in the order in which they are kept: an earlier one is never cut for a later one.
struct KeepOrder: Sendable {
  /// The documents, the first to be kept first.
  private(set) var documents: [UInt32]
  /// The place of each document in ``documents``, or none for one that takes no part.
  private(set) var ranks: [UInt32]

  /// Orders documents.
  ///
  /// - Parameters:
  ///   - documentCount: all documents.
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

  /// The document at a place of the order.
  func document(_ rank: UInt32) -> Int { Int(documents[Int(rank)]) }
}
