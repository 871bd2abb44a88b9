/// Reads whole files, several small ones into one chunk.
enum SmallFiles {
  /// The maximum number of files per chunk; their total size is limited, too.
  static let countLimit = 1024

  static func read(
    _ range: Range<Int>, of inputs: [InputFile], into buffer: ChunkBuffer,
    options: ReadingOptions
  ) {
    buffer.begin(inputs: range, index: 0, isLast: true, keeping: 4 * options.chunkByteCount)
    for index in range {
      buffer.beginSlice(input: index, offset: 0, endsInput: true)
      let before = buffer.storage.count
      do throws(CorpusError) {
        try read(inputs[index], into: buffer, options: options)
      } catch {
        buffer.storage.truncate(to: before)
        buffer.report(error, endsInput: true)
      }
    }
  }

  private static func read(
    _ input: InputFile, into buffer: ChunkBuffer, options: ReadingOptions
  ) throws(CorpusError) {
    let file = try SharedFile(input)
    let size = Int(input.byteCount)
    if size > options.maximumRecordByteCount, input.format == .text, options.articleRule == nil {
      try hash(file, byteCount: size, into: buffer, options: options)
      throw .recordTooLong(limit: options.maximumRecordByteCount, path: input.path, offset: 0)
    }
    try refuse(file, of: input, into: buffer, options: options)
    let position = buffer.storage.count
    // In bounds: `reserve` returns at least `size` bytes.
    let free = unsafe buffer.storage.reserve(size)
    unsafe try file.fill(UnsafeMutableRawBufferPointer(rebasing: free[..<size]), at: 0)
    buffer.storage.commit(size)
    let bytes = unsafe UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(buffer.storage.bytes)[position...])
    unsafe buffer.hashBlocks(bytes, offset: 0)
    let isParquet = unsafe options.detectsFormats && ContentFormat.isParquet(bytes)
    if !isParquet, let encoding = unsafe TextEncoding.other(of: bytes, isWhole: true, options) {
      unsafe try ContentFormat.refuse(bytes, of: input, options)
      try buffer.convert(from: position, encoding)
    }
    // In bounds: converting keeps the bytes before the position.
    let text = unsafe UnsafeRawBufferPointer(
      rebasing: UnsafeRawBufferPointer(buffer.storage.bytes)[position...])
    let layout = unsafe try ContentFormat.layout(text, isWhole: true, of: input, options)
    buffer.note(layout, of: input)
    if layout == .rows {
      buffer.storage.truncate(to: position)
      return try buffer.addRows(of: file, input, options)
    }
    try buffer.split(
      from: position, offset: 0, path: input.path, layout: layout, options: options)
  }

  /// The size in bytes from which a file's first bytes are looked at before it is read.
  private static let largeByteCount = 1 << 22

  /// Refuses a large file that is not read before it takes memory.
  private static func refuse(
    _ file: SharedFile, of input: InputFile, into buffer: ChunkBuffer, options: ReadingOptions
  ) throws(CorpusError) {
    let size = Int(input.byteCount)
    guard size >= largeByteCount, options.detectsFormats else { return }
    do throws(CorpusError) {
      _ = try InputHead(file, of: input, options).format()
    } catch {
      if error.reason == .otherFormat {
        try hash(file, byteCount: size, into: buffer, options: options)
      }
      throw error
    }
  }

  /// Hashes a file that is too large to be held in memory.
  private static func hash(
    _ file: SharedFile, byteCount: Int, into buffer: ChunkBuffer, options: ReadingOptions
  ) throws(CorpusError) {
    let position = buffer.storage.count
    for start in stride(from: 0, to: byteCount, by: FileChecksum.blockByteCount) {
      let count = min(FileChecksum.blockByteCount, byteCount - start)
      // In bounds: `reserve` returns at least `count` bytes.
      let free = unsafe buffer.storage.reserve(count)
      let block = unsafe UnsafeMutableRawBufferPointer(rebasing: free[..<count])
      unsafe try file.fill(block, at: start)
      let hash = unsafe FileChecksum.hash(block: UnsafeRawBufferPointer(block))
      buffer.slices[buffer.slices.count - 1].facts.blockHashes.append(hash)
      buffer.storage.truncate(to: position)
    }
  }
}
