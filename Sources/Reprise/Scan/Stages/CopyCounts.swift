internal import RepriseCore
internal import RepriseEngine

/// The number of documents that are dropped in favour of each kept one.
///
/// Only documents with copies take memory besides one bit.
struct CopyCounts: Sendable {
  private let ranks: DocumentRanks
  private var counts: [UInt32]

  /// Counts the copies.
  ///
  /// - Parameters:
  ///   - documents: the documents that are counted.
  ///   - keptDocument: returns the document that a dropped one repeats; nil for one that is not
  ///     dropped.
  /// - Complexity: O(documents).
  init(of documents: Range<Int>, keptDocument: (Int) -> Int?) {
    var kept = DocumentSet(count: documents.upperBound)
    var count = 0
    for document in documents {
      guard let survivor = keptDocument(document), !kept.contains(UInt32(survivor)) else {
        continue
      }
      kept.insert(UInt32(survivor))
      count += 1
    }
    ranks = DocumentRanks(kept)
    counts = Array(repeating: 0, count: count)
    for document in documents {
      if let place = keptDocument(document).flatMap({ ranks[UInt32($0)] }) { counts[place] += 1 }
    }
  }

  /// The number of copies of a document.
  subscript(document: Int) -> Int { ranks[UInt32(document)].map { Int(counts[$0]) } ?? 0 }
}
