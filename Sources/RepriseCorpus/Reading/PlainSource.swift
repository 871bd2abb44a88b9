/// A large plain file, of which several threads read ranges at the same time.
final class PlainSource: Sendable {
  let index: Int
  let source: SourceFile
  private let file: SharedFile

  init(index: Int, source: SourceFile, file: SharedFile) {
    self.index = index
    self.source = source
    self.file = file
  }

  func chunkCount(_ chunkByteCount: Int) -> Int {
    (Int(source.byteCount) + chunkByteCount - 1) / chunkByteCount
  }

  /// Fills a buffer with the records that start in one range of the file.
  ///
  /// Every chunk says that it could not be read, whatever others said: a run that goes on may read
  /// any of them alone.
  func read(chunk: Int, into buffer: ChunkBuffer, options: ReadingOptions) {
    let size = Int(source.byteCount)
    let start = chunk * options.chunkByteCount
    let owned = start..<min(start + options.chunkByteCount, size)
    buffer.begin(
      sources: index..<index + 1, index: chunk, isLast: owned.upperBound == size,
      keeping: 4 * options.chunkByteCount)
    buffer.beginPart(source: index, offset: start, endsSource: buffer.isLast)
    do throws(CorpusError) {
      try read(owned, into: buffer, options: options)
    } catch {
      buffer.report(error, endsSource: true)
    }
  }

  private func read(
    _ owned: Range<Int>, into buffer: ChunkBuffer, options: ReadingOptions
  ) throws(CorpusError) {
    let lookback = options.articleRule?.cut == .after ? ArticleSplitter.lookback : 1
    let window = try Window(
      owned, of: file, end: Int(source.byteCount), lookback: lookback, into: buffer,
      options: options)
    unsafe buffer.hashBlocks(window.bytes(owned), offset: owned.lowerBound)
    try buffer.split(window, format: source.format, options: options)
  }
}

extension ChunkBuffer {
  /// Hashes the file's blocks in bytes that start at a block, and gives them to the current part.
  func hashBlocks(_ bytes: UnsafeRawBufferPointer, offset: Int) {
    let size = Fingerprint.blockByteCount
    guard offset.isMultiple(of: size) else { return }
    let part = parts.count - 1
    parts[part].facts.firstBlock = offset / size
    var start = 0
    repeat {
      let end = min(start + size, bytes.count)
      let block = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      parts[part].facts.blockHashes.append(unsafe Fingerprint.hash(block: block))
      start = end
    } while start < bytes.count
  }
}
