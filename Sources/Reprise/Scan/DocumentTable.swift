internal import RepriseCore

/// What is kept of a document between the stages.
struct DocumentRecord: Sendable {
  /// Where it begins in the decoded source, in bytes.
  var offset: UInt64
  /// Its bytes there: of a JSON Lines record the line's, without the line end.
  var length: UInt32
  /// The bytes of its text.
  var textByteCount: UInt32
  /// Where its label begins within its chunk's labels.
  var labelOffset: UInt32
  /// True if it could not be read: it stays, and takes no part.
  var isUnreadable: Bool
  var identity: DocumentIdentity
  /// XXH3-64 of its id, to find ids that are there twice.
  var idHash: UInt64
}

/// All documents in corpus order, and the chunks that they were read from.
struct DocumentTable: Sendable {
  /// A chunk and where its documents are in the table.
  struct Chunk: Sendable {
    var source: Int
    var firstDocument: Int
    /// Line feeds in the source before this chunk.
    var linesBefore: Int
    var labels: Range<UInt64>
  }

  var documents: [DocumentRecord] = []
  var chunks: [Chunk] = []
  /// The keep order's value of each document, greater first; empty for corpus order.
  var orderKeys: [Double] = []

  /// The chunk of a document.
  func chunk(of document: Int) -> Int {
    var (low, high) = (0, chunks.count)
    while low + 1 < high {
      let middle = (low + high) / 2
      if chunks[middle].firstDocument <= document { low = middle } else { high = middle }
    }
    return low
  }

  /// The documents of a chunk.
  func documents(ofChunk chunk: Int) -> Range<Int> {
    let next = chunk + 1 < chunks.count ? chunks[chunk + 1].firstDocument : documents.count
    return chunks[chunk].firstDocument..<next
  }

  /// The keep order, or nil if it is the corpus order.
  var comesFirst: (@Sendable (UInt32, UInt32) -> Bool)? {
    guard !orderKeys.isEmpty else { return nil }
    let keys = orderKeys
    return { left, right in
      let (leftKey, rightKey) = (keys[Int(left)], keys[Int(right)])
      return leftKey == rightKey ? left < right : leftKey > rightKey
    }
  }
}
