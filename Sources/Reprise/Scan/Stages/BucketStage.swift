internal import RepriseCore
internal import Synchronization

/// Groups documents by their band keys, band by band.
struct BucketStage {
  let chunks: [ChunkSketches]
  let table: DocumentTable
  /// The documents that take part, ascending: readable, with tokens, repeating none exactly.
  let participants: [UInt32]

  init(chunks: [ChunkSketches], table: DocumentTable, representatives: [UInt32]) {
    self.chunks = chunks
    self.table = table
    participants = representatives.enumerated().compactMap { index, representative in
      let document = table.documents[index]
      let isSigned = !document.isUnreadable && document.identity.tokenCount > 0
      return isSigned && representative == UInt32(index) ? representative : nil
    }
  }

  /// The buckets of every band.
  func run(bandCount: Int, threads: Int) -> [Buckets] {
    let results = Mutex([Buckets?](repeating: nil, count: bandCount))
    Workers.forEach(bandCount, threads: threads) { band in
      let buckets = Buckets(keys: keys(of: band), documents: participants)
      results.withLock { $0[band] = buckets }
    }
    return results.withLock { $0.compactMap(\.self) }
  }

  private func keys(of band: Int) -> [UInt64] {
    var keys: [UInt64] = []
    keys.reserveCapacity(participants.count)
    var chunk = -1
    var range = 0..<0
    for participant in participants {
      let document = Int(participant)
      while document >= range.upperBound {
        chunk += 1
        range = table.documents(ofChunk: chunk)
      }
      keys.append(chunks[chunk].keys[band * range.count + document - range.lowerBound])
    }
    return keys
  }
}
