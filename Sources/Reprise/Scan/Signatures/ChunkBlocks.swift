internal import RepriseCorpus

/// The blocks of finished chunks, gathered from all blocks of a signature file.
///
/// A chunk is finished once its last piece is there. A run that goes on writes a chunk from its first
/// piece again, so pieces of a run that was stopped may come before.
struct ChunkBlocks {
  private struct Place: Hashable {
    var source: UInt64
    var number: UInt64
  }

  /// The blocks of finished chunks.
  private(set) var blocks: [SignatureBlock] = []
  /// The same chunks, for the reader.
  private(set) var finished = FinishedChunks()
  private var begun: [Place: [SignatureBlock]] = [:]

  /// Takes note of a block of a chunk; a chunk that is there twice counts once.
  ///
  /// - Throws: `cannotRead`.
  mutating func take(_ block: SignatureBlock, in file: SignatureFile) throws(CorpusError) {
    let header = try file.payload(of: block, atMost: ChunkLayout.headerByteCount)
    guard header.count == ChunkLayout.headerByteCount else { return }
    let layout = unsafe header.withUnsafeBytes { unsafe ChunkLayout($0) }
    let place = Place(source: block.source, number: block.number)
    let before = layout.piece == 0 ? [] : begun[place] ?? []
    guard before.count == layout.piece else { return }
    begun[place] = before + [block]
    guard !layout.continues, let whole = begun.removeValue(forKey: place) else { return }
    let isNew = finished.insert(
      source: Int(clamping: block.source), number: Int(clamping: block.number),
      isLast: layout.isLast)
    if isNew { blocks += whole }
  }
}
