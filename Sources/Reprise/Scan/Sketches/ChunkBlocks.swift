internal import RepriseEngine
internal import RepriseFormats

/// The blocks of chunks, gathered from all blocks of a signature file.
///
/// A chunk is finished once its last piece is there and everything of its inputs could be read. A
/// run that is resumed writes every other chunk from its first piece again, so pieces of a run that
/// was stopped may come before.
struct ChunkBlocks {
  private struct Key: Hashable {
    var input: UInt64
    var number: UInt64
  }

  /// The blocks of finished chunks.
  private(set) var blocks: [SignatureBlock] = []
  /// The same chunks, for the reader.
  private(set) var finished = FinishedChunks()
  private var begun: [Key: [SignatureBlock]] = [:]
  private var complete: Set<Key> = []
  private var failed: [Key: [SignatureBlock]] = [:]

  /// The blocks of all chunks, including those in which an input could not be read.
  var all: [SignatureBlock] { blocks + failed.values.joined() }

  /// Takes note of a block of a chunk.
  ///
  /// If a chunk is in the file several times, the first one whose inputs could all be read counts. If
  /// there is none, the last one counts.
  ///
  /// - Throws: `cannotRead`.
  mutating func take(_ block: SignatureBlock, in file: SignatureFile) throws(CorpusError) {
    let header = try file.payload(of: block, atMost: ChunkLayout.headerByteCount)
    guard header.count == ChunkLayout.headerByteCount else { return }
    let layout = unsafe header.withUnsafeBytes { unsafe ChunkLayout($0) }
    let key = Key(input: block.input, number: block.number)
    let before = layout.piece == 0 ? [] : begun[key] ?? []
    guard before.count == layout.piece else { return }
    begun[key] = before + [block]
    guard !layout.continues, let whole = begun.removeValue(forKey: key) else { return }
    if layout.hasFailedInput {
      if !complete.contains(key) { failed[key] = whole }
      return
    }
    guard complete.insert(key).inserted else { return }
    failed[key] = nil
    blocks += whole
    _ = finished.insert(
      input: Int(clamping: block.input), number: Int(clamping: block.number),
      isLast: layout.isLast)
  }
}
