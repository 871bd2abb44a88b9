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
  ///   - table: all documents.
  ///   - takesPart: false for documents that are dropped or have no text.
  init(_ table: DocumentTable, takesPart: (Int) -> Bool) {
    documents = table.documents.indices.filter(takesPart).map { UInt32($0) }
    if let comesFirst = table.comesFirst { documents.sort(by: comesFirst) }
    ranks = Array(repeating: FingerprintJoin.noRank, count: table.documents.count)
    for (rank, document) in documents.enumerated() { ranks[Int(document)] = UInt32(rank) }
  }

  /// The document at a place of the order.
  func document(_ rank: UInt32) -> Int { Int(documents[Int(rank)]) }
}
