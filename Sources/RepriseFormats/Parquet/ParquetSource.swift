/// A Parquet input of which several threads read pieces at the same time.
///
/// The locator of a document is its row. Every piece also hashes its share of the file, so that the
/// checksum covers all of it.
final class ParquetSource: Sendable {
  let index: Int
  let input: InputFile
  private let file: SharedFile
  /// The opened file, or why it is not read.
  private let content: Result<ParquetFile, CorpusError>

  /// Opens an input.
  init(index: Int, input: InputFile, file: SharedFile, options: ReadingOptions) {
    self.index = index
    self.input = input
    self.file = file
    do throws(CorpusError) {
      content = .success(
        try ParquetFile(
          file, byteCount: Int(input.byteCount), fields: options.documentFields,
          pieceByteCount: options.chunkByteCount))
    } catch {
      content = .failure(error)
    }
  }

  /// The number of chunks, at least one.
  var chunkCount: Int { max(1, (try? content.get())?.pieces.count ?? 0) }

  /// Fills a buffer with the rows of one piece.
  func read(chunk: Int, into buffer: ChunkBuffer, options: ReadingOptions) {
    let isLast = chunk + 1 == chunkCount
    buffer.begin(
      inputs: index..<index + 1, index: chunk, isLast: isLast,
      keeping: 4 * options.chunkByteCount)
    let opened = try? content.get()
    let piece = opened.flatMap { $0.pieces.isEmpty ? nil : $0.pieces[chunk] }
    let firstRow = piece.map { piece in
      (opened?.groups[piece.group].firstRow ?? 0) + piece.rows.lowerBound
    }
    buffer.beginSlice(input: index, offset: firstRow ?? 0, endsInput: isLast)
    buffer.note(.rows, of: input)
    do throws(CorpusError) {
      try hashBlocks(chunk, into: buffer)
      _ = try content.get()
      if let opened, let piece { buffer.addRows(piece, of: opened, options) }
    } catch {
      buffer.report(error, endsInput: true)
    }
  }

  /// Hashes the blocks of the file that belong to a piece.
  private func hashBlocks(_ chunk: Int, into buffer: ChunkBuffer) throws(CorpusError) {
    let blockCount = FileChecksum.blockCount(ofBytes: input.byteCount)
    let blocks = chunk * blockCount / chunkCount..<(chunk + 1) * blockCount / chunkCount
    let slice = buffer.slices.count - 1
    buffer.slices[slice].facts.firstBlock = blocks.lowerBound
    for block in blocks {
      let start = block * FileChecksum.blockByteCount
      let count = min(FileChecksum.blockByteCount, Int(input.byteCount) - start)
      // In bounds: `reserve` returns at least `count` bytes.
      let free = unsafe buffer.storage.reserve(count)
      let bytes = unsafe UnsafeMutableRawBufferPointer(rebasing: free[..<count])
      unsafe try file.fill(bytes, at: start)
      let hash = unsafe FileChecksum.hash(block: UnsafeRawBufferPointer(bytes))
      buffer.slices[slice].facts.blockHashes.append(hash)
    }
  }
}
