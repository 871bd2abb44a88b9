/// Consecutive ranges of documents, to be found by a document in them.
struct DocumentRanges: Sendable {
  /// The first document of each range, ascending; of ranges that begin with one document, those
  /// before the last are empty.
  private var starts: [Int] = []
  /// For every block of documents, the range that holds its first one.
  private var blocks: [UInt32] = []

  private static let documentsPerBlock = 64

  /// The number of ranges.
  var count: Int { starts.count }

  /// Appends a range that begins with `document`; the one before ends there.
  mutating func append(from document: Int) {
    // A block belongs to the last range that begins at or before it.
    while blocks.count * Self.documentsPerBlock < document {
      blocks.append(UInt32(max(0, starts.count - 1)))
    }
    starts.append(document)
  }

  /// The first document of a range.
  subscript(range: Int) -> Int { starts[range] }

  /// The range that holds a document.
  /// - Complexity: O(1) for ranges of more than a few documents, O(log n) at most.
  func range(of document: Int) -> Int {
    let block = document / Self.documentsPerBlock
    // Documents behind the known blocks lie in the ranges that begin behind those.
    var low = block < blocks.count ? Int(blocks[block]) : Int(blocks.last ?? 0)
    var high = block + 1 < blocks.count ? Int(blocks[block + 1]) + 1 : starts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= document { low = middle } else { high = middle }
    }
    return low
  }
}
