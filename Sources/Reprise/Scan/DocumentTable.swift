internal import RepriseCore
internal import RepriseCorpus

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
  /// XXH3-64 of its id, to find ids that are there twice; 0 without one.
  var idHash: UInt64

  /// The length of a document that ends where the next one of its source begins, or its source ends.
  static let lengthUpToNext = UInt32.max
}

/// All documents in corpus order, and where they were read from.
struct DocumentTable: Sendable {
  /// Consecutive documents of one source.
  struct Part: Sendable {
    var source: Int
    var firstDocument: Int
    /// Line feeds in the source before this part.
    var linesBefore: Int
  }

  /// Documents that were read together.
  struct Chunk: Sendable {
    var firstDocument: Int
    var labels: Range<UInt64>
  }

  private(set) var documents: [DocumentRecord] = []
  private(set) var parts: [Part] = []
  private(set) var chunks: [Chunk] = []
  private var partRanges = DocumentRanges()
  private var chunkRanges = DocumentRanges()
  /// Signature digests, document by document.
  private(set) var digests: [UInt64] = []
  /// The keep order's value of each document, greater first; empty for corpus order.
  private(set) var orderKeys: [Double] = []

  /// Gathers chunks, which are in corpus order; what is copied is taken out of them.
  ///
  /// - Parameters:
  ///   - chunks: what the documents of each chunk became.
  ///   - sources: the files, for the length of what was lost at the end of one.
  init(_ chunks: inout [ChunkSketches], sources: [SourceFile]) {
    documents.reserveCapacity(chunks.reduce(0) { $0 + $1.documents.count })
    digests.reserveCapacity(chunks.reduce(0) { $0 + $1.digests.count })
    var lines = (source: -1, count: 0)
    for index in chunks.indices {
      let first = documents.count
      self.chunks.append(Chunk(firstDocument: first, labels: chunks[index].labels))
      chunkRanges.append(from: first)
      for part in chunks[index].parts {
        if part.source != lines.source { lines = (part.source, 0) }
        parts.append(
          Part(
            source: part.source, firstDocument: first + part.firstDocument,
            linesBefore: lines.count))
        partRanges.append(from: first + part.firstDocument)
        lines.count += part.lineFeedCount
      }
      documents.append(contentsOf: chunks[index].documents)
      digests.append(contentsOf: chunks[index].digests)
      orderKeys.append(contentsOf: chunks[index].orderKeys)
      chunks[index].documents = []
      chunks[index].digests = []
      chunks[index].orderKeys = []
    }
    for place in parts.indices { closeLost(of: place, sources) }
  }

  /// Gives the last document of a part its length, if that was not known when it was lost.
  private mutating func closeLost(of place: Int, _ sources: [SourceFile]) {
    let next = place + 1 < parts.count ? parts[place + 1].firstDocument : documents.count
    guard next > parts[place].firstDocument,
      documents[next - 1].length == DocumentRecord.lengthUpToNext
    else { return }
    let source = parts[place].source
    let isLast = next == documents.count || part(of: next).source != source
    let end = isLast ? sources[source].byteCount : documents[next].offset
    documents[next - 1].length = UInt32(clamping: end - documents[next - 1].offset)
  }

  /// The part that holds a document.
  func part(of document: Int) -> Part { parts[partRanges.range(of: document)] }

  /// The chunk that holds a document.
  func chunk(of document: Int) -> Int { chunkRanges.range(of: document) }

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
