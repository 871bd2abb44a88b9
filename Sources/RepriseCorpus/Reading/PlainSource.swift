import Synchronization

/// A large plain file, of which several threads read ranges at the same time.
final class PlainSource: Sendable {
  let index: Int
  let source: SourceFile
  private let state = Mutex(State())

  private struct State {
    var file: SharedFile?
    var encodingFailure: CorpusError?
    var hasFailed = false
  }

  init(index: Int, source: SourceFile) {
    self.index = index
    self.source = source
  }

  func chunkCount(_ chunkByteCount: Int) -> Int {
    (Int(source.byteCount) + chunkByteCount - 1) / chunkByteCount
  }

  /// Fills a buffer with the records that start in one range of the file.
  func read(chunk: Int, into buffer: ChunkBuffer, options: ReadingOptions) {
    let size = Int(source.byteCount)
    let start = chunk * options.chunkByteCount
    let owned = start..<min(start + options.chunkByteCount, size)
    buffer.begin(
      sources: index..<index + 1, index: chunk, isLast: owned.upperBound == size,
      keeping: 4 * options.chunkByteCount)
    buffer.beginPart(source: index, offset: start, endsSource: buffer.isLast)
    do throws(CorpusError) {
      guard let (file, failure) = try open() else { return }
      let lookback = options.articleRule?.cut == .after ? ArticleSplitter.lookback : 1
      let window = try Window(
        owned, of: file, end: size, lookback: lookback, into: buffer, options: options)
      unsafe buffer.hashBlocks(window.bytes(owned), offset: start)
      if let failure {
        // The rest is read for the fingerprint alone.
        if chunk == 0 { buffer.report(failure, endsSource: true) }
      } else {
        try buffer.split(window, format: source.format, options: options)
      }
    } catch {
      let isFirst = state.withLock { state in
        defer { state.hasFailed = true }
        return !state.hasFailed
      }
      if isFirst { buffer.report(error, endsSource: true) }
    }
  }

  /// The open file, and why its text cannot be read; nil after a failure.
  private func open() throws(CorpusError) -> (SharedFile, CorpusError?)? {
    try state.withLock { state throws(CorpusError) in
      if state.hasFailed { return nil }
      if let file = state.file { return (file, state.encodingFailure) }
      let file = try SharedFile(source)
      state.encodingFailure = try Self.encodingFailure(file)
      state.file = file
      return (file, state.encodingFailure)
    }
  }

  private static func encodingFailure(_ file: SharedFile) throws(CorpusError) -> CorpusError? {
    var bytes = PaddedBytes(capacity: ByteOrderMark.searchedByteCount)
    let free = unsafe bytes.reserve(ByteOrderMark.searchedByteCount)
    bytes.commit(unsafe try file.file.read(into: free, at: 0))
    return unsafe ByteOrderMark.failure(UnsafeRawBufferPointer(bytes.bytes), path: file.path)
  }
}

extension ChunkBuffer {
  /// Hashes the file's blocks in bytes that start at a block, and gives them to the current part.
  func hashBlocks(_ bytes: UnsafeRawBufferPointer, offset: Int) {
    let size = Fingerprint.blockByteCount
    guard offset.isMultiple(of: size) else { return }
    let part = parts.count - 1
    parts[part].firstBlock = offset / size
    var start = 0
    repeat {
      let end = min(start + size, bytes.count)
      let block = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      parts[part].blockHashes.append(unsafe Fingerprint.hash(block: block))
      start = end
    } while start < bytes.count
  }
}
