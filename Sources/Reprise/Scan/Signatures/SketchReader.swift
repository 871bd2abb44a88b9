internal import RepriseCore
internal import RepriseCorpus

/// Reads sections of chunks; used by one thread, with a buffer that is used again.
@safe
final class SketchReader {
  private let store: SketchStore
  private let kept: KeptSections?
  private var room = unsafe UnsafeMutableRawBufferPointer(start: nil, count: 0)

  init(_ store: SketchStore) {
    self.store = store
    kept = store.kept
  }

  deinit { unsafe room.deallocate() }

  /// The bytes of a section, valid until the next call.
  ///
  /// - Parameters:
  ///   - section: which section.
  ///   - chunk: of which chunk.
  ///   - range: which of its bytes; nil: all.
  /// - Returns: the bytes.
  func bytes(
    _ section: ChunkLayout.Section, of chunk: SketchStore.Chunk, _ range: Range<Int>? = nil
  ) -> UnsafeRawBufferPointer {
    if let bytes = unsafe kept?.bytes(section, chunk.index, chunk) {
      guard let range else { return unsafe bytes }
      return unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
    }
    let whole = chunk.layout.range(section)
    let wanted =
      range.map { whole.lowerBound + $0.lowerBound..<whole.lowerBound + $0.upperBound } ?? whole
    if unsafe room.count < wanted.count {
      unsafe room.deallocate()
      unsafe room = .allocate(byteCount: wanted.count + wanted.count / 4, alignment: 64)
    }
    let target = unsafe UnsafeMutableRawBufferPointer(rebasing: room[..<wanted.count])
    unsafe store.read(wanted, of: chunk, into: target)
    return UnsafeRawBufferPointer(target)
  }

  /// The record of a document.
  func record(_ document: Int) -> DocumentRecord {
    let chunk = store.chunk(of: document)
    return record(document - chunk.firstDocument, of: chunk)
  }

  /// The record of a chunk's document.
  func record(_ index: Int, of chunk: SketchStore.Chunk) -> DocumentRecord {
    let size = ChunkLayout.recordByteCount
    return unsafe DocumentRecord(bytes(.records, of: chunk, index * size..<(index + 1) * size))
  }

  /// Calls `body` with the label of a document.
  func withLabel<Result>(
    _ document: Int, _ record: DocumentRecord, _ body: (Label) -> Result
  ) -> Result {
    let chunk = store.chunk(of: document)
    let start = Int(record.labelOffset)
    // Enough for most labels.
    let end = min(chunk.layout.labelByteCount, start + 192)
    let first = unsafe bytes(.labels, of: chunk, start..<max(start, end))
    let count = unsafe first.count < Label.headerByteCount ? 0 : Label.byteCount(first)
    guard count <= chunk.layout.labelByteCount - start, count > 0 else { return body(Label()) }
    if count <= first.count { return unsafe body(Label(first)) }
    return unsafe body(Label(bytes(.labels, of: chunk, start..<start + count)))
  }

  /// True if records and labels stay where they are as long as the store.
  var keepsLabels: Bool { kept != nil }
}
