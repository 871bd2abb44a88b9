internal import RepriseCore
internal import RepriseCorpus

/// What the documents of one chunk became: everything the later stages need of them.
struct ChunkSketches: Sendable {
  /// The source's place in the list of sources.
  var source: Int
  /// The chunk's place in its source.
  var number: Int
  /// Line feeds in the chunk.
  var lineCount = 0
  var documents: [DocumentRecord] = []
  /// Band keys, band by band: key of band b of document i at `b * documents.count + i`. Documents
  /// without a signature have keys that mean nothing.
  var keys: [UInt64] = []
  /// Signature digests, document by document.
  var digests: [UInt64] = []
  /// The keep order's value of each document; empty for corpus order.
  var orderKeys: [Double] = []
  /// Where the documents' labels are in the label store.
  var labels: Range<UInt64> = 0..<0
  /// What could not be read; lines are counted from the chunk's first, as 1.
  var problems: [Problem] = []

  /// Turns keys from document by document into band by band.
  mutating func transposeKeys(bandCount: Int) {
    let count = documents.count
    var byBand = [UInt64](repeating: 0, count: keys.count)
    for document in 0..<count {
      for band in 0..<bandCount {
        byBand[band * count + document] = keys[document * bandCount + band]
      }
    }
    keys = byBand
  }
}
