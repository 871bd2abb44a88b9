internal import RepriseCorpus

/// The blocks of chunks, gathered from all blocks of a signature file.
///
/// A chunk may be there several times: a run that is resumed reads the chunks again of which an input
/// could not be read, because it may be readable now.
struct ChunkBlocks {
  private struct Key: Hashable {
    var source: UInt64
    var number: UInt64
  }

  /// The blocks of chunks of which everything could be read.
  private(set) var blocks: [SignatureBlock] = []
  /// The same chunks, for the reader.
  private(set) var finished = FinishedChunks()
  private var complete: Set<Key> = []
  private var failed: [Key: SignatureBlock] = [:]

  /// The blocks of all chunks, those included of which an input could not be read.
  var all: [SignatureBlock] { blocks + failed.values }

  /// Takes note of a block of a chunk.
  ///
  /// The first block counts of which everything could be read, or else the last one.
  ///
  /// - Throws: `cannotRead`.
  mutating func take(_ block: SignatureBlock, in file: SignatureFile) throws(CorpusError) {
    let header = try file.payload(of: block, atMost: ChunkLayout.headerByteCount)
    guard header.count == ChunkLayout.headerByteCount else { return }
    let layout = unsafe header.withUnsafeBytes { unsafe ChunkLayout($0) }
    let key = Key(source: block.source, number: block.number)
    if layout.hasFailedInput {
      if !complete.contains(key) { failed[key] = block }
      return
    }
    guard complete.insert(key).inserted else { return }
    failed[key] = nil
    blocks.append(block)
    _ = finished.insert(
      source: Int(clamping: block.source), number: Int(clamping: block.number),
      isLast: layout.isLast)
  }
}
