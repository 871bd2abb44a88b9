internal import RepriseCore
internal import RepriseEngine
package import RepriseFormats
internal import Synchronization

/// Computes content hashes, band keys and signatures of texts in memory.
///
/// For a corpus in files, use ``Sign``.
package struct RowSigner {
  /// The values of rows, each array in row order.
  package struct Signs: Sendable {
    /// The content hash of each row; nil for a row without a text, or with one that is too long.
    package var contentHashes: [ContentHash?] = []
    /// The hash of each text's bytes, without a byte order mark; nil as for the content hash.
    package var textHashes: [UInt64?] = []
    /// The size of each text in bytes; nil as for the content hash.
    package var byteCounts: [Int?] = []
    /// The band keys, ``bandCount`` for each row; zeros for a text without tokens.
    package var bandKeys: [UInt64] = []
    /// The slots, ``slotCount`` for each row; `UInt32.max` for a text without tokens.
    package var slots: [UInt32] = []
    /// The number of bands.
    package var bandCount = 0
    /// The number of slots; 0 if they were not asked for.
    package var slotCount = 0
  }

  private let scheme: Scheme
  private let threads: Int
  private let givesSlots: Bool

  /// The number of rows that a thread takes at a time.
  private static let blockRowCount = 256

  /// Creates a signer.
  ///
  /// - Parameters:
  ///   - matching: the parameters of signatures and bands.
  ///   - threads: the number of threads: 1 to 1024.
  ///   - givesSlots: whether the slots are given, too.
  /// - Throws: an error for a parameter that is out of range.
  package init(
    _ matching: MatchingOptions, threads: Int, givesSlots: Bool
  ) throws(RepriseError) {
    var resources = ResourceOptions()
    resources.threads = threads
    try resources.check()
    scheme = try matching.validated().scheme
    (self.threads, self.givesSlots) = (threads, givesSlots)
  }

  /// Signs rows.
  ///
  /// - Parameters:
  ///   - rows: the rows.
  ///   - progress: called from time to time, from any thread.
  ///   - cancellation: lets another thread stop the run.
  /// - Returns: the values of all rows.
  /// - Throws: `stopped`.
  /// - Complexity: O(bytes of the texts).
  package func sign(
    _ rows: any MemoryRows, progress: @escaping @Sendable (RunProgress) -> Void,
    cancellation: Cancellation
  ) throws(RepriseError) -> Signs {
    let blockCount = (rows.count + Self.blockRowCount - 1) / Self.blockRowCount
    let blocks = Mutex([Signs](repeating: Signs(), count: blockCount))
    let monitor = RunMonitor(cancellation, progress)
    monitor.begin(.reading, total: rows.count)
    let done = Atomic(0)
    let (scheme, givesSlots) = (scheme, givesSlots)
    Workers.forEach(blockCount, threads: threads, cancellation) { _ in
      BlockSigner(scheme, givesSlots: givesSlots)
    } body: { block, signer in
      let start = block * Self.blockRowCount
      let range = start..<min(rows.count, start + Self.blockRowCount)
      let signs = signer.sign(rows, range)
      blocks.withLock { $0[block] = signs }
      let count = done.add(range.count, ordering: .relaxed).newValue
      monitor.complete(documents: count)
    }
    do throws(CorpusError) { try monitor.cancellation.check() } catch { throw RepriseError(error) }
    return blocks.withLock { joined($0) }
  }

  private func joined(_ blocks: [Signs]) -> Signs {
    var signs = Signs()
    (signs.bandCount, signs.slotCount) = (scheme.bands.bandCount, givesSlots ? scheme.slotCount : 0)
    signs.contentHashes = blocks.flatMap(\.contentHashes)
    signs.textHashes = blocks.flatMap(\.textHashes)
    signs.byteCounts = blocks.flatMap(\.byteCounts)
    signs.bandKeys = blocks.flatMap(\.bandKeys)
    signs.slots = blocks.flatMap(\.slots)
    return signs
  }
}

/// Signs rows on one thread.
private struct BlockSigner: ~Copyable {
  private var sketcher: Sketcher
  private let givesSlots: Bool
  private let limit: Int
  private var (fingerprints, bits) = (FingerprintList(), [UInt64]())

  init(_ scheme: Scheme, givesSlots: Bool) {
    let banded = scheme.bands.bandCount * scheme.bands.rowCount
    sketcher = Sketcher(
      Sketcher.Parameters(
        scheme: scheme, scope: .signatures, computedSlotCount: givesSlots ? nil : banded))
    self.givesSlots = givesSlots
    limit = scheme.tokens.maximumByteCount
  }

  mutating func sign(_ rows: any MemoryRows, _ range: Range<Int>) -> RowSigner.Signs {
    var signs = RowSigner.Signs()
    for row in range {
      let byteCount = rows.textByteCount(ofRow: row).flatMap { $0 <= limit ? $0 : nil }
      signs.byteCounts.append(byteCount)
      var hashes: (content: ContentHash, text: UInt64)?
      if byteCount != nil {
        unsafe rows.withText(ofRow: row) { text in
          let sketch = unsafe sketcher.read(text.bytes)
          hashes = (sketch.contentHash, sketch.textHash)
        }
      } else {
        _ = sketcher.read(RawSpan())
      }
      signs.contentHashes.append(hashes?.content)
      signs.textHashes.append(hashes?.text)
      bits.removeAll(keepingCapacity: true)
      sketcher.append(to: &signs.bandKeys, &bits, &fingerprints, document: 0)
      if givesSlots { sketcher.appendSlots(to: &signs.slots) }
    }
    return signs
  }
}
