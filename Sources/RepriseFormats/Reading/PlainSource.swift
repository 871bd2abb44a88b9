/// A large plain file from which several threads read ranges at the same time.
final class PlainSource: Sendable {
  let index: Int
  let input: InputFile
  private let layout: RecordLayout
  private let file: SharedFile

  init(index: Int, input: InputFile, layout: RecordLayout, file: SharedFile) {
    self.index = index
    self.input = input
    self.layout = layout
    self.file = file
  }

  func chunkCount(_ chunkByteCount: Int) -> Int {
    (Int(input.byteCount) + chunkByteCount - 1) / chunkByteCount
  }

  /// Fills a buffer with the records that start in one range of the file.
  ///
  /// Every chunk reports its own error, even if others have reported one, because a resumed run may
  /// read any chunk alone.
  func read(chunk: Int, into buffer: ChunkBuffer, options: ReadingOptions) {
    let size = Int(input.byteCount)
    let start = chunk * options.chunkByteCount
    let owned = start..<min(start + options.chunkByteCount, size)
    buffer.begin(
      inputs: index..<index + 1, index: chunk, isLast: owned.upperBound == size,
      keeping: 4 * options.chunkByteCount)
    buffer.beginSlice(input: index, offset: start, endsInput: buffer.isLast)
    buffer.note(layout, of: input)
    do throws(CorpusError) {
      try read(owned, into: buffer, options: options)
    } catch {
      buffer.report(error, endsInput: true)
    }
  }

  private func read(
    _ owned: Range<Int>, into buffer: ChunkBuffer, options: ReadingOptions
  ) throws(CorpusError) {
    let lookback = options.articleRule?.cut == .after ? ArticleSplitter.lookback : 1
    let loaded = try LoadedRange(
      owned, of: file, end: Int(input.byteCount), lookback: lookback, into: buffer,
      options: options)
    unsafe buffer.hashBlocks(loaded.bytes(owned), offset: owned.lowerBound)
    try buffer.split(loaded, layout: layout, options: options)
  }
}

extension ChunkBuffer {
  /// Hashes the file's blocks in bytes that start at a block, and adds them to the current slice.
  func hashBlocks(_ bytes: UnsafeRawBufferPointer, offset: Int) {
    let size = FileChecksum.blockByteCount
    guard offset.isMultiple(of: size) else { return }
    let slice = slices.count - 1
    slices[slice].facts.firstBlock = offset / size
    var start = 0
    repeat {
      // In bounds: `start <= end <= bytes.count`.
      let end = min(start + size, bytes.count)
      let block = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      slices[slice].facts.blockHashes.append(unsafe FileChecksum.hash(block: block))
      start = end
    } while start < bytes.count
  }
}
