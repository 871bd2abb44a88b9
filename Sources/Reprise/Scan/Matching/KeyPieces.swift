internal import RepriseCore
internal import RepriseCorpus

/// The keys of a band, or others that stand in the chunks, which are gone through twice.
@safe
final class KeyPieces {
  private let store: SketchStore
  private let key: KeyGroups.Key
  private let reader: SketchReader
  /// The keys of a band by their documents, once they were read; without room if they are read anew.
  private let room: UnsafeMutableRawBufferPointer
  private var isRead = false

  private static let byteCountPerKey = 8
  /// Keys of a band up to so many bytes are kept: that is less than the buffers that a thread had when
  /// it sketched, and more than this is read anew as quickly.
  private static let keptByteCount = 4 << 20

  /// Prepares to go through keys.
  ///
  /// - Parameters:
  ///   - key: which keys.
  ///   - store: where they are.
  init(_ key: KeyGroups.Key, of store: SketchStore) {
    self.store = store
    self.key = key
    reader = SketchReader(store)
    let byteCount = Self.byteCountPerKey * store.documentCount
    if case .band = key, byteCount <= Self.keptByteCount {
      unsafe room = .allocate(byteCount: byteCount, alignment: 64)
    } else {
      unsafe room = UnsafeMutableRawBufferPointer(start: nil, count: 0)
    }
  }

  deinit { unsafe room.deallocate() }

  /// Calls `body` with the keys of each chunk, the bytes from one to the next, and its first document.
  func readAll(_ body: (RawSpan, _ stride: Int, _ firstDocument: Int) -> Void) {
    for chunk in store.chunks {
      let (keys, stride) = unsafe keys(of: chunk)
      body(unsafe keys.bytes, stride, chunk.firstDocument)
    }
    isRead = true
  }

  private func keys(of chunk: SketchStore.Chunk) -> (UnsafeRawBufferPointer, stride: Int) {
    switch key {
    case .record(let offset):
      let records = unsafe reader.bytes(.records, of: chunk)
      guard records.count > 0 else { return unsafe (records, 8) }
      return unsafe (
        UnsafeRawBufferPointer(rebasing: records[offset...]), ChunkLayout.recordByteCount
      )
    case .band(let band):
      let none = unsafe UnsafeRawBufferPointer(start: nil, count: 0)
      guard chunk.layout.bandCount > 0 else { return unsafe (none, 8) }
      let size = 8 * chunk.layout.documentCount
      let range = band * size..<(band + 1) * size
      guard unsafe room.count > 0 else {
        return unsafe (reader.bytes(.keys, of: chunk, range), 8)
      }
      let start = Self.byteCountPerKey * chunk.firstDocument
      let kept = unsafe UnsafeMutableRawBufferPointer(rebasing: room[start..<start + size])
      if !isRead {
        let keys = chunk.layout.range(.keys).lowerBound
        unsafe store.read(
          keys + range.lowerBound..<keys + range.upperBound, of: chunk, into: kept)
      }
      return (UnsafeRawBufferPointer(kept), 8)
    }
  }
}
