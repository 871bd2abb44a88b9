import Synchronization

/// A compressed or converted file, or a pipe, that is decoded in order and split into chunks at the
/// ends of records.
///
/// One thread at a time decodes while it holds the lock, so the class can be shared. Chunks are
/// split into records outside the lock.
final class StreamSource: @unchecked Sendable {
  let index: Int
  let input: InputFile
  private let options: ReadingOptions
  private let lock = Mutex(())
  private var stream: DecodedStream?
  private var finder: BoundaryFinder
  /// How the input is read; nil until the first bytes are decoded.
  private var layout: RecordLayout?
  /// The compression; that of a pipe is known when its first bytes are read.
  private var compression: Compression
  /// True if the decoded bytes are those of the file, so that records are read again from there.
  private let isInPlace: Bool
  /// The partial record after the last chunk.
  private var carried = PaddedBytes()
  /// The offset of the partial record in the decoded file.
  private var offset = 0
  private var chunkIndex = 0
  private var isFinished = false
  /// An error of storing a pipe's data, after which its records could not be read again.
  private var spoolFailure: CorpusError?
  /// All data of a pipe.
  private(set) var pipeFile: TemporaryFile?
  private let decoded: DecodedCache

  /// Creates a source for an input.
  ///
  /// The content of a file that is not read in place may be cached in `decoded`.
  init(
    index: Int, input: InputFile, isInPlace: Bool, options: ReadingOptions, decoded: DecodedCache
  ) {
    self.index = index
    self.isInPlace = isInPlace
    self.decoded = decoded
    self.input = input
    self.options = options
    compression = input.compression
    finder = BoundaryFinder(.text, options: options)
  }

  /// The result of decoding one chunk under the lock.
  private struct Delivery {
    var offset: Int
    var layout: RecordLayout?
    /// True if the buffer contains whole records.
    var isComplete = true
    var failure: CorpusError?
  }

  /// Fills a buffer with the next records; returns false if there are none left.
  ///
  /// - Throws: `cannotOpen` or `cannotWrite` if a pipe's data cannot be stored; `outOfMemory`.
  func read(into buffer: ChunkBuffer) throws(CorpusError) -> Bool {
    let delivery = try lock.withLock { _ throws(CorpusError) in try deliver(into: buffer) }
    guard let delivery else { return false }
    if delivery.isComplete, let layout = delivery.layout {
      try buffer.split(
        from: 0, offset: delivery.offset, path: input.path, layout: layout, options: options)
    }
    if let failure = delivery.failure { buffer.report(failure, endsInput: true) }
    return true
  }

  private func deliver(into buffer: ChunkBuffer) throws(CorpusError) -> Delivery? {
    if isFinished { return nil }
    buffer.begin(
      inputs: index..<index + 1, index: chunkIndex, isLast: false,
      keeping: 4 * options.chunkByteCount)
    buffer.beginSlice(input: index, offset: offset, endsInput: false)
    chunkIndex += 1
    unsafe buffer.storage.append(UnsafeRawBufferPointer(carried.bytes))
    carried.reset(keeping: options.chunkByteCount)
    var delivery = Delivery(offset: offset)
    do throws(CorpusError) {
      try fill(buffer, &delivery)
    } catch {
      if let spoolFailure {
        isFinished = true
        throw spoolFailure
      }
      if error.reason == .outOfMemory {
        // The file is not at fault: with more memory it can be read.
        isFinished = true
        throw error
      }
      fail(error, buffer, &delivery)
    }
    if let encoding = stream?.encoding, encoding != .utf8 {
      buffer.slices[buffer.slices.count - 1].facts.encoding = encoding
    }
    if compression != input.compression {
      buffer.slices[buffer.slices.count - 1].facts.compression = compression
    }
    if let layout { buffer.note(layout, of: input) }
    delivery.layout = layout
    if isFinished { finish(buffer, delivery.failure) }
    return delivery
  }

  /// Decodes up to the end of a record, or the end of the data.
  private func fill(_ buffer: ChunkBuffer, _ delivery: inout Delivery) throws(CorpusError) {
    // More than the carried bytes, which do not contain the end of a record.
    var target = options.chunkByteCount
    if try !recognize(buffer) {
      delivery.isComplete = false
      return
    }
    if buffer.storage.count >= target { target = buffer.storage.count + options.chunkByteCount }
    while true {
      if try decode(into: buffer, until: target) {
        isFinished = true
        return
      }
      if let cut = unsafe finder.lastBoundary(in: buffer.storage.bytes, offset: offset) {
        carry(buffer, from: cut)
        return
      }
      if finder.isOverlong(byteCount: buffer.storage.count) {
        delivery.isComplete = false
        return try skipRecord(buffer, &delivery)
      }
      target = buffer.storage.count + max(options.chunkByteCount, buffer.storage.count / 2)
    }
  }

  /// Decodes the first bytes and recognizes the format; returns false if the input is not read.
  private func recognize(_ buffer: ChunkBuffer) throws(CorpusError) -> Bool {
    guard layout == nil else { return true }
    var isAtEnd = false
    var failure: CorpusError?
    do throws(CorpusError) {
      isAtEnd = try decode(into: buffer, until: headByteCount)
    } catch {
      guard spoolFailure == nil, error.reason != .outOfMemory, buffer.storage.count > 0 else {
        throw error
      }
      // What was decoded before the error is read.
      (failure, isAtEnd) = (error, error.reason == .trailingGarbage)
    }
    do throws(CorpusError) {
      let found = unsafe try ContentFormat.layout(
        UnsafeRawBufferPointer(buffer.storage.bytes), isWhole: isAtEnd, of: input, options)
      layout = found
      finder = BoundaryFinder(found, options: options)
    } catch {
      if let failure { throw failure }
      buffer.report(error, endsInput: true)
      isFinished = true
      buffer.storage.truncate(to: 0)
      return false
    }
    if let failure { throw failure }
    return true
  }

  /// The number of bytes from which the format is recognized.
  ///
  /// The chunks of a file whose format is known from its name are as large as asked for.
  private var headByteCount: Int {
    if input.format.isTable || options.detectsFormats && input.format == .text {
      return ContentFormat.searchedByteCount + 1
    }
    return options.detectsFormats ? KnownFormat.searchedByteCount : 0
  }

  /// Decodes until the buffer has `target` bytes; returns true at the end of the data.
  private func decode(into buffer: ChunkBuffer, until target: Int) throws(CorpusError) -> Bool {
    let stream = try openStream()
    while buffer.storage.count < target {
      let wanted = target - buffer.storage.count
      // In bounds: `reserve` returns at least `wanted` bytes, and `count` is at most `wanted`.
      let free = unsafe buffer.storage.reserve(wanted)
      let count = unsafe try stream.read(
        into: UnsafeMutableRawBufferPointer(rebasing: free[..<wanted]))
      if count == 0 { return true }
      unsafe try keep(UnsafeRawBufferPointer(rebasing: free[..<count]))
      buffer.storage.commit(count)
    }
    return false
  }

  private func openStream() throws(CorpusError) -> DecodedStream {
    if let stream { return stream }
    if input.isPipe { try openTemporaryFile() } else if !isInPlace { decoded.begin(index, input) }
    let raw = try RawInput(try input.open(), byteCount: input.isPipe ? nil : input.byteCount)
    if input.isPipe { compression = try raw.recognizedCompression() ?? .none }
    let opened = try DecodedStream(
      raw, compression: compression, convertingFrom: options.encoding,
      detecting: options.detectsEncodings)
    stream = opened
    return opened
  }

  private func openTemporaryFile() throws(CorpusError) {
    do throws(CorpusError) {
      pipeFile = try TemporaryFile(in: options.temporaryFolder)
    } catch {
      spoolFailure = error
      throw error
    }
  }

  private func keep(_ bytes: UnsafeRawBufferPointer) throws(CorpusError) {
    unsafe decoded.append(bytes, ofInput: index)
    do throws(CorpusError) {
      unsafe try pipeFile?.append(bytes)
    } catch {
      spoolFailure = error
      throw error
    }
  }

  /// Moves the bytes after a cut to the next chunk.
  private func carry(_ buffer: ChunkBuffer, from cut: Int) {
    // In bounds: a cut is at most the number of bytes in the buffer.
    unsafe carried.append(
      UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(buffer.storage.bytes)[cut...]))
    buffer.storage.truncate(to: cut)
    offset += cut
  }

  /// Skips a record that is too long, without storing it.
  ///
  /// The bytes after it are carried to the next chunk.
  private func skipRecord(
    _ buffer: ChunkBuffer, _ delivery: inout Delivery
  ) throws(CorpusError) {
    if finder.isWhole {
      buffer.report(tooLong(), endsInput: true)
      isFinished = true
      buffer.storage.truncate(to: 0)
      return
    }
    if layout == .jsonArray { dropSeparator(buffer) }
    let (start, problem) = (offset, buffer.problems.count)
    let line = buffer.slices[buffer.slices.count - 1].lineFeedCount
    var error = tooLong()
    if finder.isQuoted { error.detail += "; its last quoted field may lack a closing quote" }
    buffer.report(error, line: line, endsInput: false)
    var terminatorByteCount = 0
    defer {
      let length = offset - start - terminatorByteCount
      buffer.problems[problem].lostRecord = .bytes(length)
    }
    finder.restart()
    var isAtEnd = false
    var failure: CorpusError?
    while true {
      let boundary = unsafe finder.firstBoundary(in: buffer.storage.bytes, offset: offset)
      let held = buffer.storage.count
      drop(boundary ?? (isAtEnd ? held : finder.passableByteCount(of: held)), from: buffer)
      if boundary != nil {
        terminatorByteCount = layout == .jsonLines || layout?.format.isTable == true ? 1 : 0
        return carry(buffer, from: 0)
      }
      if let failure { throw failure }
      isFinished = isAtEnd
      if isFinished { return }
      do throws(CorpusError) {
        isAtEnd = try decode(into: buffer, until: buffer.storage.count + options.chunkByteCount)
      } catch {
        guard spoolFailure == nil else { throw error }
        // The bytes decoded so far may contain the record's end, and more records after it.
        (failure, isAtEnd) = (error, true)
      }
    }
  }

  private func tooLong() -> CorpusError {
    .recordTooLong(limit: options.maximumRecordByteCount, path: input.path, offset: offset)
  }

  /// Drops what is between two elements of an array: it belongs to neither.
  private func dropSeparator(_ buffer: ChunkBuffer) {
    let count = unsafe ArraySplitter.separatorByteCount(
      UnsafeRawBufferPointer(buffer.storage.bytes), isFirst: offset == 0)
    drop(count, from: buffer)
    finder.removeFirst(count)
  }

  private func drop(_ count: Int, from buffer: ChunkBuffer) {
    // In bounds: at most the bytes in the buffer are dropped.
    let all = unsafe UnsafeRawBufferPointer(buffer.storage.bytes)
    let dropped = unsafe UnsafeRawBufferPointer(rebasing: all[..<count])
    unsafe buffer.closeSlice(lineFeedCount: BoundaryFinder.lineFeedCount(dropped))
    buffer.storage.removeFirst(count)
    offset += count
  }

  /// Ends the input after an error, with the records that are complete.
  private func fail(_ error: CorpusError, _ buffer: ChunkBuffer, _ delivery: inout Delivery) {
    delivery.failure = error
    isFinished = true
    // The data itself is complete and verified, so all of it counts.
    if error.reason == .trailingGarbage { return }
    let bytes = unsafe buffer.storage.bytes
    let cut = unsafe delivery.isComplete ? finder.lastBoundary(in: bytes, offset: offset) : nil
    buffer.storage.truncate(to: cut ?? 0)
    delivery.isComplete = delivery.isComplete && cut != nil
  }

  private func finish(_ buffer: ChunkBuffer, _ failure: CorpusError?) {
    buffer.isLast = true
    // Damaged data ends at the same offset every time it is decoded.
    if failure?.isDamage ?? true { decoded.finish(index) } else { decoded.abandon(index) }
    let slice = buffer.slices.count - 1
    buffer.slices[slice].endsInput = true
    // The rest of a file is hashed even if it cannot be decoded; a pipe may never end.
    if let stream, !input.isPipe {
      buffer.slices[slice].facts.checksum = try? stream.finishChecksum()
    }
    stream = nil
  }
}
