internal import RepriseCore
internal import RepriseCorpus

/// What the documents of one chunk became: everything the later stages need of them.
struct ChunkSketches: Sendable {
  /// The documents of one source within the chunk.
  struct Part: Sendable {
    var source: Int
    /// The first document's place in the chunk.
    var firstDocument: Int
    /// Line feeds in the part.
    var lineFeedCount: Int
  }

  /// A problem whose line is counted from its part's first, as 1.
  struct LocalProblem: Sendable {
    var part: Int
    var problem: Problem
  }

  /// The chunk's place in the corpus: its first source, and its place in that.
  var source: Int
  var number: Int
  var parts: [Part] = []
  var documents: [DocumentRecord] = []
  /// Band keys, band by band: key of band b of document i at `b * documents.count + i`.
  ///
  /// Documents without a signature have keys that mean nothing.
  var keys: [UInt64] = []
  /// Signature digests, document by document.
  var digests: [UInt64] = []
  /// Fingerprints, by the documents' places in the chunk.
  var fingerprints = FingerprintList()
  /// The keep order's value of each document; empty for corpus order.
  var orderKeys: [Double] = []
  /// Where the documents' labels are in the label store.
  var labels: Range<UInt64> = 0..<0
  var problems: [LocalProblem] = []
  /// Lines of JSON Lines sources that hold nothing but white space.
  var blankLineCount = 0

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
