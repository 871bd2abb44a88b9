internal import RepriseCore

/// Reads one 64-bit key per document, chunk by chunk: a band key, or a hash from the document's
/// descriptor.
///
/// Callers read all keys twice, first to count and then to place them, so a band of at most 4 MiB
/// is cached. Not thread-safe.
@safe
final class KeyReader {
  private let store: SketchStore
  private let cancellation: Cancellation
  private let reader: SketchReader
  /// The cached keys of one band, by document.
  ///
  /// All ranges are in bounds: it has 8 bytes per document of the store, and those of a chunk begin
  /// at its first document.
  private var room = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)
  /// The band whose keys are cached.
  private var cachedBand: Int?

  private static let byteCountPerKey = 8
  /// The size limit of the cache in bytes.
  ///
  /// It is less than the buffers of a thread during sketching, and larger bands are read again as
  /// quickly.
  private static let cachedByteCount = 4 << 20

  /// Creates a reader for the keys of a store.
  init(of store: SketchStore, _ cancellation: Cancellation) {
    self.store = store
    self.cancellation = cancellation
    reader = SketchReader(store)
  }

  deinit { unsafe room.deallocate() }

  /// Calls `body` for each chunk.
  ///
  /// `body` gets the keys, the distance in bytes from one key to the next, and the chunk's first
  /// document. A cancelled run gets no further chunks.
  func readAll(
    _ key: DocumentGrouper.Key, _ body: (RawSpan, _ stride: Int, _ firstDocument: Int) -> Void
  ) {
    for chunk in store.chunks where !cancellation.isCancelled {
      let (keys, stride) = unsafe keys(key, of: chunk)
      body(unsafe keys.bytes, stride, chunk.firstDocument)
    }
    if case .band(let band) = key { cachedBand = band }
  }

  private func keys(
    _ key: DocumentGrouper.Key, of chunk: SketchStore.Chunk
  ) -> (UnsafeRawBufferPointer, stride: Int) {
    switch key {
    case .descriptor(let offset):
      let descriptors = unsafe reader.bytes(.descriptors, of: chunk)
      guard descriptors.count > 0 else { return unsafe (descriptors, 8) }
      return unsafe (
        UnsafeRawBufferPointer(rebasing: descriptors[offset...]), ChunkLayout.descriptorByteCount
      )
    case .band(let band):
      let none = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
      guard chunk.layout.bandCount > 0 else { return unsafe (none, 8) }
      let size = 8 * chunk.layout.documentCount
      let range = band * size..<(band + 1) * size
      let byteCount = Self.byteCountPerKey * store.documentCount
      guard byteCount <= Self.cachedByteCount else {
        return unsafe (reader.bytes(.keys, of: chunk, range), 8)
      }
      if unsafe room.count == 0 {
        unsafe room = .allocate(byteCount: byteCount, alignment: 64)
      }
      let start = Self.byteCountPerKey * chunk.firstDocument
      let cached = unsafe UnsafeMutableRawBufferPointer(rebasing: room[start..<start + size])
      if cachedBand != band {
        let keys = chunk.layout.range(.keys).lowerBound
        unsafe store.read(
          keys + range.lowerBound..<keys + range.upperBound, of: chunk, into: cached)
      }
      return (UnsafeRawBufferPointer(cached), 8)
    }
  }
}
