internal import RepriseCorpus

/// The records and labels of all chunks in memory, for looking at documents in any order.
@safe
final class KeptSections: @unchecked Sendable {
  // Written by `init` alone.
  private let memory: UnsafeMutableRawBufferPointer
  /// Of each chunk, where its records and then its labels begin.
  private let starts: [Int]

  /// The bytes that the sections of chunks take.
  static func byteCount(_ chunks: [SketchStore.Chunk]) -> Int {
    chunks.reduce(0) { $0 + $1.layout.range(.records).count + $1.layout.range(.labels).count }
  }

  /// Reads the sections on several threads.
  init(_ store: SketchStore, threads: Int) {
    var starts: [Int] = []
    var count = 0
    for chunk in store.chunks {
      starts.append(count)
      count += Self.byteCount([chunk])
    }
    self.starts = starts
    unsafe memory = .allocate(byteCount: max(1, count), alignment: 64)
    Workers.forEach(store.chunks.count, threads: threads) { index in
      let chunk = store.chunks[index]
      for section in [ChunkLayout.Section.records, .labels] {
        let place = unsafe UnsafeMutableRawBufferPointer(
          rebasing: self.memory[self.range(section, index, chunk)])
        unsafe store.read(chunk.layout.range(section), of: chunk, into: place)
      }
    }
  }

  deinit { unsafe memory.deallocate() }

  /// The bytes of a section; nil for one that is not kept.
  func bytes(
    _ section: ChunkLayout.Section, _ index: Int, _ chunk: SketchStore.Chunk
  ) -> UnsafeRawBufferPointer? {
    guard section == .records || section == .labels else { return nil }
    return unsafe UnsafeRawBufferPointer(rebasing: memory[range(section, index, chunk)])
  }

  private func range(
    _ section: ChunkLayout.Section, _ index: Int, _ chunk: SketchStore.Chunk
  ) -> Range<Int> {
    let recordByteCount = chunk.layout.range(.records).count
    if section == .records { return starts[index]..<starts[index] + recordByteCount }
    let start = starts[index] + recordByteCount
    return start..<start + chunk.layout.range(.labels).count
  }
}
