/// Reads files whole, several small ones into one chunk.
enum SmallFiles {
  /// Files in one chunk, at most; their common size is bounded too.
  static let countLimit = 1024

  static func read(
    _ range: Range<Int>, of sources: [SourceFile], into buffer: ChunkBuffer,
    options: ReadingOptions
  ) {
    buffer.begin(sources: range, index: 0, isLast: true, keeping: 4 * options.chunkByteCount)
    for index in range {
      buffer.beginPart(source: index, offset: 0, endsSource: true)
      let before = buffer.storage.count
      do throws(CorpusError) {
        try read(sources[index], into: buffer, options: options)
      } catch {
        buffer.storage.truncate(to: before)
        buffer.report(error, endsSource: true)
      }
    }
  }

  private static func read(
    _ source: SourceFile, into buffer: ChunkBuffer, options: ReadingOptions
  ) throws(CorpusError) {
    let file = try SharedFile(source)
    let size = Int(source.byteCount)
    if size > options.maximumRecordByteCount, source.format == .text, options.articleRule == nil {
      try hash(file, byteCount: size, into: buffer, options: options)
      throw .recordTooLong(limit: options.maximumRecordByteCount, path: source.path, offset: 0)
    }
    let position = buffer.storage.count
    let free = unsafe buffer.storage.reserve(size)
    unsafe try file.fill(UnsafeMutableRawBufferPointer(rebasing: free[..<size]), at: 0)
    buffer.storage.commit(size)
    let bytes = unsafe UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(buffer.storage.bytes)[position...])
    unsafe buffer.hashBlocks(bytes, offset: 0)
    if let encoding = unsafe TextEncoding.other(of: bytes, options) {
      try buffer.convert(from: position, encoding)
    }
    try buffer.split(from: position, offset: 0, source: source, options: options)
  }

  /// Hashes a file that is too long to be held.
  private static func hash(
    _ file: SharedFile, byteCount: Int, into buffer: ChunkBuffer, options: ReadingOptions
  ) throws(CorpusError) {
    let position = buffer.storage.count
    for start in stride(from: 0, to: byteCount, by: Fingerprint.blockByteCount) {
      let count = min(Fingerprint.blockByteCount, byteCount - start)
      let free = unsafe buffer.storage.reserve(count)
      let block = unsafe UnsafeMutableRawBufferPointer(rebasing: free[..<count])
      unsafe try file.fill(block, at: start)
      let hash = unsafe Fingerprint.hash(block: UnsafeRawBufferPointer(block))
      buffer.parts[buffer.parts.count - 1].facts.blockHashes.append(hash)
      buffer.storage.truncate(to: position)
    }
  }
}
