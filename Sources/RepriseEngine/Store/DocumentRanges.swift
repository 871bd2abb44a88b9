/// Consecutive ranges of documents, with a fast search for the range of a document.
package struct DocumentRanges: Sendable {
  /// The first document of each range, ascending.
  ///
  /// If several ranges begin with the same document, all but the last of them are empty.
  private var starts: [Int] = []
  /// For each block of documents, the range that contains the first document of the block.
  private var blocks: [UInt32] = []

  private static let documentsPerBlock = 64

  /// Creates no ranges.
  package init() {}

  /// The number of ranges.
  package var count: Int { starts.count }

  /// Appends a range that begins with `document`, and ends the previous range there.
  package mutating func append(from document: Int) {
    // A block belongs to the last range that begins at or before it.
    while blocks.count * Self.documentsPerBlock < document {
      blocks.append(UInt32(max(0, starts.count - 1)))
    }
    starts.append(document)
  }

  /// The first document of a range.
  package subscript(range: Int) -> Int { starts[range] }

  /// Returns the range that contains a document.
  /// - Complexity: O(1) for ranges of more than a few documents, O(log n) at most.
  package func range(of document: Int) -> Int {
    let block = document / Self.documentsPerBlock
    // Documents after the known blocks are in the ranges that begin after those blocks.
    var low = block < blocks.count ? Int(blocks[block]) : Int(blocks.last ?? 0)
    var high = block + 1 < blocks.count ? Int(blocks[block + 1]) + 1 : starts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= document { low = middle } else { high = middle }
    }
    return low
  }
}
